#!/usr/bin/env python3
"""Power cuts: what was confirmed is kept, and a slip that did not come out is offered again."""

import socket
import threading

import visit
from programs import wait_for
from story import Story, tell


class StuckPrinter:
    """Takes connections and never says a word: a printer between commit and paper."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"ipp://127.0.0.1:{self.listener.getsockname()[1]}/ipp/print"
        self.asked = threading.Event()
        self.open = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.open.append(connection)
            self.asked.set()

    def stop(self):
        self.listener.close()
        for connection in self.open:
            connection.close()


class Crash(Story):
    def test_a_kiosk_killed_between_commit_and_print_offers_the_slip_to_the_same_person_only(self):
        person, other = self.people["before-dose-1"], self.people["between-doses"]
        stuck = StuckPrinter()
        self.addCleanup(stuck.stop)
        kiosk = self.kiosk(printer=stuck)
        kiosk.start()
        visit.book_first_offer(kiosk, person)
        self.assertTrue(stuck.asked.wait(60))
        kiosk.kill()

        printer = self.printer()
        kiosk.printer = printer.address
        kiosk.start()
        # Another person is not shown anything of it.
        self.assertNotEqual(visit.log_in(kiosk, other), "showing_booking")
        visit.give_up(kiosk)
        self.assertEqual(visit.log_in(kiosk, person), "showing_booking")
        self.picture(kiosk, "slip-owed")
        kiosk.touch("print")
        wait_for("the slip", lambda: visit.slips(printer))
        visit.leave(kiosk)
        self.assertEqual(len(wait_for("the booking", self.town.live_bookings)), 1)
        self.assertTrue(self.town.sums_hold())
        kiosk.stop()

    def test_a_kiosk_that_cannot_start_says_so_and_goes_on_by_itself(self):
        person = self.people["before-dose-1"]
        kiosk = self.kiosk(printer=self.printer())
        kiosk.start()
        kiosk.stop()
        database, = kiosk.folder.glob("device-*.db")
        whole = database.read_bytes()
        database.write_bytes(b"this is no database" * 1000)
        kiosk.start(until="out_of_service")
        self.picture(kiosk, "cannot-start")
        kiosk.touch("staff")
        kiosk.wait_screen("staff_unreachable")
        kiosk.touch("return")
        kiosk.wait_screen("out_of_service")
        database.write_bytes(whole)
        kiosk.wait_screen("welcome")
        self.assertEqual(visit.book_first_offer(kiosk, person), "booked")
        self.assertEqual(len(wait_for("the booking", self.town.live_bookings)), 1)
        kiosk.stop()

    def test_a_server_killed_in_between_keeps_what_it_acknowledged(self):
        person = self.people["before-dose-1"]
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        self.assertEqual(visit.book_first_offer(kiosk, person), "booked")
        wait_for("the slip", lambda: visit.slips(printer))
        row, = wait_for("the booking", self.town.live_bookings)
        self.town.kill()
        visit.leave(kiosk)
        self.town.start()
        self.assertEqual([now["number"] for now in self.town.live_bookings()], [row["number"]])
        self.assertTrue(self.town.sums_hold())
        kiosk.stop()


if __name__ == "__main__":
    tell()
