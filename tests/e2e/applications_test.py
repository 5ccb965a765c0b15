#!/usr/bin/env python3
"""Neither network nor a seat: an application is kept, placed by staff, and shown as the booking that came of it."""

import csv
import datetime
import io
import json

import visit
from display import misread, words_on
from programs import wait_for
from story import Story, tell
from town import server

JAPAN = datetime.timezone(datetime.timedelta(hours=9))


class Applications(Story):
    def prepare_town(self):
        """Slots of so few seats that no kiosk holds any."""
        self.town.make(schedule=False)
        today = datetime.datetime.now(JAPAN).date()
        self.days = [(today + datetime.timedelta(days=ahead)).isoformat() for ahead in (5, 6)]
        self.town.plan_slots([(day, "10:00", "10:45", 15, 1) for day in self.days])

    def applications(self, *options):
        said = server("application", "list", "--json", *options, "--dir", self.town.dir)
        return [json.loads(line) for line in said.splitlines()]

    def come_to_no_place(self, kiosk, person):
        visit.log_in(kiosk, person)
        kiosk.touch("declare/wheelchair").touch("next")
        kiosk.wait_screen("no_place")

    def choose(self, kiosk, day, time):
        """The nth time of the nth day, of those that can be applied for."""
        kiosk.touch(min(name for name in kiosk.targets() if name.startswith("venue/")))
        kiosk.wait_screen("choosing_day")
        kiosk.touch(f"date/{self.days[day]}").wait_screen("choosing_time")
        kiosk.touch(visit.offers(kiosk)[time]).wait_screen("applying")

    def apply(self, kiosk, person, choices):
        self.come_to_no_place(kiosk, person)
        kiosk.touch("apply").wait_screen("choosing_venue")
        for number, (day, time) in enumerate(choices):
            if number > 0:
                kiosk.touch("add").wait_screen("choosing_venue")
            self.choose(kiosk, day, time)

    def test_it_is_kept_offline_placed_by_staff_and_shown_as_a_booking(self):
        person = self.people["before-dose-1"]
        printer = self.printer()
        kiosk = self.kiosk(printer=printer).start()
        wait_for("the kiosk to know the slots", lambda: kiosk.screen() == "welcome")
        self.town.stop()

        self.apply(kiosk, person, [(1, 0), (0, 1), (0, 0)])
        self.assertNotIn("add", kiosk.targets(), "there is no fourth")
        self.picture(kiosk, "applying")
        touches = kiosk.touches
        kiosk.touch("yes").wait_screen("application_taken")
        paper, = wait_for("the receipt", lambda: visit.slips(printer))
        self.assertGreater(paper.stat().st_size, 1000)
        said = words_on(self.picture(kiosk, "application-taken"))
        self.assertLessEqual(misread("まだ予約ではありません", said), 2, said)
        self.assertEqual(kiosk.touches, touches + 1)
        visit.leave(kiosk)

        # Who comes back before the town knows of it sees it, after a restart too.
        kiosk.stop()
        kiosk.start()
        visit.start_by_typing(kiosk, person["ticket"])
        visit.give_birth_date(kiosk, person)
        visit.say_yes(kiosk)
        kiosk.wait_screen("showing_application")
        self.picture(kiosk, "showing-application")
        visit.leave(kiosk)

        self.town.start()
        waiting, = wait_for("the application to arrive", self.applications)
        self.assertEqual(waiting["state"], "waiting")
        self.assertEqual(waiting["help"], "wheelchair")
        self.assertEqual([choice["now"] for choice in waiting["choices"]], ["free"] * 3)
        self.assertEqual(waiting["choices"][0]["date"], self.days[1])
        self.assertEqual(self.town.live_bookings(), [], "it takes no seat")

        placed = json.loads(server("application", "place", "--all", "--by", "佐藤", "--json",
                                   "--dir", self.town.dir))
        self.assertEqual((placed["state"], placed["by"]), ("placed", "佐藤"))
        row, = self.town.live_bookings()
        self.assertEqual((row["date"], row["number"]), (self.days[1], placed["booking"]))
        self.assertEqual(self.applications(), [])
        self.assertTrue(self.town.sums_hold())
        server("application", "place", waiting["id"], "--by", "佐藤", "--dir", self.town.dir,
               expect=1)

        def shown():
            screen = visit.log_in(kiosk, person)
            if screen == "showing_booking":
                return True
            visit.leave(kiosk)
            return False

        wait_for("the kiosk to show the booking", shown)
        self.picture(kiosk, "showing-booking")
        visit.leave(kiosk)
        rows = list(csv.DictReader(io.StringIO(
            server("export", "applications", "--dir", self.town.dir))))
        self.assertEqual([(row["number"], row["state"]) for row in rows],
                         [(waiting["id"], "placed")])
        self.assertEqual(self.town.worklist(), [])
        server("audit", "--dir", self.town.dir)
        kiosk.stop()
        for log in (kiosk.program.text(), self.town.program.text()):
            self.assertNotIn(person["ticket"], log)

    def test_two_kiosks_and_a_withdrawal(self):
        person = self.people["before-dose-1"]
        kiosks = [self.kiosk(name).start() for name in ("kiosk-1", "kiosk-2")]
        self.town.stop()
        for kiosk in kiosks:
            self.apply(kiosk, person, [(0, 0)])
            kiosk.touch("yes").wait_screen("application_taken")
            visit.leave(kiosk)
        self.town.start()
        wait_for("both applications", lambda: len(self.applications()) == 2)
        self.assertEqual([row["reason"] for row in self.town.worklist()], ["applied-twice"])

        # She takes the one back that she sees; the other waits on.
        kiosk = kiosks[0]
        visit.start_by_typing(kiosk, person["ticket"])
        visit.give_birth_date(kiosk, person)
        visit.say_yes(kiosk)
        kiosk.wait_screen("showing_application")
        kiosk.touch("withdraw").wait_screen("asking_withdrawal")
        self.picture(kiosk, "asking-withdrawal")
        kiosk.touch("yes").wait_screen("withdrawal_taken")
        visit.leave(kiosk)
        waiting, = wait_for("it to end at the town",
                            lambda: (now := self.applications()) if len(self.applications()) == 1
                            else None)
        declined = json.loads(server("application", "decline", waiting["id"], "--by", "佐藤",
                                     "--note", "電話で相談", "--json", "--dir", self.town.dir))
        self.assertEqual(declined["state"], "declined")
        self.assertEqual({one["state"] for one in self.applications("--all")},
                         {"declined", "withdrawn"})
        for kiosk in kiosks:
            kiosk.stop()


if __name__ == "__main__":
    tell()
