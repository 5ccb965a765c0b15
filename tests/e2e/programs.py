"""Programs of ours under test: where they are, how they start, and how they are stopped by their id."""

import os
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Failure(Exception):
    """What was waited for did not come, or a program said no; the text says which and shows its log."""


def bin_dir():
    """MADO_BIN, or the release build's programs."""
    return Path(os.environ.get("MADO_BIN", ROOT / "build/release/bin"))


def share_dir():
    """The tables, texts and pictures beside the programs."""
    return bin_dir().parent / "share/madoguchi"


def wait_for(what, state, timeout=60, step=0.05):
    """Calls `state` until it returns something true, and returns that; `what` names it in the failure.
    However long one look takes, the last one begins after the time is over."""
    end = time.monotonic() + timeout
    while True:
        looked_at = time.monotonic()
        seen = state()
        if seen:
            return seen
        if looked_at > end:
            raise Failure(f"waited {timeout} s for {what}")
        time.sleep(step)


def run(*command, expect=0, **options):
    """Runs a program to its end and returns what it printed; another exit code than `expect` is a
    Failure, unless that is None."""
    # Not the whole command: it may name a ticket.
    name = f"{Path(command[0]).name} {command[1] if len(command) > 1 else ''}"
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True,
                              timeout=900, **options)
    except subprocess.TimeoutExpired:
        raise Failure(f"{name} did not end within 900 s") from None
    if expect is not None and done.returncode != expect:
        raise Failure(f"{name} ended with {done.returncode}, not {expect}:\n{done.stdout}{done.stderr}")
    return done.stdout


class Program:
    """One running program with its output in a log file; stopped by process id, never by name."""

    def __init__(self, name, command, log, **options):
        self.name = name
        self.log = Path(log)
        self.out = open(self.log, "ab")
        self.process = subprocess.Popen([str(part) for part in command], stdout=self.out,
                                        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **options)

    def alive(self):
        return self.process.poll() is None

    def text(self):
        return self.log.read_text(errors="replace")

    def must_live(self):
        if not self.alive():
            raise Failure(f"{self.name} ended with {self.process.returncode}:\n{self.text()[-2000:]}")

    def pause(self):
        """As where the machine has no time for it; resume() goes on."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def was_killed(self):
        """Whether it ended by kill(), and not by itself."""
        return self.process.poll() == -signal.SIGKILL

    def stop(self, expect=0):
        """Asks it to end, and fails where it does not end in order."""
        if self.alive():
            self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure(f"{self.name} did not end when asked to:\n{self.text()[-2000:]}") from None
        finally:
            self.out.close()
        if expect is not None and code != expect:
            raise Failure(f"{self.name} ended with {code}:\n{self.text()[-2000:]}")

    def kill(self):
        """As a power cut would."""
        if self.alive():
            self.process.kill()
        self.process.wait(timeout=20)
        self.out.close()
