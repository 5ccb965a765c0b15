"""The books of all parties side by side: server, worklist, journals and slips agree to the seat."""

import contextlib
import json
import re
import sqlite3
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))
import visit
from programs import Failure, run, wait_for
from sealed_journal import SealedJournal
from town import server

# A booking's number as slips, worklist and exports write it: device, event, check digit.
NUMBER = re.compile(r"\b\d+-\d+-\d\b")
LIVE = ("live", "doubled", "to-move")


def number_of(written):
    """Device and event of a booking's number."""
    device, event, _ = written.split("-")
    return int(device), int(event)


def rows_of(file, *queries):
    """All rows of each query, of one committed state."""
    with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as books:
        books.row_factory = sqlite3.Row
        books.execute("BEGIN")
        return [books.execute(query).fetchall() for query in queries]


class Journal:
    """What one kiosk holds: its events, its leases, and the slips that it owes."""

    def __init__(self, kiosk):
        self.name = kiosk.folder.name
        journal = SealedJournal(kiosk.folder)
        self.device = journal.device
        events, (ends,), leases, owed, aside = rows_of(
            journal.file,
            "SELECT number, previous, body, appended_at, verdict FROM journal_event",
            "SELECT last, head FROM journal", "SELECT slot, granted, used FROM lease",
            "SELECT number FROM slip_owed", "SELECT kind, name, reason FROM set_aside")
        self.events = {row["number"]: dict(row, body=journal.open(row["number"], row["body"]))
                       for row in events}
        self.last, self.head = ends["last"], ends["head"]
        self.leases = {row["slot"]: (row["granted"], row["used"]) for row in leases}
        self.owed = {row["number"] for row in owed}
        self.aside = [tuple(row) for row in aside]

    def unanswered(self):
        return [number for number, event in self.events.items() if event["verdict"] is None]

    def bodies(self):
        return ((number, json.loads(event["body"])) for number, event in self.events.items())

    def sold(self):
        """The events that promised a person a seat."""
        return [number for number, body in self.bodies() if body["kind"] == "booked"]

    def wished_away(self):
        """The bookings that people changed or cancelled here, as (device, number)."""
        for _, body in self.bodies():
            seen = body["booking"] if body["kind"] == "cancel-wished" else body.get("instead_of")
            if seen:
                yield seen["id"]["device"], seen["id"]["number"]

    def steps_back(self):
        """Where an event is earlier than the one before it, by either of its two times."""
        found, latest = [], 0
        for number, event in sorted(self.events.items()):
            times = json.loads(event["body"])["decided_at_ms"], event["appended_at"]
            if min(times) < latest:
                found.append(f"{self.name}: event {number} is {(latest - min(times)) / 1000:.1f} s "
                             "earlier than one before it")
            latest = max(latest, *times)
        return found


class Slip:
    """What a person reads on the paper that came out."""

    def __init__(self, file):
        words = run("pdftotext", "-layout", file, "-")
        numbers = set(NUMBER.findall(words))
        if len(numbers) != 1:
            raise Failure(f"{file} names {len(numbers)} bookings")
        self.number, = numbers
        self.text = "".join(words.split())

    def says(self, booking):
        """Whether day, time and place on the paper are those of the booking."""
        _, month, day = (int(part) for part in booking["date"].split("-"))
        hour, minute = (int(part) for part in booking["time"].split(":"))
        half = "午前" if hour < 12 else "午後"
        time = f"{half}{hour % 12}時" + (f"{minute:02}分" if minute else r"(?!\d)")
        day_and_place = f"{month}月{day}日" in self.text and booking["venue"] in self.text
        return day_and_place and re.search(time, self.text) is not None


