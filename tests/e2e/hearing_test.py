#!/usr/bin/env python3
"""A visit by ear: what is said is all that this person goes by."""

import visit
from ear import SPEECH, Ear
from programs import wait_for
from story import Story, tell


class Hearing(Story):
    def test_a_dose_is_booked_by_what_is_heard_alone(self):
        person = self.people["before-dose-1"]
        era, year = visit.era_of(person["birth_date"])
        kiosk = self.kiosk(printer=self.printer(), camera=visit.empty_room(self.folder))
        ear = Ear(kiosk, headset="always")
        kiosk.start()

        kiosk.touch("start")
        ear.listen("scan.title")
        ear.listen("scan.type_number")
        kiosk.touch("type_number")
        ear.listen("typing.title")
        kiosk.type(person["ticket"])
        kiosk.touch("enter")
        ear.listen("era.title")
        ear.listen(f"era.{era}")
        kiosk.touch(f"era/{era}")
        ear.listen("speech.year_title")
        kiosk.type(str(year))
        if year < 10:
            kiosk.touch("enter")
        ear.listen("month.title")
        kiosk.touch(f"month/{int(person['birth_date'][5:7])}")
        ear.listen("day.title")
        kiosk.touch(f"day/{int(person['birth_date'][8:10])}")
        ear.listen("confirm_birth.title")
        ear.listen("confirm_birth.yes")
        kiosk.touch("yes")
        if ear.listen("declare.title", "interval.next") == "interval.next":
            kiosk.touch("next")
            ear.listen("declare.title")
        ear.listen("declare.none")
        kiosk.touch("next")
        ear.listen("speech.choose_an_offer")
        ear.listen("suggest.other")
        kiosk.touch(visit.offers(kiosk)[0])
        ear.listen("confirm_booking.title")
        ear.listen("confirm_booking.yes")
        kiosk.touch("yes")
        ear.listen("booked.title")
        ear.listen("slip.take")
        wait_for("the booking at the server", self.town.live_bookings)
        kiosk.touch("finish")
        ear.listen("farewell.title")
        kiosk.wait_screen("welcome")
        kiosk.stop()
        self.assertIn(SPEECH, ear.heard(), "numbers, days and times are synthesised")
        log = kiosk.program.text()
        self.assertNotIn(person["ticket"], log)
        self.assertNotIn(person["birth_date"], log)

    def test_without_a_headset_a_number_that_is_typed_makes_no_sound(self):
        person = self.people["before-dose-1"]
        kiosk = self.kiosk(camera=visit.empty_room(self.folder))
        ear = Ear(kiosk)
        kiosk.start()
        kiosk.touch("start")
        ear.listen("scan.title")
        kiosk.touch("type_number")
        ear.listen("foot.staff")
        before = len(ear.heard())
        kiosk.type(person["ticket"])
        self.assertEqual(ear.heard()[before:], [])
        kiosk.touch("enter")
        ear.listen("era.title")
        ear.listen("foot.staff")
        self.assertNotIn(SPEECH, ear.heard()[before:])
        kiosk.stop()

    def test_a_kiosk_without_a_sound_device_books_all_the_same(self):
        person = self.people["before-dose-1"]
        kiosk = self.kiosk(printer=self.printer())
        ear = Ear(kiosk)
        for file in ear.folder.parent.glob("asound.conf"):
            file.write_text("")
        kiosk.tell_figures()
        kiosk.start()
        self.assertEqual(visit.book_first_offer(kiosk, person), "booked")
        self.assertEqual(kiosk.figure("madoguchi_voice"), 0)
        visit.leave(kiosk)
        kiosk.stop()
        self.assertEqual(kiosk.program.text().count("no sound device"), 1, "said once")


if __name__ == "__main__":
    tell()
