"""Threads that stand still: stopped by ptrace where they wait, as a driver or a device would stop them.

The program has no part in it and nothing of it is told. Whoever traces must be the one who reaps, so
a small process of its own does it, and ends with the threads. ptrace is for root, since the kiosk
lets nobody look into it.
"""

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path

from programs import Failure

PTRACE_SEIZE = 0x4206
PTRACE_INTERRUPT = 0x4207
WALL = 0x40000000


def threads_of(process):
    """The names of a process's threads by their ids."""
    names = {}
    for task in Path(f"/proc/{process}/task").iterdir():
        try:
            names[int(task.name)] = (task / "comm").read_text().strip()
        except OSError:
            pass  # has ended just now
    return names


class Frozen:
    """These threads stand still until their program ends or they are thawed."""

    def __init__(self, *threads):
        self.process = subprocess.Popen([sys.executable, __file__, *map(str, threads)],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "frozen\n":
            self.thaw()
            raise Failure(f"the threads {threads} could not be stopped")

    def thaw(self):
        """Lets them go on, where they still are: ptrace ends with the one who traces."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def wait_until_it_waits(thread):
    """A thread that works may hold a lock of the whole program; one that waits holds none."""
    end = time.monotonic() + 20
    while Path(f"/proc/{thread}/stat").read_text().rpartition(")")[2].split()[0] != "S":
        if time.monotonic() > end:
            sys.exit(f"thread {thread} never waits")


def freeze(threads):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    libc.ptrace.restype = ctypes.c_long
    for thread in threads:
        wait_until_it_waits(thread)
        for request in (PTRACE_SEIZE, PTRACE_INTERRUPT):
            if libc.ptrace(request, thread, None, None) != 0:
                sys.exit(f"thread {thread}: {os.strerror(ctypes.get_errno())}")
        os.waitpid(thread, WALL)
    print("frozen", flush=True)
    for thread in threads:
        os.waitpid(thread, WALL)


if __name__ == "__main__":
    freeze([int(word) for word in sys.argv[1:]])
