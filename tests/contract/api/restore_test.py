"""A database that was put back from a backup: what the command line and the running server say."""

import json
import shutil
import unittest

from town import Town, exchange, server, wait_for


class Restore(unittest.TestCase):
    def setUp(self):
        self.town = Town(people=10).start()
        self.kiosk = self.town.enrolled("kiosk")
        self.kiosk.lease(1, 4)
        self.events = [self.kiosk.started(), self.kiosk.booked(person=1, slot=1)]
        self.kiosk.push(*self.events)
        self.town.stop()
        shutil.copy(self.town.dir / "town.db", self.town.folder / "backup.db")
        self.town.start()
        self.events.append(self.kiosk.booked(person=2, slot=1))
        self.kiosk.push(self.events[-1])
        self.seen = self.kiosk.snapshot()["position"]

    def tearDown(self):
        self.town.remove()

    def put_back(self):
        self.town.stop()
        for name in ("town.db-wal", "town.db-shm"):
            (self.town.dir / name).unlink(missing_ok=True)
        shutil.copy(self.town.folder / "backup.db", self.town.dir / "town.db")

    def ask_for_changes(self):
        return self.kiosk.changes(self.seen)

    def test_a_new_epoch_gets_again_what_was_lost(self):
        self.put_back()
        told = json.loads(server("restored", "--by", "佐藤", "--dir", self.town.dir, "--json").stdout)
        self.assertGreater(told["epoch"], self.seen["epoch"])
        self.assertEqual(told["devices"], 1)
        self.town.start()
        self.assertEqual(self.ask_for_changes()[0], 409)
        status, answer = self.kiosk.push(*self.events)
        self.assertEqual(status, 200)
        self.assertEqual([each["verdict"] for each in answer["answers"]], ["accepted"] * 3)
        self.assertEqual(len(self.town.bookings()), 2)
        self.assertEqual(exchange(self.town.client(), "GET", "/healthz")[0], 200)
        server("audit", "--dir", self.town.dir)

    def test_nobody_said_so_and_the_server_notices(self):
        self.put_back()
        self.town.start()
        self.assertEqual(exchange(self.town.client(), "GET", "/healthz")[0], 200)
        self.assertEqual(self.ask_for_changes()[0], 409)
        status, refusal = exchange(self.town.client(), "GET", "/healthz")
        self.assertEqual((status, refusal["error"]), (503, "old-store"))
        wait_for("a line in the log", lambda: "madoguchi-server restored" in self.town.log.read_text())

    def test_it_is_refused_while_the_server_runs_and_without_a_name(self):
        told = server("restored", "--by", "佐藤", "--dir", self.town.dir, expect=1)
        self.assertIn("another", told.stderr)
        server("restored", "--dir", self.town.dir, expect=2)
        self.town.stop()
        told = server("restored", "--by", "佐藤", "--dir", self.town.dir)
        self.assertIn("a new snapshot", told.stdout)
        self.assertIn("Do it again", told.stderr)


if __name__ == "__main__":
    unittest.main()
