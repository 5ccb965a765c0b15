#!/usr/bin/env python3
"""A loop that stands still: the watchdog notices, and the kiosk is back by itself."""

import fcntl
import os
import shutil
import signal
import threading
import time

import visit
from frozen import Frozen, threads_of
from programs import wait_for
from story import Story, tell
from supervisor import Supervisor

# The figure to reach is 10 s; a busy machine may take longer and is right all the same.
BACK_WITHIN = 30


class StalledFile:
    """A file that whoever opens it waits for, as a camera's driver may make its caller wait: a lease
    on it is held here, and the kernel makes the opener wait until it is given back (45 s at most)."""

    def __init__(self, file):
        self.asked = threading.Event()
        signal.signal(signal.SIGIO, lambda *_: self.asked.set())
        self.file = os.open(file, os.O_RDWR)
        fcntl.fcntl(self.file, fcntl.F_SETLEASE, fcntl.F_WRLCK)

    def give_back(self):
        fcntl.fcntl(self.file, fcntl.F_SETLEASE, fcntl.F_UNLCK)

    def close(self):
        os.close(self.file)


class Watchdog(Story):
    def supervised(self, **options):
        kiosk = self.kiosk(**options)
        supervisor = Supervisor(kiosk)
        self.addCleanup(supervisor.give_up)
        return kiosk, supervisor.start()

    def threads(self, kiosk, name):
        """The kiosk's threads of this name, oldest first; those that they made bear it too."""
        named = threads_of(kiosk.program.process.pid)
        return sorted(thread for thread, called in named.items() if called.startswith(name))

    def freeze(self, threads):
        self.assertTrue(threads)
        frozen = Frozen(*threads)
        self.addCleanup(frozen.thaw)
        return time.monotonic()

    def comes_back(self, supervisor, loop, since, starts_before):
        seconds = supervisor.wait_back(starts_before) - since
        print(f"{loop}: back after {seconds:.1f} s", flush=True)
        self.assertEqual(supervisor.starts, starts_before + 1)
        self.assertIn(loop, supervisor.aborts[-1])
        self.assertLess(seconds, BACK_WITHIN)
        return supervisor.aborts[-1]

    def show_live_picture(self, kiosk):
        kiosk.touch("start").wait_screen("scanning")
        kiosk.wait_frames(5)

    def opened_again(self, kiosk, threads_before):
        """Waits until another thread films, and returns it."""
        def new_ones():
            return [new for new in self.threads(kiosk, "filming") if new not in threads_before]
        wait_for("the camera to be opened again",
                 lambda: "it is opened again" in kiosk.program.text() and new_ones())
        first, *_ = new_ones()
        kiosk.wait_frames(5)
        return first

    def test_a_kiosk_is_back_whichever_of_its_loops_stands_still(self):
        film = visit.film_parts(self.folder / "empty.avi", "empty seconds=3")
        kiosk, supervisor = self.supervised(camera=film)

        with self.subTest("frame"):
            # The graphics never finish the frame that a finger makes the kiosk draw.
            since = self.freeze(self.threads(kiosk, "llvmpipe"))
            kiosk.point_at(300, 300)
            self.comes_back(supervisor, "frame", since, 1)

        with self.subTest("input"):
            # The thread that asks for touches, while there are none.
            since = self.freeze([kiosk.program.process.pid])
            self.comes_back(supervisor, "input", since, 2)

        with self.subTest("journal"):
            since = self.freeze(self.threads(kiosk, "journal")[:1])
            status = self.comes_back(supervisor, "journal", since, 3)
            self.assertEqual(status, "STATUS=late: journal")

        with self.subTest("looking"):
            self.show_live_picture(kiosk)
            since = self.freeze(self.threads(kiosk, "looking")[:1])
            status = self.comes_back(supervisor, "looking", since, 4)
            self.assertEqual(status, "STATUS=late: looking")

        with self.subTest("camera"):
            self.show_live_picture(kiosk)
            first = self.threads(kiosk, "filming")
            self.freeze(first[:1])
            # The first rung: another thread films, and nobody at the kiosk has lost anything.
            second = self.opened_again(kiosk, first)
            wait_for("all to be well", lambda: supervisor.said[-1] == "STATUS=running")
            self.assertEqual((kiosk.screen(), supervisor.starts), ("scanning", 5))
            # The second: that one stands still too.
            since = self.freeze([second])
            status = self.comes_back(supervisor, "camera", since, 5)
            self.assertEqual(status, "STATUS=late: camera")

        supervisor.stop()
        self.assertEqual(len(supervisor.aborts), 5)

    def test_a_camera_that_does_not_come_back_from_a_call_is_opened_again(self):
        pictures = self.folder / "pictures"
        pictures.mkdir()
        visit.draw_leaflet(pictures / "a.png")
        stalled_file = self.folder / "b.png"
        shutil.copy(pictures / "a.png", stalled_file)
        kiosk, supervisor = self.supervised(camera=pictures)
        self.show_live_picture(kiosk)
        first = self.threads(kiosk, "filming")

        stalled = StalledFile(stalled_file)
        self.addCleanup(stalled.close)
        stalled_file.rename(pictures / "b.png")
        wait_for("the camera to stall", stalled.asked.is_set)
        since = time.monotonic()
        (pictures / "b.png").unlink()
        self.opened_again(kiosk, first)
        print(f"camera, opened again: back after {time.monotonic() - since:.1f} s", flush=True)
        wait_for("all to be well", lambda: supervisor.said[-1] == "STATUS=running")
        self.assertEqual((kiosk.screen(), supervisor.starts), ("scanning", 1))

        # What was held comes back, and ends; the other films on.
        stalled.give_back()
        wait_for("the first thread to end", lambda: first[0] not in self.threads(kiosk, "filming"))
        kiosk.wait_frames(5)
        supervisor.stop()
        self.assertEqual((supervisor.starts, supervisor.aborts), (1, []))

    def test_a_sound_card_that_stands_still_costs_the_voice_and_nothing_else(self):
        kiosk, supervisor = self.supervised(camera=self.folder / "no-camera")
        kiosk.touch("start").wait_screen("scanning")
        self.freeze(self.threads(kiosk, "speaking")[:1])
        wait_for("the voice to be given up",
                 lambda: "the kiosk goes on without a voice" in kiosk.program.text())
        wait_for("all to be well", lambda: supervisor.said[-1] == "STATUS=running")
        kiosk.touch("type_number").wait_screen("typing_number")
        self.rest_for(supervisor, 3)
        supervisor.stop()
        self.assertEqual((supervisor.starts, supervisor.aborts), (1, []))

    def test_a_kiosk_left_in_peace_is_left_in_peace(self):
        kiosk, supervisor = self.supervised(camera=self.folder / "no-camera")
        wait_for("the kiosk to come to rest", lambda: "STATUS=starting" in supervisor.said)
        self.rest_for(supervisor, 3)
        frame = kiosk.probe()["frame"]
        self.rest_for(supervisor, 5)
        self.assertEqual(kiosk.probe()["frame"], frame, "a kiosk at rest draws")
        # Neither does a camera that is not there, and is tried again and again, end it.
        kiosk.touch("start").wait_screen("scanning")
        self.rest_for(supervisor, 5)
        self.assertEqual(kiosk.screen(), "scanning")
        supervisor.stop()
        self.assertEqual((supervisor.starts, supervisor.aborts), (1, []))
        self.assertNotIn("late", kiosk.program.text())

    def rest_for(self, supervisor, periods):
        """Through so many of systemd's periods, in each of which kicks must come."""
        for _ in range(periods):
            before = supervisor.kicks
            time.sleep(supervisor.watchdog)
            self.assertEqual(supervisor.aborts, [])
            self.assertGreater(supervisor.kicks, before)


if __name__ == "__main__":
    tell()
