#!/usr/bin/env python3
"""What each job at the kiosk asks of a person: touches, and seconds that she waits for the machine.

    MADO_BIN=build/release/bin python3 tests/bench/visits.py [--rounds 3]

A real kiosk in a real window under Xvfb (software OpenGL), a real server, a printer that takes a
second a page. Touches are counted from the moment on when the number is known to the last one that
the job needs; leaving is not among them. A wait begins when the finger is lifted and ends when the
next screen stands; the time that a person reads and thinks is her own. Prints figures, never passes
or fails.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from display import Display  # noqa: E402
from ipp_printer import IppPrinter  # noqa: E402
from kiosk import Kiosk  # noqa: E402
from programs import wait_for  # noqa: E402
from town import Town  # noqa: E402
import visit  # noqa: E402


class TimedKiosk(Kiosk):
    """Counts from begin() on."""

    def begin(self):
        self.touches = self.parts_turned = 0
        self.waits = []
        self.lifted = None

    def touch(self, target, timeout=30):
        super().touch(target, timeout)
        self.lifted = self.released
        return self

    def step(self, movement):
        super().step(lambda: (movement(), setattr(self, "released", time.monotonic())))

    def wait_screen(self, *names, timeout=60):
        screen = super().wait_screen(*names, timeout=timeout)
        if self.lifted is not None:
            self.waits.append(time.monotonic() - self.lifted)
            self.lifted = None
        return screen


def log_in(kiosk, person):
    """By typing; what is counted begins once the number is entered."""
    visit.start_by_typing(kiosk, person["ticket"])
    kiosk.wait_screen("asking_era")
    kiosk.begin()
    visit.give_birth_date(kiosk, person)
    visit.say_yes(kiosk)
    return kiosk.wait_screen("declaring", "interval_ahead", "showing_booking")


def take(kiosk, printer):
    """The first offer on the screen, and the slip; then what a person needs is done."""
    before = len(visit.slips(printer))
    visit.take_first_offer(kiosk)
    visit.say_yes(kiosk)
    kiosk.wait_screen("booked")
    wait_for("the slip", lambda: len(visit.slips(printer)) > before)


def choose_by_calendar(kiosk):
    kiosk.touch("other").wait_screen("choosing_venue")
    kiosk.touch(last(kiosk, "venue/")).wait_screen("choosing_day")
    kiosk.touch(last(kiosk, "date/")).wait_screen("choosing_time")


def last(kiosk, kind):
    return sorted(name for name in kiosk.targets() if name.startswith(kind))[-1]


def a_booking(kiosk, person, printer):
    log_in(kiosk, person)
    visit.declare(kiosk)
    take(kiosk, printer)


def a_booking_with_help(kiosk, person, printer):
    log_in(kiosk, person)
    visit.declare(kiosk, "condition", "wheelchair")
    take(kiosk, printer)


def by_the_calendar(kiosk, person, printer):
    log_in(kiosk, person)
    visit.declare(kiosk)
    choose_by_calendar(kiosk)
    take(kiosk, printer)


def a_memo(kiosk, person, printer):
    log_in(kiosk, person)
    visit.declare(kiosk)
    before = len(visit.slips(printer))
    kiosk.touch("memo").wait_screen("taking_memo")
    wait_for("the memo", lambda: len(visit.slips(printer)) > before)


def a_look(kiosk, person, printer):
    del printer
    log_in(kiosk, person)


def a_second_print(kiosk, person, printer):
    log_in(kiosk, person)
    before = len(visit.slips(printer))
    kiosk.touch("print")
    wait_for("the slip", lambda: len(visit.slips(printer)) > before)


def a_change(kiosk, person, printer):
    log_in(kiosk, person)
    kiosk.touch("change").wait_screen("suggesting")
    take(kiosk, printer)


def a_cancellation(kiosk, person, printer):
    del printer
    log_in(kiosk, person)
    kiosk.touch("cancel").wait_screen("asking_cancel")
    visit.say_yes(kiosk)
    kiosk.wait_screen("cancel_taken")


# One person goes through all of them. What is far ahead can still be changed and cancelled; what
# was booked last is not.
JOBS = {"memo": a_memo, "calendar": by_the_calendar, "look": a_look, "print": a_second_print,
        "cancel": a_cancellation, "calendar again": by_the_calendar, "change": a_change}
ALONE = {"book": a_booking, "book with help": a_booking_with_help}


def tell(name, touches, waits):
    print(f"  {name:14} {touches:2d} touches, waits {sum(waits):5.2f} s in all, "
          f"median {statistics.median(waits):.2f} s, longest {max(waits):.2f} s", flush=True)


def play(kiosk, people, printer):
    someone = next(people)
    for jobs, newcomer in ((JOBS, False), (ALONE, True)):
        for name, job in jobs.items():
            job(kiosk, next(people) if newcomer else someone, printer)
            tell(name, kiosk.touches, kiosk.waits)
            visit.leave(kiosk)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        town = Town(folder / "town")
        town.make()
        town.start()
        display = Display()
        try:
            with IppPrinter(folder / "slips") as printer:
                kiosk = TimedKiosk(folder / "kiosk", display, printer.address,
                                   visit.empty_room(folder))
                town.enrol_kiosk("kiosk", kiosk.folder)
                kiosk.begin()
                kiosk.start()
                people = town.people_before_dose_one()
                for number in range(1, options.rounds + 1):
                    print(f"round {number}, load {os.getloadavg()[0]:.1f}")
                    play(kiosk, people, printer)
                kiosk.stop()
        finally:
            town.stop()
            display.stop()


if __name__ == "__main__":
    main()
