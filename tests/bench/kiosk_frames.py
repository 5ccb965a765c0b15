#!/usr/bin/env python3
"""What the kiosk's screen costs: at rest, while somebody types, and while a ticket is looked for.

    MADO_BIN=build/release/bin python3 tests/bench/kiosk_frames.py [--seconds 60] [--rounds 3]

A real kiosk in a real window under Xvfb (software OpenGL), with a real server. For each state it
prints frames and processor time, as a share of one core and for each frame; for touches also how
long after the finger the frame stands that shows it. At rest the goal is no frame and less than 1 %
of a core; the limit beside it is a process that only sleeps. Prints figures, never passes or fails.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

from display import Display  # noqa: E402
from kiosk import Kiosk  # noqa: E402
from town import Town  # noqa: E402
import visit  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def processor_time(pid):
    """Seconds of user and system time of all threads so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Meter:
    """Frames and processor time of a kiosk between two looks."""

    def __init__(self, kiosk):
        self.kiosk = kiosk
        self.pid = kiosk.program.process.pid
        self.began, self.cpu = time.monotonic(), processor_time(self.pid)
        self.frames = kiosk.probe()["frame"]

    def tell(self, state):
        took = time.monotonic() - self.began
        cpu = processor_time(self.pid) - self.cpu
        frames = self.kiosk.probe()["frame"] - self.frames
        each = f", {1000 * cpu / frames:5.1f} ms of processor a frame" if frames else ""
        print(f"  {state:28} {frames:5d} frames in {took:5.1f} s, {100 * cpu / took:5.1f} % of a core{each}")


def at_rest(kiosk, seconds):
    sleeper = subprocess.Popen(["sleep", str(seconds + 5)])
    meter, limit = Meter(kiosk), processor_time(sleeper.pid)
    time.sleep(seconds)
    meter.tell("at rest")
    print(f"  {'a process that sleeps':28} {100 * (processor_time(sleeper.pid) - limit) / seconds:.1f} % of a core")
    sleeper.kill()
    sleeper.wait()


def typing(kiosk, digits):
    """Each digit of a number: from the finger's release until the next frame stands."""
    kiosk.touch("start").wait_screen("scanning")
    kiosk.touch("type_number").wait_screen("typing_number")
    meter, waits = Meter(kiosk), []
    for digit in digits:
        place = kiosk.targets()[f"digit/{digit}"]
        kiosk.point_at(place["x"], place["y"])
        kiosk.display.xdotool("mousedown", "1")
        before = kiosk.probe()["inputs"]
        began = time.monotonic()
        kiosk.display.xdotool("mouseup", "1")
        while kiosk.probe()["inputs"] == before:
            time.sleep(0.001)
        waits.append(1000 * (time.monotonic() - began))
    meter.tell("typing a number")
    print(f"  {'touch to frame':28} median {statistics.median(waits):.0f} ms, longest {max(waits):.0f} ms "
          "(starting xdotool and reading the probe included)")
    visit.give_up(kiosk)


def scanning(kiosk, seconds):
    kiosk.touch("start").wait_screen("scanning")
    meter = Meter(kiosk)
    time.sleep(seconds)
    meter.tell("looking for a ticket")
    visit.give_up(kiosk)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="how long each state is watched")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        town = Town(folder / "town")
        town.make()
        town.start()
        display = Display()
        try:
            # A picture without a ticket in it, so that the scan goes on.
            film = visit.film_parts(folder / "film.avi", f"empty seconds={options.seconds + 10}")
            kiosk = Kiosk(folder / "kiosk", display, camera=film)
            town.enrol_kiosk("kiosk", kiosk.folder)
            kiosk.start()
            for number in range(1, options.rounds + 1):
                print(f"round {number}, load {os.getloadavg()[0]:.1f}")
                at_rest(kiosk, options.seconds)
                typing(kiosk, "0123456789")
                scanning(kiosk, min(20, options.seconds))
            kiosk.stop()
        finally:
            town.stop()
            display.stop()


if __name__ == "__main__":
    main()
