#!/usr/bin/env python3
"""Somebody who sees little books in the largest letters, white on black; the next person finds the
usual ones."""

import subprocess

import visit
from story import Story, tell


def letter_height(kiosk, target):
    """How high a target is, in pixels: buttons grow with the letters on them."""
    rect = kiosk.targets()[target]["rect"]
    return rect[3] - rect[1]


def darkness(picture):
    """How much of a picture is black, between 0 and 1."""
    mean = subprocess.run(["convert", picture, "-colorspace", "gray", "-format", "%[fx:mean]",
                           "info:"], capture_output=True, text=True, check=True).stdout
    return 1 - float(mean)


class Seeing(Story):
    def test_the_largest_letters_and_white_on_black_last_for_one_visit(self):
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        usual = letter_height(kiosk, "comfort")
        self.assertLess(darkness(self.picture(kiosk, "usual")), 0.5)

        kiosk.touch("comfort").wait_screen("choosing_comfort")
        kiosk.touch("size/largest")
        self.assertGreater(letter_height(kiosk, "comfort"), usual)
        kiosk.touch("theme/high_contrast")
        self.assertGreater(darkness(self.picture(kiosk, "comfort")), 0.5)
        kiosk.touch("return").wait_screen("welcome")

        # In the midst of the visit it is still so, and can be looked at without losing anything.
        person = self.people["before-dose-1"]
        visit.start_by_typing(kiosk, person["ticket"])
        kiosk.wait_screen("asking_era")
        kiosk.touch("comfort").wait_screen("choosing_comfort")
        kiosk.touch("return").wait_screen("asking_era")
        visit.give_birth_date(kiosk, person)
        visit.say_yes(kiosk)
        visit.declare(kiosk)
        visit.take_first_offer(kiosk)
        self.assertGreater(darkness(self.picture(kiosk, "confirming")), 0.5)
        visit.say_yes(kiosk)
        kiosk.wait_screen("booked")
        self.assertEqual(len(self.town.bookings()), 1)
        self.assertGreater(kiosk.parts_turned, 0, "no page was longer than the panel")

        visit.leave(kiosk)
        self.assertEqual(letter_height(kiosk, "comfort"), usual)
        self.assertLess(darkness(self.picture(kiosk, "next-person")), 0.5)
        kiosk.stop()


if __name__ == "__main__":
    tell()
