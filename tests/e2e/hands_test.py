#!/usr/bin/env python3
"""Whole visits without a touch: by a keypad with the screen covered, and by two switches."""

import subprocess

import visit
from ear import Ear
from hands import by_keypad, by_switches
from programs import run, wait_for
from story import Story, tell


class Hands(Story):
    def cover(self, kiosk):
        """Something black before the whole screen: nothing of it can be seen any more."""
        sheet = self.folder / "cover.png"
        run("convert", "-size", "1080x1920", "xc:black", sheet)
        process = subprocess.Popen(["display", "-borderwidth", "0", "-geometry", "+0+0", str(sheet)],
                                   env=kiosk.display.environment())
        self.addCleanup(lambda: (process.terminate(), process.wait()))
        wait_for("a screen that shows nothing", lambda: self.is_black(kiosk))

    def is_black(self, kiosk):
        picture = self.picture(kiosk, "covered")
        return run("convert", picture, "-format", "%[fx:maxima]", "info:").strip() == "0"

    def book(self, kiosk, person):
        """A place, by the calendar, and the slip."""
        visit.log_in(kiosk, person)
        visit.declare(kiosk)
        kiosk.touch("other").wait_screen("choosing_venue")
        venue = sorted(name for name in kiosk.targets() if name.startswith("venue/"))[-1]
        kiosk.touch(venue).wait_screen("choosing_day")
        self.picture(kiosk, "calendar")
        day = sorted(name for name in kiosk.targets() if name.startswith("date/"))[-1]
        kiosk.touch(day).wait_screen("choosing_time")
        visit.take_first_offer(kiosk)
        visit.say_yes(kiosk)
        kiosk.wait_screen("booked")
        return day.removeprefix("date/")

    def test_a_booking_by_a_keypad_with_the_screen_covered(self):
        person = self.people["before-dose-1"]
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        kiosk.hand = by_keypad
        self.assertEqual(kiosk.focused(), [])
        self.cover(kiosk)

        day = self.book(kiosk, person)
        wait_for("the slip", lambda: visit.slips(printer))
        self.assertTrue(self.is_black(kiosk))
        row, = wait_for("the booking at the server", self.town.live_bookings)
        self.assertEqual(row["date"], day)
        print(f"a booking by the calendar took {kiosk.touches} touches, {kiosk.keys} keys of a keypad")

        kiosk.touch("staff").wait_screen("staff_called")
        kiosk.touch("return").wait_screen("booked")
        visit.leave(kiosk)
        self.assertEqual(kiosk.focused(), [], "the next person may be one who touches")
        kiosk.stop()
        self.no_personal_data(person, kiosk)

    def test_a_booking_by_a_keypad_and_a_headset(self):
        """Each arrow says where it has led to, and a screen where one is once it was told."""
        person = self.people["before-dose-1"]
        kiosk = self.kiosk(printer=self.printer(), camera=visit.empty_room(self.folder))
        ear = Ear(kiosk, headset="always")
        kiosk.start()
        kiosk.hand = by_keypad
        self.cover(kiosk)

        kiosk.key("Right")
        ear.listen("welcome.title")
        ear.listen("foot.staff")
        ear.listen("welcome.start")
        kiosk.key("Return")
        ear.listen("scan.title")
        ear.listen("foot.staff")
        ear.listen("scan.type_number")
        for text in ("foot.back", "foot.staff"):
            kiosk.key("Right")
            ear.listen(text)
        for text in ("foot.back", "scan.type_number"):
            kiosk.key("Left")
            ear.listen(text)
        kiosk.key("Return")
        ear.listen("typing.title")
        kiosk.type(person["ticket"])
        kiosk.key("Return")
        ear.listen("era.title")
        visit.give_birth_date(kiosk, person)
        ear.listen("confirm_birth.yes")
        visit.say_yes(kiosk)
        visit.declare(kiosk)
        visit.take_first_offer(kiosk)
        ear.listen("confirm_booking.yes")
        visit.say_yes(kiosk)
        ear.listen("booked.title")
        ear.listen("slip.take")
        kiosk.key("Right")
        ear.listen("foot.staff")
        wait_for("the booking at the server", self.town.live_bookings)
        self.assertTrue(self.is_black(kiosk))
        kiosk.stop()
        self.no_personal_data(person, kiosk)

    def test_a_booking_by_two_switches(self):
        person = self.people["before-dose-1"]
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        kiosk.hand = by_switches
        day = self.book(kiosk, person)
        wait_for("the slip", lambda: visit.slips(printer))
        row, = wait_for("the booking at the server", self.town.live_bookings)
        self.assertEqual(row["date"], day)
        print(f"a booking by the calendar took {kiosk.touches} touches, {kiosk.keys} of two switches")
        self.picture(kiosk, "booked")
        visit.leave(kiosk)
        kiosk.stop()

    def test_any_key_answers_the_warning_and_the_focus_is_where_it_was(self):
        kiosk = self.kiosk()
        with open(kiosk.folder / "kiosk.toml", "a", encoding="utf-8") as settings:
            settings.write("idle_seconds = 15\n")
        kiosk.start()
        kiosk.hand = by_keypad
        visit.start_by_typing(kiosk, self.people["before-dose-1"]["ticket"])
        kiosk.wait_screen("asking_era")
        kiosk.key("Right").key("Right")
        before = kiosk.focused()
        for key in ("Left", "space", "Return", "KP_5", "Escape"):
            kiosk.wait_screen("idle_warning")
            self.assertEqual(kiosk.focused(), ["continue"])
            self.picture(kiosk, "warning")
            kiosk.key(key).wait_screen("asking_era")
            self.assertEqual(kiosk.focused(), before, key)
        kiosk.stop()

    def no_personal_data(self, person, kiosk):
        for log in (kiosk.program.text(), self.town.program.text()):
            self.assertNotIn(person["ticket"], log)
            self.assertNotIn(person["birth_date"], log)


if __name__ == "__main__":
    tell()
