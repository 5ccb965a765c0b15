"""What systemd does with a kiosk, by the unit file that is shipped: listens to what the program says of
itself, aborts it when no kick comes, and starts it again.
"""

import os
import signal
import socket
import subprocess
import threading
import time

from programs import ROOT, wait_for

UNIT = ROOT / "packaging/systemd/madoguchi-kiosk.service"


def unit_setting(name):
    """A setting of the shipped unit; a time in seconds."""
    value, = [line.split("=", 1)[1] for line in UNIT.read_text().splitlines()
              if line.startswith(name + "=")]
    if value.endswith("ms"):
        return float(value.removesuffix("ms")) / 1000
    return float(value)


class Supervisor:
    """Runs one kiosk until it is stopped."""

    names = 0

    def __init__(self, kiosk):
        self.kiosk = kiosk
        self.watchdog = unit_setting("WatchdogSec")
        Supervisor.names += 1
        # Abstract, since a folder's name may be longer than a socket's may be.
        name = f"madoguchi-{os.getpid()}-{Supervisor.names}"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + name)
        self.environment = {"NOTIFY_SOCKET": "@" + name,
                            "WATCHDOG_USEC": str(int(self.watchdog * 1_000_000))}
        self.starts = 0
        self.aborts = []    # what the program had last said of itself, each time
        self.said = []      # since the last start, kicks left out
        self.kicks = 0
        self.deadline = None  # none: not ready yet
        self.over = False
        self.listening = threading.Thread(target=self.listen)

    def start(self):
        self.start_program()
        self.listening.start()
        self.kiosk.wait_screen("welcome")
        wait_for("the kiosk to say that it is ready", lambda: "READY=1" in self.said)
        return self

    def start_program(self):
        self.said, self.deadline = [], None
        self.kiosk.launch(**self.environment)
        self.starts += 1

    def listen(self):
        while not self.over:
            left = 0.2 if self.deadline is None else min(0.2, self.deadline - time.monotonic())
            if left <= 0:
                self.abort()
                continue
            self.socket.settimeout(left)
            try:
                lines = self.socket.recv(4096).decode().splitlines()
            except TimeoutError:
                continue
            for line in lines:
                self.hear(line)

    def hear(self, line):
        if line == "WATCHDOG=1":
            self.kicks += 1
        else:
            self.said.append(line)
        if line == "READY=1" or (line == "WATCHDOG=1" and self.deadline is not None):
            self.deadline = time.monotonic() + self.watchdog

    def abort(self):
        """As WatchdogSignal, TimeoutAbortSec, Restart and RestartSec say."""
        statuses = [line for line in self.said if line.startswith("STATUS=")]
        process = self.kiosk.program.process
        process.send_signal(signal.SIGABRT)
        try:
            process.wait(unit_setting("TimeoutAbortSec"))
        except subprocess.TimeoutExpired:
            pass
        self.kiosk.kill()
        self.aborts.append(statuses[-1])
        time.sleep(unit_setting("RestartSec"))
        if not self.over:
            self.start_program()

    def wait_back(self, starts_before):
        """Waits until the program was started again and shows its first screen; returns when."""
        def back():
            return self.starts > starts_before and "READY=1" in self.said and \
                self.kiosk.probe_file.exists() and self.kiosk.screen() == "welcome"
        wait_for("the kiosk to come back", back, timeout=60)
        return time.monotonic()

    def stop(self):
        """Stops the program in order; says what it had said until then."""
        self.over = True
        self.listening.join()
        self.kiosk.stop()
        self.socket.settimeout(1)
        while "STOPPING=1" not in self.said:
            self.said += self.socket.recv(4096).decode().splitlines()
        self.socket.close()

    def give_up(self):
        """At a test's end, whatever the state."""
        self.over = True
        if self.listening.ident is not None:
            self.listening.join()
        self.socket.close()
