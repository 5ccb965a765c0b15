#!/usr/bin/env python3
"""What goes wrong at a kiosk, each with a clear message and a way out."""

import visit
from programs import wait_for
from story import Story, tell


class Mishaps(Story):
    def test_a_printer_that_jams_leaves_a_short_number_to_copy(self):
        person = self.people["before-dose-1"]
        printer = self.printer()
        printer.set_mood("jams")
        kiosk = self.kiosk(printer=printer).start()
        self.assertEqual(visit.book_first_offer(kiosk, person), "booked")
        # The offer to print again comes once the printer has failed.
        wait_for("the failure to be told", lambda: "print" in kiosk.targets())
        self.picture(kiosk, "short-number")
        visit.leave(kiosk)
        self.assertEqual(len(wait_for("the booking", self.town.live_bookings)), 1)

        # Mended: the same person is offered the slip again.
        printer.set_mood("prints")
        self.assertEqual(visit.log_in(kiosk, person), "showing_booking")
        kiosk.touch("print")
        wait_for("the slip", lambda: visit.slips(printer))
        kiosk.stop()

    def test_impossible_numbers_and_dates_are_named_at_once(self):
        kiosk = self.kiosk().start()
        visit.start_by_typing(kiosk, "0000000000")
        self.assertEqual(kiosk.wait_screen("typing_number"), "typing_number")
        self.picture(kiosk, "zero-number")
        visit.give_up(kiosk)

        visit.start_by_typing(kiosk, self.people["before-dose-1"]["ticket"])
        # 昭和64年2月30日
        kiosk.touch("era/showa").wait_screen("asking_year")
        kiosk.type("64")
        kiosk.touch("enter").wait_screen("asking_month")
        kiosk.touch("month/2").wait_screen("asking_day")
        kiosk.touch("day/30").wait_screen("birth_impossible")
        self.picture(kiosk, "impossible-date")
        kiosk.touch("again").wait_screen("asking_era")
        kiosk.stop()


if __name__ == "__main__":
    tell()
