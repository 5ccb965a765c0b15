#!/usr/bin/env python3
"""A booking changed and cancelled at the kiosk, with the server and without."""

import visit
from books import must_agree
from programs import wait_for
from story import Story, tell


class Wishes(Story):
    def prepare_town(self):
        # The first places are always too near to be changed then, whatever day it is.
        self.town.make("--change-days-before", "10")

    def test_a_booking_is_changed_and_then_cancelled(self):
        person = self.people["before-dose-1"]
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        first = self.book_far_ahead(kiosk, person)
        wait_for("the slip", lambda: len(visit.slips(printer)) == 1)
        visit.leave(kiosk)

        self.assertEqual(visit.log_in(kiosk, person), "showing_booking")
        self.picture(kiosk, "showing-booking")
        kiosk.touch("change").wait_screen("suggesting")
        self.picture(kiosk, "new-places")
        visit.take_first_offer(kiosk)
        self.picture(kiosk, "confirming-change")
        visit.say_yes(kiosk)
        kiosk.wait_screen("booked")
        wait_for("a second slip", lambda: len(visit.slips(printer)) == 2)
        self.picture(kiosk, "changed")
        visit.leave(kiosk)
        second, = wait_for("the change at the server", lambda: self.others_than(first))
        self.assertEqual(len(self.town.live_bookings()), 1)
        self.assertNotEqual((second["date"], second["time"]), (first["date"], first["time"]))
        # So early a day cannot be changed any more: the kiosk does not offer it.
        self.assertEqual(visit.log_in(kiosk, person), "showing_booking")
        self.assertNotIn("cancel", kiosk.targets())
        visit.leave(kiosk)
        self.assertEqual(self.town.worklist(), [])
        must_agree(self.town, [kiosk], [printer])
        kiosk.stop()

    def test_who_cancels_may_book_anew_and_who_does_not_want_to_keeps_it(self):
        person = self.people["before-dose-1"]
        kiosk = self.kiosk(printer=self.printer()).start()
        self.book_far_ahead(kiosk, person)
        visit.leave(kiosk)
        self.assertEqual(visit.log_in(kiosk, person), "showing_booking")
        kiosk.touch("cancel").wait_screen("asking_cancel")
        self.picture(kiosk, "asking-cancel")
        kiosk.touch("no").wait_screen("showing_booking")
        self.assertEqual(len(self.town.live_bookings()), 1)
        kiosk.touch("cancel").wait_screen("asking_cancel")
        kiosk.touch("yes").wait_screen("cancel_taken")
        self.picture(kiosk, "cancelled")
        self.assertEqual(self.town.live_bookings(), [], "done, as the screen says")
        visit.leave(kiosk)
        self.assertEqual(visit.log_in(kiosk, person), "declaring")
        kiosk.stop()

    def test_a_cancel_without_the_server_arrives_when_it_is_back(self):
        person = self.people["before-dose-1"]
        kiosk = self.kiosk(printer=self.printer()).start()
        self.book_far_ahead(kiosk, person)
        visit.leave(kiosk)
        wait_for("the booking", self.town.live_bookings)
        self.town.stop()
        self.assertEqual(visit.log_in(kiosk, person), "showing_booking")
        kiosk.touch("cancel").wait_screen("asking_cancel")
        kiosk.touch("yes").wait_screen("cancel_taken")
        self.picture(kiosk, "cancel-on-its-way")
        visit.leave(kiosk)
        # Nobody is shown a booking that she has cancelled, after a restart neither.
        kiosk.stop()
        kiosk.start()
        self.assertEqual(visit.log_in(kiosk, person), "declaring")
        visit.give_up(kiosk)
        self.town.start()
        wait_for("the wish to arrive", lambda: not self.town.live_bookings())
        self.assertEqual(self.town.worklist(), [])
        self.assertTrue(self.town.sums_hold())
        kiosk.stop()

    def book_far_ahead(self, kiosk, person):
        """On the last day that the first venue offers; returns the server's row."""
        visit.log_in(kiosk, person)
        visit.declare(kiosk)
        kiosk.touch("other").wait_screen("choosing_venue")
        kiosk.touch(min(name for name in kiosk.targets() if name.startswith("venue/")))
        kiosk.wait_screen("choosing_day")
        while "later" in kiosk.targets():
            kiosk.touch("later")
        kiosk.touch(max(name for name in kiosk.targets() if name.startswith("date/")))
        kiosk.wait_screen("choosing_time")
        visit.take_first_offer(kiosk)
        visit.say_yes(kiosk)
        kiosk.wait_screen("booked")
        row, = wait_for("the booking at the server", self.town.live_bookings)
        return row

    def others_than(self, booking):
        return [row for row in self.town.live_bookings() if row["number"] != booking["number"]]


if __name__ == "__main__":
    tell()
