#!/usr/bin/env python3
"""Somebody walks away: warned, given time, and then everything entered is gone."""

import visit
from story import Story, tell


class Timeout(Story):
    def kiosk_with_short_patience(self):
        kiosk = self.kiosk()
        with open(kiosk.folder / "kiosk.toml", "a", encoding="utf-8") as settings:
            settings.write("idle_seconds = 30\n")
        return kiosk.start()

    def test_the_warning_is_answered_by_one_touch_and_silence_wipes_all(self):
        person = self.people["before-dose-1"]
        kiosk = self.kiosk_with_short_patience()
        visit.start_by_typing(kiosk, person["ticket"])
        kiosk.wait_screen("asking_era")

        kiosk.wait_screen("idle_warning")
        self.picture(kiosk, "warning")
        kiosk.touch("continue").wait_screen("asking_era")

        kiosk.wait_screen("idle_warning")
        kiosk.wait_screen("welcome", timeout=120)
        # The next visitor begins at the beginning, with an empty number.
        kiosk.touch("start").wait_screen("scanning")
        kiosk.touch("type_number").wait_screen("typing_number")
        self.picture(kiosk, "empty-again")
        kiosk.touch("enter")
        self.assertEqual(kiosk.wait_screen("typing_number"), "typing_number")
        kiosk.stop()
        self.assertNotIn(person["ticket"], kiosk.program.text())


if __name__ == "__main__":
    tell()
