"""The audit over a real database, and rows in it that somebody wrote, removed or cut by sqlite3."""

import json
import shutil
import unittest

from town import Town, server


class Audit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town(people=10).start()
        kiosk = cls.town.enrolled("kiosk")
        kiosk.lease(1, 4)
        kiosk.push(kiosk.started(), kiosk.booked(person=1, slot=1), kiosk.booked(person=2, slot=1),
                   kiosk.started())
        cls.town.stop()
        shutil.copy(cls.town.dir / "town.db", cls.town.folder / "good.db")

    @classmethod
    def tearDownClass(cls):
        cls.town.remove()

    def setUp(self):
        for name in ("town.db-wal", "town.db-shm"):
            (self.town.dir / name).unlink(missing_ok=True)
        shutil.copy(self.town.folder / "good.db", self.town.dir / "town.db")

    def audit(self, expect=1):
        told = server("audit", "--json", "--dir", self.town.dir, expect=expect).stdout
        *findings, summary = [json.loads(line) for line in told.splitlines()]
        self.assertEqual(summary["findings"], len(findings))
        return findings, summary

    def test_clean_books_end_with_0(self):
        findings, summary = self.audit(expect=0)
        self.assertEqual(findings, [])
        self.assertEqual((summary["devices"], summary["events"], summary["bookings"]), (1, 4, 2))
        told = server("audit", "--dir", self.town.dir).stdout
        self.assertIn("all is in order: 4 events of 1 devices, 2 bookings", told)

    def test_each_tampering_is_named(self):
        event = {"device": 1}
        for statement, expected in (
            ("DELETE FROM envelope WHERE number = 2",
             {"finding": "missing", **event, "number": 2}),
            ("UPDATE envelope SET body = replace(body, 'started', 'startled') WHERE number = 1",
             {"finding": "edited", **event, "number": 1}),
            ("UPDATE envelope SET hash = zeroblob(32) WHERE number = 3",
             {"finding": "edited", **event, "number": 3}),
            ("UPDATE envelope SET previous = zeroblob(32) WHERE number = 3",
             {"finding": "edited", **event, "number": 3}),
            ("DELETE FROM envelope WHERE number >= 3",
             {"finding": "cut", **event, "number": 3, "upto": 4}),
            ("DELETE FROM envelope WHERE number = 4",
             {"finding": "cut", **event, "number": 4}),
            ("UPDATE chain SET head = zeroblob(32)",
             {"finding": "head", **event, "number": 4}),
            ("DELETE FROM booking WHERE number = 3",
             {"finding": "no-booking", **event, "number": 3}),
            ("UPDATE booking SET declared = 1 - declared WHERE number = 3",
             {"finding": "booking", **event, "number": 3}),
            ("UPDATE signed_head SET signature = zeroblob(64)", {"finding": "signature", **event}),
            ("DELETE FROM signed_head", {"finding": "signature", **event}),
            ("UPDATE slot SET free = free - 1 WHERE id = 2", {"finding": "seats", "slot": 2}),
            ("UPDATE slot SET booked = booked + 1, free = free - 1 WHERE id = 2",
             {"finding": "booked", "slot": 2}),
            ("UPDATE slot SET held = held + 1, free = free - 1 WHERE id = 2",
             {"finding": "held", "slot": 2}),
            ("UPDATE lease SET used = 9", {"finding": "lease", "device": 1, "slot": 1}),
            ("DELETE FROM feed WHERE number = 5", {"finding": "feed", "number": 5}),
            ("DELETE FROM feed WHERE number > (SELECT feed - 2 FROM municipality)",
             {"finding": "feed"}),
        ):
            with self.subTest(statement):
                self.setUp()
                self.town.sql(statement)
                findings, _ = self.audit()
                fits = [finding for finding in findings if expected.items() <= finding.items()]
                self.assertEqual(len(fits), 1, findings)
                self.assertIn(expected["finding"], server("audit", "--dir", self.town.dir,
                                                          expect=1).stdout)

    def test_a_person_with_two_bookings_is_named(self):
        self.town.sql("DROP INDEX booking_one_live")
        self.town.sql("UPDATE booking SET person = 1")
        findings, _ = self.audit()
        self.assertEqual([(row["finding"], row.get("person")) for row in findings],
                         [("two-bookings", 1), ("booking", None)])

    def test_it_may_run_while_the_server_does_and_changes_nothing(self):
        self.town.start()
        before = self.town.sql("SELECT commits, feed FROM municipality")
        self.audit(expect=0)
        self.assertEqual(self.town.sql("SELECT commits, feed FROM municipality"), before)
        self.assertEqual(self.town.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
