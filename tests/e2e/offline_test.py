#!/usr/bin/env python3
"""The network cable pulled: a slip printed without the server is as true as any."""

import visit
from programs import wait_for
from story import Story, tell


class Offline(Story):
    def test_a_booking_without_the_server_arrives_once_when_it_is_back(self):
        person = self.people["before-dose-1"]
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        wait_for("the kiosk to hold seats", self.seats_held)
        self.town.stop()

        self.assertEqual(visit.book_first_offer(kiosk, person), "booked")
        slip, = wait_for("the slip", lambda: visit.slips(printer))
        self.assertGreater(slip.stat().st_size, 1000)
        self.picture(kiosk, "booked-offline")
        visit.leave(kiosk)

        self.town.start()
        row, = wait_for("the booking to arrive", self.town.live_bookings)
        # Kiosk and server again started: it still is there once.
        kiosk.stop()
        self.town.stop()
        self.town.start()
        kiosk.start()
        self.assertEqual(visit.log_in(kiosk, person), "showing_booking")
        self.assertEqual([again["number"] for again in self.town.live_bookings()], [row["number"]])
        self.assertTrue(self.town.sums_hold())
        kiosk.stop()

    def seats_held(self):
        return self.town.seats_held() > 0


if __name__ == "__main__":
    tell()
