"""A kiosk's journal on a stick: the real kiosk writes the file, the real server takes it in."""

import fcntl
import json
import sqlite3
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "support"))
from sealed_journal import SealedJournal
from town import Device, Failure, PROGRAM, Town, run, server, wait_for

KIOSK = PROGRAM.parent / "madoguchi-kiosk"


class Kiosk(Device):
    """Enrolled by its own program; what it decides is written into its journal as it would."""

    def __init__(self, town, name):
        self.town, self.name = town, name
        self.dir = town.folder / name
        said = json.loads(server("device", "add", "--json", "--dir", town.dir, "--kind", "kiosk",
                                 "--name", name).stdout)
        with open(town.folder / f"{name}.log", "w+b") as log:
            enrolling = subprocess.Popen([KIOSK, "enrol", said["code"], "--dir", self.dir, "--name",
                                          name], stdout=log, stderr=log)

        def shown():
            for row in town.device_rows():
                if row["name"] == name and row["state"] == "pending":
                    return row
            if enrolling.poll() is not None:
                raise Failure((town.folder / f"{name}.log").read_text())
            return None

        row = wait_for("the kiosk's request", shown)
        self.id, self.fingerprint = row["id"], row["fingerprint"]
        self.confirm()
        if enrolling.wait(timeout=60) != 0:
            raise Failure((town.folder / f"{name}.log").read_text())
        identity = json.loads((self.dir / "identity.json").read_text())
        self.key = self.dir / "credentials" / str(self.id) / "device.key"
        self.certificate = town.folder / f"{name}.pem"
        self.certificate.write_text(identity["certificate"])
        self.number, self.previous, self.used, self.events = 0, bytes(32), {}, []
        self.export("nothing")  # makes the journal's tables

    def decide(self, *events):
        """Appends to the journal as the kiosk's program does."""
        journal = SealedJournal(self.dir)
        database = sqlite3.connect(journal.file)
        for event in events:
            self.events.append(event)
            number, body = event["number"], event["body"]
            previous = self.hash_of(self.events[-2]) if number > 1 else bytes(32)
            database.execute("INSERT INTO journal_event (number, previous, body, appended_at) "
                             "VALUES (?, ?, ?, 0)", (number, previous, journal.seal(number, body)))
            database.execute("UPDATE journal SET last = ?, head = ?", (number, self.hash_of(event)))
        database.commit()
        database.close()

    def export(self, name, *options, expect=0):
        self.file = self.town.folder / name
        return run(KIOSK, "journal", "export", self.file, "--dir", self.dir, *options, expect=expect)

    def take_in(self, expect=0):
        told = server("journal", "import", self.file, "--json", "--dir", self.town.dir,
                      expect=expect)
        return json.loads(told.stdout)


