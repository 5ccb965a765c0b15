#!/usr/bin/env python3
"""A full disk, the kiosk's and the server's: told clearly, nothing lost, goes on by itself."""

import books
import visit
import visitors
from display import misread, words_on
from programs import wait_for
from small_disk import SmallDisk
from story import Story, tell

NOT_BOOKED = "予約は取れていません"
OUT_OF_SERVICE = "ただいまご利用いただけません"


class FullDisk(Story):
    def small_disk(self, folder, megabytes):
        disk = SmallDisk(folder, megabytes)
        self.addCleanup(disk.unmount)
        return disk

    def must_read(self, words, kiosk, name):
        """These words are on the screen that people see."""
        read = words_on(self.picture(kiosk, name))
        self.assertLessEqual(misread(words, read), 2, read)


class FullKioskDisk(FullDisk):
    def setUp(self):
        super().setUp()
        self.crowd = visitors.Crowd(self.town.people_before_dose_one())
        self.disk = self.small_disk(self.folder / "kiosk-1", 24)
        self.paper = self.printer()
        self.desk = self.kiosk("kiosk-1", self.paper)
        # What the tests look through is not on the disk that they fill.
        self.desk.probe_file = self.folder / "probe.json"
        self.desk.start()
        wait_for("the kiosk to hold seats", lambda: self.town.seats_held() > 0)

    def comes(self, person):
        return visitors.come(self.desk, self.paper, person, self.crowd)

    def until_refused(self):
        """People come until one is told that there is no booking; returns her. Some may still get
        theirs, where the database finds room in what it has already."""
        for _ in range(20):
            person = self.crowd.next()
            visit.log_in(self.desk, person)
            before = len(visit.slips(self.paper))
            if visitors.book_at_last(self.desk) == "please_ask_staff":
                return person
            self.assertEqual(self.desk.screen(), "booked")
            self.crowd.promised.append(person)
            visitors.print_slip(self.desk, self.paper, before)
            visit.leave(self.desk)
        self.fail("twenty people booked on a disk that is full")

    def test_who_cannot_be_booked_is_told_so_and_books_when_there_is_room_again(self):
        self.assertTrue(self.comes(self.crowd.next()))
        self.disk.fill()
        person = self.until_refused()
        self.must_read(NOT_BOOKED, self.desk, "not-booked")
        slips = len(visit.slips(self.paper))
        visit.leave(self.desk)
        self.desk.program.must_live()
        self.assertEqual(len(self.crowd.promised), slips)

        self.disk.clear()
        self.assertTrue(self.comes(person))
        agreed = books.must_agree(self.town, [self.desk], [self.paper], self.crowd.promised)
        self.assertEqual(len(agreed.live()), len(self.crowd.promised))
        self.desk.stop()

    def test_a_kiosk_that_dies_on_a_full_disk_says_so_and_comes_back_when_there_is_room(self):
        person = self.crowd.next()
        self.assertTrue(self.comes(person))
        self.disk.fill()
        self.until_refused()
        self.desk.kill()
        self.desk.launch()
        self.desk.wait_screen("out_of_service")
        self.must_read(OUT_OF_SERVICE, self.desk, "out-of-service")

        self.disk.clear()
        self.desk.wait_screen("welcome")
        self.assertEqual(visit.log_in(self.desk, person), "showing_booking")
        visit.leave(self.desk)
        self.assertTrue(self.comes(self.crowd.next()))
        books.must_agree(self.town, [self.desk], [self.paper], self.crowd.promised)
        self.desk.stop()


class FullServerDisk(FullDisk):
    def prepare_town(self):
        self.disk = self.small_disk(self.town.dir, 96)
        super().prepare_town()

    def setUp(self):
        super().setUp()
        self.crowd = visitors.Crowd(self.town.people_before_dose_one())
        self.paper = self.printer()
        self.desk = self.kiosk("kiosk-1", self.paper).start()
        wait_for("the kiosk to hold seats", lambda: self.town.seats_held() > 0)

    def comes(self, person):
        return visitors.come(self.desk, self.paper, person, self.crowd)

    def until_the_server_says_full(self):
        """People book, since a kiosk needs no server for that, until the server's log says why it
        keeps nothing."""
        for _ in range(20):
            self.assertTrue(self.comes(self.crowd.next()))
            if "not committed: Full" in self.town.said():
                return
        self.fail("the server took twenty bookings on a disk that is full")

    def test_kiosks_go_on_and_the_server_takes_all_in_when_there_is_room_again(self):
        self.disk.fill()
        self.until_the_server_says_full()
        self.town.program.must_live()
        self.assertTrue(books.Books(self.town, [self.desk], [self.paper]).not_at_rest())

        self.disk.clear()
        agreed = books.must_agree(self.town, [self.desk], [self.paper], self.crowd.promised)
        self.assertEqual(len(agreed.live()), len(self.crowd.promised))
        self.assertTrue(self.comes(self.crowd.next()))
        books.must_agree(self.town, [self.desk], [self.paper], self.crowd.promised)
        self.desk.stop()

    def test_a_server_that_dies_on_a_full_disk_tells_why_it_cannot_start_and_loses_nothing(self):
        self.disk.fill()
        self.until_the_server_says_full()
        self.town.kill()
        self.town.launch()
        # It may serve what it has, or end and say why, so that the service manager tries again.
        wait_for("the server to listen or to end", lambda: not self.town.program.alive() or
                 '"residents"' in self.town.said())
        if not self.town.program.alive():
            self.assertEqual(self.town.program.process.returncode, 1)
            self.assertIn("full", self.town.said().lower())
        self.assertTrue(self.comes(self.crowd.next()))

        self.disk.clear()
        if not self.town.program.alive():
            self.town.start()
        agreed = books.must_agree(self.town, [self.desk], [self.paper], self.crowd.promised)
        self.assertEqual(len(agreed.live()), len(self.crowd.promised))
        self.desk.stop()


if __name__ == "__main__":
    tell()
