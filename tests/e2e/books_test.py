#!/usr/bin/env python3
"""The books that agree, and then each of them falsified: whoever compares them must see it."""

import contextlib
import shutil
import sqlite3

import books
import visit
import visitors
from story import Story, tell


class FalseBooks(Story):
    def setUp(self):
        super().setUp()
        self.crowd = visitors.Crowd(self.town.people_before_dose_one())
        self.paper = self.printer()
        self.desk = self.kiosk(printer=self.paper).start()
        self.assertTrue(
            visitors.come(self.desk, self.paper, self.crowd.next(), self.crowd))
        agreed = books.must_agree(self.town, [self.desk], [self.paper], self.crowd.promised)
        self.booking, = agreed.live()
        self.desk.stop()
        self.town.stop()
        device, = (journal.device for journal in agreed.journals)
        self.server_books = self.town.dir / "town.db"
        self.kiosk_books = self.desk.folder / f"device-{device}.db"

    def disagreements(self):
        return list(books.Books(self.town, [self.desk], [self.paper],
                                self.crowd.promised).disagreements())

    @contextlib.contextmanager
    def falsified(self, file, change):
        """The database with what `change` says, for a while; our checks in it turn a blind eye."""
        honest = file.with_suffix(".honest")
        shutil.copy(file, honest)
        try:
            with contextlib.closing(sqlite3.connect(file)) as database:
                database.execute("PRAGMA ignore_check_constraints = 1")
                device, number = self.booking
                database.execute(change, {"device": device, "number": number})
                database.commit()
            yield
        finally:
            for leftover in ("-wal", "-shm"):
                file.with_name(file.name + leftover).unlink(missing_ok=True)
            shutil.move(honest, file)

    def test_every_false_row_every_lost_slip_and_every_broken_promise_is_named(self):
        mine = "device = :device AND number = :number"
        seat = f"id = (SELECT slot FROM booking WHERE {mine})"
        for file, change, word in (
                (self.server_books, f"DELETE FROM booking WHERE {mine}", "neither booked nor on"),
                (self.server_books, f"UPDATE booking SET state = 3 WHERE {mine}",
                 "neither booked nor on"),
                (self.server_books, f"UPDATE booking SET slot = slot + 1 WHERE {mine}",
                 "says something else"),
                (self.server_books, f"UPDATE slot SET free = free + 1 WHERE {seat}",
                 "is not its capacity"),
                (self.server_books,
                 f"UPDATE slot SET booked = booked + 1, free = free - 1 WHERE {seat}",
                 "bookings and leases are"),
                (self.server_books, f"DELETE FROM envelope WHERE {mine}", "is not at the server"),
                (self.server_books, f"UPDATE envelope SET body = body || ' ' WHERE {mine}",
                 "is another one at the server"),
                (self.server_books, "UPDATE lease SET used = used - 1 WHERE device = :device "
                 "AND used > 0", "is granted and used here"),
                (self.server_books, "DELETE FROM feed WHERE number = 1", "audit: "),
                (self.server_books, "UPDATE signed_head SET number = number + 1",
                 "is not the town's"),
                (self.kiosk_books, "UPDATE journal_event SET verdict = NULL WHERE number = :number",
                 "are not answered"),
                (self.kiosk_books, "UPDATE journal SET last = last + 1", "its last event is")):
            with self.subTest(change), self.falsified(file, change):
                self.assertIn(word, "\n".join(self.disagreements()))
        self.assertEqual(self.disagreements(), [])

        slip, = visit.slips(self.paper)
        slip.rename(self.folder / "lost-slip")
        self.assertIn("no slip came out", "\n".join(self.disagreements()))
        (self.folder / "lost-slip").rename(slip)
        self.crowd.promised.append(self.people["before-dose-1"])
        self.assertIn("was shown a booking and has none", "\n".join(self.disagreements()))

    def test_a_stolen_disk_gives_no_ticket_no_birth_date_and_no_decision(self):
        person, = self.crowd.promised
        year, month, day = person["birth_date"].split("-")
        secrets = [person["ticket"], "-".join((year, month, day)), year + month + day,
                   '"kind":"booked"', '"decided_at_ms"']
        files = [file for file in self.desk.folder.rglob("*")
                 if file.is_file() and "credentials" not in file.parts]
        self.assertTrue(any(file.suffix == ".db" for file in files))
        for file in files:
            raw = file.read_bytes()
            for secret in secrets:
                self.assertFalse(secret.encode() in raw, f"{secret[:1]}… in {file.name}")

    def test_a_journal_that_goes_back_in_time_is_named(self):
        journal = books.Journal(self.desk)
        self.assertEqual(journal.steps_back(), [])
        with self.falsified(self.kiosk_books, "UPDATE journal_event SET appended_at = "
                            "appended_at - 86400000 WHERE number = :number"):
            step, = books.Journal(self.desk).steps_back()
            self.assertIn("earlier than one before it", step)


if __name__ == "__main__":
    tell()