class Journal(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town(people=30).start()

    @classmethod
    def tearDownClass(cls):
        cls.town.remove()

    def offline(self, name, person):
        """A kiosk that sold two seats while no network reached it."""
        kiosk = Kiosk(self.town, name)
        kiosk.lease(1, 4)
        kiosk.decide(kiosk.started(), kiosk.booked(person=person, slot=1),
                     kiosk.booked(person=person + 1, slot=1))
        return kiosk

    def counts(self, kiosk, **counts):
        return {"device": kiosk.id, "events": 3, "accepted": 0, "worklist": 0, "aside": 0,
                "known": 0, "fenced": False, **counts}

    def test_help_says_how_both_ends_go_together(self):
        told = run(KIOSK, "journal", "export", "--help").stdout
        self.assertIn("madoguchi-server journal import", told)
        self.assertIn("madoguchi-kiosk journal export", server("journal", "import", "--help").stdout)

    def test_enrolling_anew_does_not_leave_behind_what_nobody_has_sent(self):
        kiosk = self.offline("anew", 5)
        identity = (kiosk.dir / "identity.json").read_bytes()
        code = json.loads(server("device", "add", "--json", "--dir", self.town.dir, "--kind",
                                 "kiosk", "--name", "anew again").stdout)["code"]
        told = run(KIOSK, "enrol", code, "--dir", kiosk.dir, expect=1)
        self.assertIn("has not answered (3)", told.stderr)
        self.assertIn("--leave-unsent", told.stderr)
        self.assertEqual((kiosk.dir / "identity.json").read_bytes(), identity)

    def test_what_a_stick_brings_is_booked_once_whoever_brings_it_again(self):
        kiosk = self.offline("stick", 1)
        told = kiosk.export("one.journal")
        self.assertIn(f"device {kiosk.id}: 3 events, 1 to 3", told.stdout)
        self.assertEqual(kiosk.take_in(), self.counts(kiosk, accepted=3))
        mine = [row for row in self.town.bookings() if row["number"].startswith(f"{kiosk.id}-")]
        self.assertEqual([row["state"] for row in mine], ["live", "live"])

        before = self.town.sql("SELECT commits FROM municipality")
        self.assertEqual(kiosk.take_in(), self.counts(kiosk, known=3))
        self.assertEqual(self.town.sql("SELECT commits FROM municipality"), before)

        status, answer = kiosk.push(*kiosk.events)
        self.assertEqual((status, answer["fenced"]), (200, False))
        self.assertEqual([row["verdict"] for row in answer["answers"]], ["accepted"] * 3)
        self.assertEqual(len([row for row in self.town.bookings()
                              if row["number"].startswith(f"{kiosk.id}-")]), 2)

    def test_each_events_answer_is_counted(self):
        kiosk = self.offline("counted", 11)
        other = self.town.enrolled("other")
        other.lease(2, 1)
        other.push(other.booked(person=11, slot=2))
        kiosk.decide(kiosk.booked(person=999, slot=1))
        kiosk.export("counted.journal")
        self.assertEqual(kiosk.take_in(),
                         self.counts(kiosk, events=4, accepted=2, worklist=1, aside=1))
        told = server("journal", "import", kiosk.file, "--dir", self.town.dir).stdout
        self.assertIn("0 accepted, 0 on the worklist, 0 kept aside, 4 known already", told)

    def test_a_file_that_is_not_whole_or_not_ours_is_refused_whole(self):
        kiosk = self.offline("refused", 21)
        kiosk.export("good.journal")
        good = kiosk.file.read_bytes()
        lines = good.splitlines(keepends=True)
        stranger = lines[0].replace(b'"device":%d' % kiosk.id, b'"device":900')
        for name, content, line, reason in (
            ("cut", b"".join(lines[:-1]), 5, "ends here"),
            ("torn", good[:-3], 5, "cut off"),
            ("short", b"".join(lines[:2]), 3, "ends here"),
            ("edited", good.replace(b"started", b"startled"), 3, "does not follow"),
            ("sealed", lines[0] + b"".join(lines[1:3]) + lines[3].replace(b"slot", b"slut", 1) +
             lines[4], 5, "checksum"),
            ("foreign", stranger + b"".join(lines[1:]), 3, "does not follow"),
            ("picture", b"\x89PNG\r\n\x1a\n" + bytes(200), 1, ""),
            ("empty", b"", 1, "ends here"),
        ):
            with self.subTest(name):
                kiosk.file = self.town.folder / f"{name}.journal"
                kiosk.file.write_bytes(content)
                told = server("journal", "import", kiosk.file, "--dir", self.town.dir, expect=1)
                self.assertTrue(told.stderr.startswith(f"{kiosk.file}:{line}: "), told.stderr)
                self.assertIn(reason, told.stderr)
                self.assertIn("nothing of", told.stderr)
                self.assertEqual(kiosk.take_in(expect=1)["line"], line)
        self.assertEqual(self.town.sql("SELECT events_known FROM chain WHERE device = ?", kiosk.id),
                         [(0,)])

    def test_another_towns_file_is_refused(self):
        there = Town(people=5).start()
        try:
            kiosk = Kiosk(there, "elsewhere")
            kiosk.decide(kiosk.started())
            kiosk.export("elsewhere.journal")
            while not any(row["id"] == kiosk.id for row in self.town.device_rows()):
                self.town.enrolled("filler")
            told = server("journal", "import", kiosk.file, "--dir", self.town.dir, expect=1)
            self.assertIn(f"{kiosk.file}:3: this town's device {kiosk.id} did not sign it",
                          told.stderr)
        finally:
            there.remove()

    def test_a_gap_says_from_where_to_export(self):
        kiosk = self.offline("gap", 5)
        kiosk.export("gap.journal", "--from", "2")
        self.assertIn("--from 1", kiosk.take_in(expect=1)["reason"])

    def test_nothing_to_export_writes_no_file(self):
        kiosk = Kiosk(self.town, "idle")
        told = kiosk.export("idle.journal", "--json")
        self.assertEqual(json.loads(told.stdout), {"events": 0})
        self.assertFalse(kiosk.file.exists())

    def test_a_kiosk_that_runs_says_so(self):
        kiosk = self.offline("running", 7)
        with open(kiosk.dir / "kiosk.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # as the running kiosk holds it
            told = kiosk.export("running.journal", expect=1)
        self.assertIn("another kiosk runs on", told.stderr)
        self.assertIn("stop it first", told.stderr)
        self.assertFalse(kiosk.file.exists())


if __name__ == "__main__":
    unittest.main(verbosity=2)
