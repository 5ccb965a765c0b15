#!/usr/bin/env python3
"""A visit with the screen turned off: by keypad and headset alone, with nothing to be seen of it."""

import visit
from ear import Ear
from hands import by_keypad
from kiosk import by_finger
from programs import run, wait_for
from story import Story, tell


class Dark(Story):
    def is_black(self, kiosk, name):
        picture = self.picture(kiosk, name)
        return run("convert", picture, "-format", "%[fx:maxima]", "info:").strip() == "0"

    def listening_kiosk(self):
        kiosk = self.kiosk(printer=self.printer(), camera=visit.empty_room(self.folder))
        ear = Ear(kiosk, headset="always")
        kiosk.start()
        return kiosk, ear

    def turn_off(self, kiosk, ear):
        kiosk.hand = by_keypad
        kiosk.touch("comfort").wait_screen("choosing_comfort")
        kiosk.touch("screen")
        wait_for("the panel to be dark", lambda: kiosk.probe()["dark"])
        ear.listen("speech.screen_off")
        kiosk.touch("return").wait_screen("welcome")

    def test_a_booking_by_keypad_and_headset_with_the_screen_off(self):
        person = self.people["before-dose-1"]
        kiosk, ear = self.listening_kiosk()
        self.assertFalse(self.is_black(kiosk, "shown"))
        self.turn_off(kiosk, ear)
        self.assertTrue(self.is_black(kiosk, "welcome"))

        visit.start_by_typing(kiosk, person["ticket"])
        ear.listen("era.title")
        self.assertTrue(self.is_black(kiosk, "asking-era"))
        visit.give_birth_date(kiosk, person)
        ear.listen("confirm_birth.yes")
        self.assertTrue(self.is_black(kiosk, "confirming-birth"))
        visit.say_yes(kiosk)
        visit.declare(kiosk)
        visit.take_first_offer(kiosk)
        ear.listen("confirm_booking.yes")
        self.assertTrue(self.is_black(kiosk, "confirming-booking"))
        visit.say_yes(kiosk)
        kiosk.wait_screen("booked")
        ear.listen("booked.title")
        self.assertTrue(self.is_black(kiosk, "booked"))
        wait_for("the booking at the server", self.town.live_bookings)

        visit.leave(kiosk)
        self.assertFalse(kiosk.probe()["dark"], "the next person sees a kiosk")
        self.assertFalse(self.is_black(kiosk, "next-person"))
        kiosk.stop()

    def test_one_touch_anywhere_brings_the_screen_back_and_hits_nothing(self):
        kiosk, ear = self.listening_kiosk()
        self.turn_off(kiosk, ear)
        start = kiosk.targets()["start"]
        kiosk.step(lambda: kiosk.point_at(start["x"], start["y"]))
        kiosk.step(lambda: kiosk.display.xdotool("mousedown", "1"))
        self.assertTrue(kiosk.probe()["dark"])
        kiosk.step(lambda: kiosk.display.xdotool("mouseup", "1"))
        wait_for("the panel to be shown", lambda: not kiosk.probe()["dark"])
        ear.listen("speech.screen_shown")
        self.assertEqual(kiosk.screen(), "welcome", "what lies below was not touched")
        self.assertFalse(self.is_black(kiosk, "shown-again"))
        kiosk.hand = by_finger
        kiosk.touch("start").wait_screen("scanning")
        kiosk.stop()


if __name__ == "__main__":
    tell()
