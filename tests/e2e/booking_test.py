#!/usr/bin/env python3
"""The main job online: a ticket before the camera, a birth date, a place, a slip; the server has it."""

import datetime

import visit
from display import misread, words_on
from programs import run, wait_for
from story import Story, tell


class Booking(Story):
    def test_a_ticket_before_the_camera_becomes_a_slip_and_a_booking(self):
        person = self.people["before-dose-1"]
        film = visit.film_ticket(person, self.folder / "ticket.avi", "leaflet seconds=3")
        printer = self.printer()
        kiosk = self.kiosk(printer=printer, camera=film).start()
        self.picture(kiosk, "welcome")

        visit.start_by_scan(kiosk)
        touches = kiosk.touches
        visit.give_birth_date(kiosk, person)
        read = words_on(self.picture(kiosk, "birth"))
        self.assertLessEqual(misread(visit.spoken_birth(person, self.town.today()), read), 2, read)
        visit.say_yes(kiosk)
        visit.declare(kiosk)
        visit.take_first_offer(kiosk)
        visit.say_yes(kiosk)
        kiosk.wait_screen("booked")

        slip, = wait_for("the slip", lambda: visit.slips(printer))
        self.assertLessEqual(kiosk.touches - touches, 9)
        rows = wait_for("the booking at the server", self.town.live_bookings)
        self.assertEqual(len(rows), 1)
        text = "".join(run("pdftotext", "-layout", slip, "-").split())
        self.assertIn(rows[0]["number"], text)
        self.assertIn(rows[0]["venue"], text)
        self.assertIn("台紙ごと", text)
        self.picture(kiosk, "booked")
        # The ticket still lies before the camera: she is told not to forget it.
        kiosk.touch("finish").wait_screen("farewell")
        self.picture(kiosk, "do-not-forget")
        self.assertTrue(self.town.sums_hold())
        kiosk.stop()
        self.no_personal_data(person, kiosk)

    def test_the_open_days_go_home_on_paper_and_nothing_is_booked(self):
        person = self.people["before-dose-1"]
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        visit.log_in(kiosk, person)
        visit.declare(kiosk, "wheelchair")
        kiosk.touch("memo").wait_screen("taking_memo")
        memo, = wait_for("the memo", lambda: visit.slips(printer))
        self.picture(kiosk, "memo")
        text = "".join(run("pdftotext", "-layout", memo, "-").split())
        for said in ("相談メモ", "まだ予約していません", "0120-000-000"):
            self.assertIn(said, text)
        self.assertNotIn(person["ticket"], text)
        # At home they agreed on the first day.
        kiosk.touch("next").wait_screen("suggesting")
        visit.take_first_offer(kiosk)
        visit.say_yes(kiosk)
        kiosk.wait_screen("booked")
        booking, = wait_for("the booking at the server", self.town.live_bookings)
        self.assertEqual(booking["help"], "wheelchair")
        kiosk.stop()

    def no_personal_data(self, person, kiosk):
        """Neither log holds the ticket or the birth date."""
        for log in (kiosk.program.text(), self.town.program.text(), kiosk.probe_file.read_text()):
            self.assertNotIn(person["ticket"], log)
            self.assertNotIn(person["birth_date"], log)

    def test_a_change_of_place_and_day_by_the_calendar_and_a_second_print(self):
        person = self.people["before-dose-1"]
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        visit.log_in(kiosk, person)
        visit.declare(kiosk)
        kiosk.touch("other").wait_screen("choosing_venue")
        venues = sorted(name for name in kiosk.targets() if name.startswith("venue/"))
        kiosk.touch(venues[-1]).wait_screen("choosing_day")
        self.picture(kiosk, "calendar")
        days = sorted(name for name in kiosk.targets() if name.startswith("date/"))
        kiosk.touch(days[-1]).wait_screen("choosing_time")
        self.picture(kiosk, "times")
        visit.take_first_offer(kiosk)
        visit.say_yes(kiosk)
        kiosk.wait_screen("booked")
        wait_for("the slip", lambda: visit.slips(printer))
        visit.leave(kiosk)

        row, = wait_for("the booking", self.town.live_bookings)
        self.assertEqual(row["date"], days[-1].removeprefix("date/"))
        self.assertEqual(visit.log_in(kiosk, person), "showing_booking")
        kiosk.touch("print")
        wait_for("a second slip", lambda: len(visit.slips(printer)) == 2)
        self.assertEqual(len(self.town.live_bookings()), 1)
        kiosk.stop()

    def test_dose_two_keeps_its_interval_and_vaccine(self):
        person = self.people["between-doses"]
        kiosk = self.kiosk(printer=self.printer()).start()
        self.assertEqual(visit.book_first_offer(kiosk, person), "booked")
        row, = wait_for("the booking", self.town.live_bookings)
        self.assertEqual(row["dose"], "2")
        self.assertEqual(row["vaccine"], "pfizer")
        first = datetime.date.fromisoformat(person["doses"][0]["date"])
        self.assertGreaterEqual(row["date"], (first + datetime.timedelta(days=19)).isoformat())
        kiosk.stop()


if __name__ == "__main__":
    tell()