class Books:
    """All books as they stand at one moment; the town must be there, its programs need not."""

    def __init__(self, town, kiosks, printers, promised=()):
        # Devices before the server: what a device calls answered was at the server before that.
        self.journals = [Journal(kiosk) for kiosk in kiosks]
        self.slips = [Slip(file) for printer in printers for file in visit.slips(printer)]
        self.promised = promised
        slots, sold, leases, chains, envelopes, tickets = rows_of(
            town.dir / "town.db",
            "SELECT id, capacity, booked, held, free FROM slot",
            "SELECT slot, count(*) AS live FROM booking WHERE state <> 3 GROUP BY slot",
            "SELECT device, slot, granted, used, taken_back FROM lease",
            "SELECT device, events_known, head FROM chain",
            "SELECT device, number, previous, body FROM envelope",
            "SELECT municipality, number, person FROM ticket")
        self.slots = slots
        self.sold = {row["slot"]: row["live"] for row in sold}
        self.leases = {(row["device"], row["slot"]): row for row in leases}
        self.chains = {row["device"]: row for row in chains}
        self.envelopes = {(row["device"], row["number"]): row for row in envelopes}
        self.people = {(row["municipality"], row["number"]): str(row["person"])
                       for row in tickets}
        self.bookings = {number_of(row["number"]): row for row in town.bookings()}
        said = server("worklist", "list", "--all", "--json", "--dir", town.dir)
        self.worklist = [json.loads(line) for line in said.splitlines()]
        self.listed = {number_of(row["booking"]) for row in self.worklist if row["booking"]}
        self.audit = audit(town)

    def live(self):
        return {number: row for number, row in self.bookings.items() if row["state"] in LIVE}

    def not_at_rest(self):
        """What devices and server have still to tell each other."""
        found = []
        for journal in self.journals:
            waiting = journal.unanswered()
            if waiting:
                found.append(f"{journal.name}: events {waiting} are not answered")
            for slot in journal.leases.keys() | {s for d, s in self.leases if d == journal.device}:
                lease = self.leases.get((journal.device, slot))
                here = journal.leases.get(slot, (0, 0))
                there = (lease["granted"], lease["used"]) if lease else (0, 0)
                if here != there and not (lease and lease["taken_back"]):
                    found.append(f"{journal.name}: of slot {slot} {here} is granted and used here, "
                                 f"{there} at the server")
        return found

    def disagreements(self):
        """What is not as it must be once all have said what they had to say; a sentence each."""
        return [*self.not_at_rest(), *self.wrong_sums(), *self.wrong_chains(), *self.lost_sales(),
                *self.lost_wishes(), *self.wrong_slips(), *self.broken_promises(), *self.audit]

    def wrong_sums(self):
        held = {}
        for (_, slot), lease in self.leases.items():
            left = lease["granted"] - lease["used"] - lease["taken_back"]
            held[slot] = held.get(slot, 0) + left
        for slot in self.slots:
            seats = tuple(slot[name] for name in ("booked", "held", "free"))
            if sum(seats) != slot["capacity"] or min(seats) < 0:
                yield f"slot {slot['id']}: {seats} is not its capacity of {slot['capacity']}"
            counted = self.sold.get(slot["id"], 0), held.get(slot["id"], 0)
            if seats[:2] != counted:
                yield (f"slot {slot['id']}: booked and held are said to be {seats[:2]}, and "
                       f"bookings and leases are {counted}")

    def wrong_chains(self):
        """Each kiosk's journal and what the server has of it are the same to the byte."""
        for journal in self.journals:
            chain = self.chains.get(journal.device)
            ends = (chain["events_known"], chain["head"]) if chain else (0, bytes(32))
            if ends != (journal.last, journal.head):
                yield f"{journal.name}: its last event is {journal.last}, the server's {ends[0]}"
            for number, event in journal.events.items():
                there = self.envelopes.get((journal.device, number))
                if there is None:
                    yield f"{journal.name}: event {number} is not at the server"
                elif (there["previous"], there["body"]) != (event["previous"], event["body"]):
                    yield f"{journal.name}: event {number} is another one at the server"
            for row in journal.aside:
                yield f"{journal.name}: set aside: {row}"

    def is_kept(self, number):
        wished_away = {away for journal in self.journals for away in journal.wished_away()}
        return number in self.live() or number in self.listed or number in wished_away

    def lost_sales(self):
        """What a kiosk sold is booked, or a person of the staff is told of it."""
        for journal in self.journals:
            for number in journal.sold():
                if not self.is_kept((journal.device, number)):
                    yield f"{journal.name}: its sale {number} is neither booked nor on the worklist"

    def lost_wishes(self):
        """What people changed or cancelled has ended, or a person of the staff is told of it."""
        for journal in self.journals:
            for number in journal.wished_away():
                if number in self.live() and number not in self.listed:
                    yield f"{journal.name}: booking {number} was to end, and stands"

    def wrong_slips(self):
        """Paper and books: each slip is kept, and says what the server says; none is imagined."""
        on_paper = {number_of(slip.number) for slip in self.slips}
        for slip in self.slips:
            number = number_of(slip.number)
            if not self.is_kept(number):
                yield f"slip {slip.number} is neither booked nor on the worklist"
            elif number in self.bookings and not slip.says(self.bookings[number]):
                yield f"slip {slip.number} says something else than {self.bookings[number]}"
        for number, row in self.bookings.items():
            if row["slip"] == "printed" and number not in on_paper:
                yield f"booking {row['number']} is said to be on paper, and no slip came out"

    def broken_promises(self):
        """Whoever was shown that she has a booking has one, or stands on the worklist."""
        have = {row["person"] for row in self.live().values()}
        have |= {str(row["person"]) for row in self.worklist}
        for person in self.promised:
            if self.people[person["municipality"], person["ticket"]] not in have:
                yield f"ticket ••••••{person['ticket'][-4:]} was shown a booking and has none"


def audit(town):
    """The findings of the server's own audit."""
    said = server("audit", "--json", "--dir", town.dir, expect=None)
    lines = [json.loads(line) for line in said.splitlines()]
    if not lines or "findings" not in lines[-1]:
        return ["the audit did not come to its end"]
    return [f"audit: {line['what']}" for line in lines[:-1]]


def must_agree(town, kiosks, printers, promised=(), timeout=180):
    """Waits until devices and server have told each other everything, and fails where the books
    do not agree then; returns them."""
    books = None

    def at_rest():
        nonlocal books
        for program in (town.program, *(kiosk.program for kiosk in kiosks)):
            program.must_live()
        books = Books(town, kiosks, printers, promised)
        return not books.not_at_rest()

    try:
        wait_for("devices and server to have told each other everything", at_rest, timeout, 0.5)
    except Failure as failure:
        raise Failure(f"{failure}: " + "; ".join(books.not_at_rest() if books else [])) from None
    found = books.disagreements()
    if found:
        raise Failure("the books do not agree:\n" + "\n".join(found))
    return books
