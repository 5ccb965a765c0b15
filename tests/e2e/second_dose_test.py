#!/usr/bin/env python3
"""The second dose from the paper: a dose record held to the camera of a kiosk without a network."""

import datetime
import json

import visit
from programs import bin_dir, run, share_dir, wait_for
from story import Story, tell


def leave_the_paper(kiosk):
    """The record still lies before the camera: it is not to be forgotten."""
    kiosk.touch("finish").wait_screen("farewell")
    kiosk.touch("finish").wait_screen("welcome")


class SecondDose(Story):
    def record(self, person, *options, days_ago=14):
        """The record of dose 1, as staff of the town print it; its code's text."""
        day = datetime.date.fromisoformat(self.town.today()) - datetime.timedelta(days=days_ago)
        pdf = self.folder / "record.pdf"
        told = run(bin_dir() / "madoguchi-server", "dose-record", "--json", "--dir", self.town.dir,
                   "--share", share_dir(), "--date", day.isoformat(), "--vaccine", "pfizer",
                   "--time", "10:00", "--venue", "1", "--out", pdf, *options,
                   input=person["ticket"] + "\n")
        self.assertEqual(pdf.stat().st_mode & 0o077, 0, "the page is for whoever made it")
        self.assertNotIn(person["ticket"], told)
        return json.loads(told)["code"], day

    def film(self, code, name="record"):
        letter = f"letter seconds=8 address_hex={code.encode().hex()}"
        return visit.film_parts(self.folder / f"{name}.avi", "empty seconds=1", letter,
                                "empty seconds=4")

    def test_it_is_booked_offline_from_a_filmed_record(self):
        person = self.people["before-dose-1"]
        code, day = self.record(person)
        printer = self.printer()
        kiosk = self.kiosk(printer=printer, camera=self.film(code)).start()
        wait_for("the kiosk to hold seats", lambda: self.town.seats_held() > 0)
        self.town.stop()

        visit.start_by_scan(kiosk)
        visit.give_birth_date(kiosk, person)
        visit.say_yes(kiosk)
        visit.declare(kiosk)
        self.picture(kiosk, "suggested-by-the-record")
        visit.take_first_offer(kiosk)
        visit.say_yes(kiosk)
        kiosk.wait_screen("booked")
        wait_for("the slip", lambda: visit.slips(printer))
        leave_the_paper(kiosk)

        self.town.start()
        row, = wait_for("the booking to arrive", self.town.live_bookings)
        self.assertEqual(row["dose"], "2")
        self.assertGreaterEqual(datetime.date.fromisoformat(row["date"]),
                                day + datetime.timedelta(days=19))
        self.assertEqual(self.town.worklist(), [], "the server believes the record as well")
        self.assertTrue(self.town.sums_hold())
        kiosk.stop()

    def test_a_record_of_somebody_else_books_nothing(self):
        people = self.people
        whose, other = people["before-dose-1"], next(
            self.town.people_before_dose_one())
        code, _ = self.record(whose)
        # The other's ticket before the statement: eight bytes, 12 letters of Base45.
        mine, _ = self.record(other)
        forged = mine[:len("MADO2:") + 12] + code[len("MADO2:") + 12:]
        kiosk = self.kiosk(camera=self.film(forged)).start()
        visit.start_by_scan(kiosk)
        visit.give_birth_date(kiosk, other)
        visit.say_yes(kiosk)
        kiosk.wait_screen("please_ask_staff")
        self.picture(kiosk, "not-this-persons-record")
        leave_the_paper(kiosk)
        self.assertEqual(self.town.live_bookings(), [])
        kiosk.stop()


if __name__ == "__main__":
    tell()
