#!/usr/bin/env python3
"""A kiosk's clock set back a day, and forward: bookings go on, no time runs backwards."""

import json
import sys
import time
from pathlib import Path

import books
import visitors
from programs import Failure, run, wait_for
from story import Story, tell

LIBRARIES = "*/faketime/libfaketimeMT.so.1"  # of Debian's package faketime
DAY = 24 * 60 * 60


class Clock:
    """The wall clock of one program, set while it runs; steady clocks go on as they are."""

    def __init__(self, file):
        self.file = file
        self.set("+0")

    def set(self, offset):
        """-1d, +1d, +0."""
        new = self.file.with_suffix(".new")
        new.write_text(offset + "\n")
        new.rename(self.file)

    def environment(self):
        library = next(Path("/usr/lib").glob(LIBRARIES), None)
        if library is None:
            raise Failure("the package faketime is not installed")
        return {"LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(self.file),
                "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}


class WrongClock(Story):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.crowd = visitors.Crowd(self.town.people_before_dose_one())
        self.clock = Clock(self.folder / "clock")
        self.paper = self.printer()
        self.desk = self.kiosk(printer=self.paper)
        self.desk.world = self.clock.environment()
        self.desk.tell_figures()

    def start(self):
        self.desk.start()
        wait_for("the kiosk to hold seats", lambda: self.town.seats_held() > 0)

    def clock_is_off(self):
        offset = self.desk.figure("madoguchi_clock_offset_seconds")
        return offset is not None and abs(offset) > 10

    def set_clock(self, offset):
        """Of a kiosk that knows the server's time."""
        self.clock.set(offset)
        wait_for("the kiosk to notice", lambda: self.clock_is_off() == (offset != "+0"))

    def comes(self):
        self.assertTrue(visitors.come(self.desk, self.paper, self.crowd.next(), self.crowd))

    def must_agree(self):
        agreed = books.must_agree(self.town, [self.desk], [self.paper], self.crowd.promised)
        self.assertEqual(len(agreed.live()), len(self.crowd.promised))
        self.assertEqual(agreed.worklist, [])
        steps_back = [step for journal in agreed.journals for step in journal.steps_back()]
        self.assertEqual(self.crowd.misled + steps_back, [])

    def last_decided(self):
        journal = books.Journal(self.desk)
        return json.loads(journal.events[journal.last]["body"])["decided_at_ms"] / 1000

    def test_the_clock_that_is_set_here_is_the_walls_alone(self):
        for offset, days in (("-1d", -1), ("+0", 0), ("+1d", 1)):
            self.clock.set(offset)
            wall, steady = map(float, run(
                sys.executable, "-c", "import time; print(time.time(), time.monotonic())",
                env=self.desk.display.environment(**self.clock.environment())).split())
            self.assertAlmostEqual(wall - time.time(), days * DAY, delta=60)
            self.assertAlmostEqual(steady, time.monotonic(), delta=60)

    def test_set_back_and_forward_while_it_runs_with_the_network(self):
        self.start()
        self.comes()
        for offset in ("-1d", "+0", "+1d", "-1d", "+0"):
            self.set_clock(offset)
            if offset == "-1d":
                self.picture(self.desk, "clock-wrong")
            self.comes()
            # The server's time is what counts where it can be heard.
            self.assertAlmostEqual(self.last_decided(), time.time(), delta=120)
        self.must_agree()
        self.desk.stop()

    def test_set_back_without_the_network_while_it_runs_and_before_it_starts(self):
        self.start()
        self.comes()
        self.town.stop()
        self.set_clock("-1d")
        self.comes()
        self.desk.kill()
        self.desk.start()
        self.comes()
        self.clock.set("+0")
        self.comes()
        self.town.start()
        self.must_agree()
        self.desk.stop()

    def test_forward_without_the_network_and_back_to_right(self):
        self.start()
        self.comes()
        self.town.stop()
        self.set_clock("+1d")
        self.comes()
        self.town.start()
        wait_for("the server to be told", lambda: not books.Journal(self.desk).unanswered(),
                 timeout=120)
        self.set_clock("+0")
        self.comes()
        self.must_agree()
        self.desk.stop()


if __name__ == "__main__":
    tell()
