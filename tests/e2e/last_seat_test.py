#!/usr/bin/env python3
"""Two kiosks and one last seat: one of them gets it, online and offline, and the other is told."""

import datetime

import visit
from programs import wait_for
from story import Story, tell
from town import server


class LastSeat(Story):
    def prepare_town(self):
        """One venue, one slot, one seat."""
        self.town.make(schedule=False)
        day = (datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9)))
               + datetime.timedelta(days=5)).date().isoformat()
        self.town.plan_slots([(day, "10:00", "10:15", 15, 1)])

    def test_online_the_second_is_told_that_it_has_just_filled(self):
        first, second = self.people["before-dose-1"], self.people["before-dose-1-too"]
        printer = self.printer()
        kiosks = [self.kiosk(name, printer).start() for name in ("kiosk-1", "kiosk-2")]
        for kiosk, person in zip(kiosks, (first, second)):
            visit.log_in(kiosk, person)
            visit.answer_conditions(kiosk)
            visit.take_first_offer(kiosk)
        for kiosk in kiosks:
            visit.say_yes(kiosk)
        shown = sorted(kiosk.wait_screen("booked", "no_place", "suggesting") for kiosk in kiosks)
        self.assertIn(shown, (["booked", "no_place"], ["booked", "suggesting"]))
        for kiosk in kiosks:
            self.picture(kiosk, f"{kiosk.folder.name}-{kiosk.screen()}")
        self.assertEqual(len(wait_for("one booking", self.town.live_bookings)), 1)
        self.assertEqual(len(wait_for("one slip", lambda: visit.slips(printer))), 1)
        self.assertTrue(self.town.sums_hold())
        for kiosk in kiosks:
            kiosk.stop()

    def test_offline_only_the_kiosk_that_holds_the_seat_sells_it(self):
        first, second = self.people["before-dose-1"], self.people["before-dose-1-too"]
        printer = self.printer()
        kiosks = [self.kiosk(name, printer).start() for name in ("kiosk-1", "kiosk-2")]
        # The first kiosk takes the seat's lease by going as far as booking needs; then the cable is
        # pulled from under both.
        self.town.hold_seat(kiosks[0], kiosks[1])
        self.town.stop()
        shown = []
        for kiosk, person in zip(kiosks, (first, second)):
            visit.log_in(kiosk, person)
            kiosk.touch("no")
            if kiosk.wait_screen("suggesting", "no_place") == "suggesting":
                visit.take_first_offer(kiosk)
                visit.say_yes(kiosk)
            shown.append(kiosk.wait_screen("booked", "no_place"))
        self.assertEqual(sorted(shown), ["booked", "no_place"])
        self.town.start()
        self.assertEqual(len(wait_for("the booking", self.town.live_bookings)), 1)
        self.assertEqual(self.town.worklist(), [])
        self.assertTrue(self.town.sums_hold())
        for kiosk in kiosks:
            kiosk.stop()


if __name__ == "__main__":
    tell()
