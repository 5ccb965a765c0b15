"""What staff do at the server: the worklist, lost devices, silent devices."""

import json
import re
import unittest

from town import Town, day, exchange, server, wait_for


class Worklist(unittest.TestCase):
    def setUp(self):
        self.town = Town(people=10)
        self.town.schedule(day(8), 10)
        self.town.start()

    def tearDown(self):
        self.town.remove()

    def doubled(self):
        """Person 1 booked at two kiosks that did not know of each other: the two rows."""
        self.one, self.two = self.town.enrolled("one"), self.town.enrolled("two")
        self.one.lease(1, 2)
        self.two.lease(3, 2)
        self.one.push(self.one.booked(person=1, slot=1))
        self.two.push(self.two.booked(person=1, slot=3))
        return self.town.worklist()

    def states(self):
        return {row["number"]: row["state"] for row in self.town.bookings()}

    def test_a_row_says_what_happened_who_may_act_and_what_can_be_done(self):
        rows = self.doubled()
        self.assertEqual([row["reason"] for row in rows], ["doubled", "doubled"])
        row = rows[0]
        self.assertTrue(row["open"])
        self.assertIn("more than one booking", row["happened"])
        self.assertEqual(row["who"], "desk")
        self.assertEqual([choice["done"] for choice in row["choices"]], ["kept", "cancelled"])
        self.assertEqual(row["slot"], {"id": 1, "date": day(7), "time": "09:00", "venue": 1,
                                       "venue_name": "市民センター"})
        told = server("worklist", "list", "--dir", self.town.dir).stdout
        blocks = told.strip().split("\n\n")
        self.assertEqual(len(blocks), 2)
        for part in (f"{row['id']}  doubled", row["happened"], f"booking {row['booking']}", "person 1",
                     "市民センター", "--done kept", "--done cancelled"):
            self.assertIn(part, blocks[0])

    def test_nothing_personal_stands_on_it(self):
        self.doubled()
        told = server("worklist", "list", "--all", "--dir", self.town.dir).stdout + \
            json.dumps(self.town.worklist("--all"))
        for secret in (self.town.ticket(1), "1939", "condition"):
            self.assertNotIn(secret, told)

    def test_the_person_chooses_which_booking_stays(self):
        rows = self.doubled()
        before = self.one.snapshot()["position"]
        told = self.town.resolve(rows[1]["id"], "kept", "--note", "電話で確認")
        self.assertRegex(told.stdout, "done: kept by 佐藤 at .*: 電話で確認")
        self.assertEqual(self.states(), {rows[0]["booking"]: "cancelled",
                                         rows[1]["booking"]: "live"})
        self.assertEqual(self.town.worklist(), [])
        every = self.town.worklist("--all")
        self.assertEqual([(row["resolution"]["done"], row["resolution"]["by"]) for row in every],
                         [("cancelled", "佐藤"), ("kept", "佐藤")])
        self.assertEqual([row["choices"] for row in every], [[], []])
        # The devices hear of both bookings and of the seat that is free again.
        status, page = self.one.changes(before, wait=25)
        self.assertEqual(status, 200)
        self.assertEqual(sorted(change["kind"] for change in page["changes"]),
                         ["booking", "booking", "slot"])

    def test_a_second_decision_is_told_what_was_done(self):
        rows = self.doubled()
        self.town.resolve(rows[0]["id"], "cancelled")
        states = self.states()
        told = self.town.resolve(rows[0]["id"], "kept", by="鈴木", expect=1)
        self.assertRegex(told.stderr, r"was done with before: cancelled by 佐藤 at \d{4}-")
        told = self.town.resolve(rows[0]["id"], "kept", "--json", by="鈴木", expect=1)
        self.assertEqual(json.loads(told.stdout)["resolution"]["by"], "佐藤")
        self.assertEqual(self.states(), states)

    def test_what_a_row_does_not_offer_is_refused(self):
        row = self.doubled()[0]["id"]
        self.assertIn("choice-refused", self.town.resolve(row, "noted", expect=1).stderr)
        self.assertIn("unknown-row", self.town.resolve(99, "noted", expect=1).stderr)
        self.assertIn("note-refused", self.town.resolve(row, "kept", "--note", self.town.ticket(1),
                                                        expect=1).stderr)
        self.assertEqual(len(self.town.worklist()), 2)

    def test_a_booking_of_a_closed_slot_is_moved(self):
        kiosk = self.town.enrolled("moving")
        kiosk.lease(1, 1)
        kiosk.push(kiosk.booked(person=2, slot=1))
        self.town.schedule(day(7), 0)
        row = self.town.worklist()[0]
        self.assertEqual(row["reason"], "slot-closed")
        self.assertIn("slot-needed", self.town.resolve(row["id"], "moved", expect=1).stderr)
        self.town.resolve(row["id"], "moved", "--slot", "3")
        booking = self.town.bookings()[0]
        self.assertEqual((booking["date"], booking["state"]), (day(8), "live"))

    def test_a_lost_device_is_fenced_and_its_slips_become_bookings(self):
        kiosk = self.town.enrolled("lost")
        kiosk.lease(1, 4)
        kiosk.push(kiosk.started())
        told = server("device", "lost", kiosk.id, "--by", "佐藤", "--dir", self.town.dir)
        self.assertIn("its 4 seats stay held", told.stdout)
        self.assertEqual(self.town.worklist()[0]["said_by"], "佐藤")

        status, answer = kiosk.push(kiosk.booked(person=3, slot=1))
        self.assertEqual((status, answer["fenced"]), (200, True))
        slip = self.town.worklist()[1]
        self.assertEqual((slip["reason"], slip["person"]), ("fenced", 3))
        self.assertIn("admitted", [choice["done"] for choice in slip["choices"]])
        self.town.resolve(slip["id"], "booked")
        self.assertEqual(self.states(), {slip["booking"]: "live"})

        self.assertEqual(self.town.sql("SELECT booked, held FROM slot WHERE id = 1"), [(1, 3)])
        server("device", "return-seats", kiosk.id, "--by", "鈴木", "--dir", self.town.dir)
        self.assertEqual(self.town.sql("SELECT booked, held FROM slot WHERE id = 1"), [(1, 0)])
        self.assertEqual(self.town.worklist(), [])
        by = [(row["reason"], row["resolution"]["by"]) for row in self.town.worklist("--all")]
        self.assertEqual(by, [("lost", "鈴木"), ("fenced", "佐藤"), ("seats-returned", "鈴木")])
        self.assertEqual(server("audit", "--dir", self.town.dir).returncode, 0)

    def test_seats_come_back_only_from_a_device_that_is_out(self):
        kiosk = self.town.enrolled("in")
        kiosk.lease(1, 4)
        told = server("device", "return-seats", kiosk.id, "--by", "鈴木", "--dir", self.town.dir,
                      expect=1)
        self.assertIn("wrong-state", told.stderr)
        self.assertEqual(self.town.sql("SELECT held FROM slot WHERE id = 1"), [(4,)])

    def test_a_silent_device_raises_an_alarm_that_ends_with_its_next_word(self):
        kiosk = self.town.enrolled("silent")
        kiosk.lease(3, 2)
        kiosk.lease(1, 4)
        self.assertIsNone(self.town.device_rows()[0]["silent"])
        self.town.sql("UPDATE chain SET last_seen = last_seen - 3600000")

        silent = self.town.device_rows()[0]["silent"]
        self.assertEqual(silent["seats"], 6)
        self.assertEqual([(held["slot"], held["seats"]) for held in silent["held"]],
                         [(1, 4), (3, 2)])
        self.assertTrue(silent["matters_at"].startswith(f"{day(7)}T00:00"), silent)
        told = server("device", "list", "--dir", self.town.dir).stdout
        self.assertRegex(told, rf"ALARM: it has been silent since .*; it holds 6 seats, the first "
                               rf"for {day(7)} 09:00 in venue 1 \(slot 1\)")
        wait_for("the server to notice", lambda: self.health()["silent_devices"] == 1)

        kiosk.push(kiosk.started())
        self.assertIsNone(self.town.device_rows()[0]["silent"])
        wait_for("the server to hear it", lambda: self.health()["silent_devices"] == 0)
        log = self.town.log.read_text()
        begun = re.findall(rf"warning device {kiosk.id} has been silent since .*; it holds 6 seats, "
                           rf"the first for {day(7)} 09:00", log)
        self.assertEqual(len(begun), 1, log)
        self.assertEqual(log.count(f"device {kiosk.id} is silent no more"), 1)

    def health(self):
        return exchange(self.town.client(), "GET", "/healthz")[1]


if __name__ == "__main__":
    unittest.main(verbosity=2)
