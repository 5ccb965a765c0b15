#!/usr/bin/env python3
"""Two kiosks and the last seats: nobody sells what another holds, online and offline."""

import datetime

import visit
from programs import run, wait_for
from story import Story, tell
from town import server

JAPAN = datetime.timezone(datetime.timedelta(hours=9))


class LastSeat(Story):
    def prepare_town(self):
        """Venues and people; each test plans its own slots."""
        self.town.make(schedule=False)

    def plan_one_slot(self, seats):
        day = (datetime.datetime.now(JAPAN) + datetime.timedelta(days=5)).date().isoformat()
        self.town.plan_slots([(day, "10:00", "10:15", 15, seats)])

    def test_online_the_second_is_told_that_it_has_just_filled(self):
        self.plan_one_slot(seats=1)
        people = [self.people["before-dose-1"], self.people["before-dose-1-too"]]
        printer = self.printer()
        kiosks = [self.kiosk(name, printer).start() for name in ("kiosk-1", "kiosk-2")]
        for kiosk, person in zip(kiosks, people):
            visit.log_in(kiosk, person)
            visit.declare(kiosk)
            visit.take_first_offer(kiosk)
        for kiosk in kiosks:
            visit.say_yes(kiosk)
        shown = sorted(kiosk.wait_screen("booked", "no_place", "suggesting") for kiosk in kiosks)
        self.assertIn(shown, (["booked", "no_place"], ["booked", "suggesting"]))
        for kiosk in kiosks:
            self.picture(kiosk, f"{kiosk.folder.name}-{kiosk.screen()}")
        self.assertEqual(len(wait_for("one booking", self.town.live_bookings)), 1)
        self.assertEqual(len(wait_for("one slip", lambda: visit.slips(printer))), 1)
        self.assertTrue(self.town.sums_hold())
        for kiosk in kiosks:
            kiosk.stop()

    def test_offline_each_kiosk_sells_what_it_holds_and_not_one_more(self):
        # A fifth of the day's 20 seats is what a kiosk may hold: four each.
        self.plan_one_slot(seats=20)
        people = [self.people[case] for case in (
            "before-dose-1", "before-dose-1-too", "before-dose-1-third", "before-dose-1-young",
            "between-doses")]
        server("town", "--next-opening", "2045-07-01 09:00", "--dir", self.town.dir)
        printer = self.printer()
        first, second = (self.kiosk(name, printer).start() for name in ("kiosk-1", "kiosk-2"))
        wait_for("both kiosks to hold their seats", lambda: self.town.seats_held() == 8)
        self.town.stop()

        for person in people[:4]:
            self.assertEqual(visit.book_first_offer(first, person), "booked")
            visit.leave(first)
        visit.log_in(first, people[4])
        first.touch("next").wait_screen("no_place")
        self.picture(first, "nothing-left-offline")
        before = len(visit.slips(printer))
        first.touch("print")
        wait_for("when more opens, on paper", lambda: len(visit.slips(printer)) == before + 1)
        memo = "".join(run("pdftotext", "-layout", visit.slips(printer)[-1], "-").split())
        self.assertIn("7月1日（土）午前9時", memo)
        self.assertEqual(visit.book_first_offer(second, people[4]), "booked")

        self.town.start()
        wait_for("all bookings", lambda: len(self.town.live_bookings()) == 5)
        self.assertEqual(self.town.worklist(), [])
        wait_for("five slips beside that", lambda: len(visit.slips(printer)) == 6)
        self.assertTrue(self.town.sums_hold())
        for kiosk in (first, second):
            kiosk.stop()


if __name__ == "__main__":
    tell()
