#!/usr/bin/env python3
"""What goes wrong at a kiosk, each with a clear message and a way out."""

import visit
from display import misread, words_on
from programs import Failure, wait_for
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
        kiosk.wait_screen("asking_month")
        kiosk.touch("month/2").wait_screen("asking_day")
        kiosk.touch("day/30").wait_screen("birth_impossible")
        self.picture(kiosk, "impossible-date")
        kiosk.touch("again").wait_screen("asking_era")
        kiosk.stop()

    def test_a_wrong_birth_date_and_an_unknown_ticket_are_answered_alike(self):
        person, stranger = self.people["before-dose-1"], self.people["on-no-list"]
        kiosk = self.kiosk().start()
        self.assertEqual(visit.log_in(kiosk, stranger), "not_matched")
        self.picture(kiosk, "unknown-ticket")
        unknown = kiosk.targets()
        visit.give_up(kiosk)

        visit.start_by_typing(kiosk, person["ticket"])
        for miss in (1, 2, 3):
            visit.give_birth_date(kiosk, person, "1950-01-01")
            visit.say_yes(kiosk)
            if miss < 3:
                kiosk.wait_screen("not_matched")
                self.assertEqual(kiosk.targets(), unknown)
                self.picture(kiosk, "wrong-birth-date")
                kiosk.touch("again")
        kiosk.wait_screen("please_ask_staff")
        self.picture(kiosk, "three-misses")
        visit.leave(kiosk)
        # The ticket rests now, whoever comes with it, and the other person is served.
        self.assertEqual(visit.log_in(kiosk, person), "please_ask_staff")
        visit.leave(kiosk)
        self.assertEqual(visit.log_in(kiosk, self.people["before-dose-1-too"]), "declaring")
        kiosk.stop()
        for log in (kiosk.program.text(), self.town.program.text()):
            self.assertNotIn(person["ticket"], log)

    def test_a_code_that_is_no_ticket_of_this_town_is_answered_with_the_right_sheet(self):
        elsewhere = "ticket seconds=4 number=0000123456 municipality="
        for name, held_up, words in (
                ("leaflet", "leaflet seconds=4", "これは接種券のコードではありません"),
                ("no-town", elsewhere + "000000", "市区町村の番号が正しくありません"),
                ("sapporo", elsewhere + "011002", "ほかの市区町村の接種券です")):
            with self.subTest(name):
                film = visit.film_parts(self.folder / f"{name}.avi", held_up)
                kiosk = self.kiosk(f"kiosk-{name}", camera=film).start()
                kiosk.touch("start").wait_screen("scanning")
                read = ""

                def is_said():
                    nonlocal read
                    read = words_on(self.picture(kiosk, name))
                    return misread(words, read) <= 3

                try:
                    wait_for(words, is_said)
                except Failure:
                    self.fail(f"{words} is not on the screen, but {read}")
                self.assertEqual(kiosk.screen(), "scanning")
                kiosk.touch("staff").wait_screen("staff_called")
                kiosk.touch("return").wait_screen("scanning")
                kiosk.stop()

    def test_an_interval_that_is_not_over_and_a_ticket_that_is_not_valid(self):
        kiosk = self.kiosk().start()
        self.assertEqual(visit.log_in(kiosk, self.people["interval-not-over"]), "interval_ahead")
        self.picture(kiosk, "interval-ahead")
        visit.give_up(kiosk)
        self.assertEqual(visit.log_in(kiosk, self.people["invalid-ticket"]), "please_ask_staff")
        self.picture(kiosk, "invalid-ticket")
        visit.leave(kiosk)
        self.assertEqual(visit.log_in(kiosk, self.people["done"]), "series_complete")
        self.picture(kiosk, "series-complete")
        visit.leave(kiosk)
        self.assertEqual(visit.log_in(kiosk, self.people["neighbour"]), "not_matched")
        kiosk.stop()


if __name__ == "__main__":
    tell()
