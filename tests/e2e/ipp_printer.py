#!/usr/bin/env python3
"""A real IPP printer for tests: `ippeveprinter` on a free port of this machine.

    ipp_printer.py [--spool DIR] [-- COMMAND ...]

starts it (and D-Bus and Avahi, which it needs, where they are not running), waits until it answers,
prints its address and stops all of it at the end: when COMMAND ends, whose exit code it takes over,
or without one when its own input ends or it is told to terminate. COMMAND finds the address in
MADO_IPP_PRINTER and the folder in MADO_IPP_SPOOL.

In the folder, `printed/` holds a file for each document that came out, in order. The file `mood`
says how the printer feels: "prints" (or no file), "aborts", "stands" (says nothing and waits
for another mood: "late" prints then), or "jams", "empty" and "open" (says media-jam, media-empty-error or cover-open, and waits for another mood).

Other tests use it as `with IppPrinter() as printer:`. Exit code 77 means that ippeveprinter is not
installed.
"""

import fcntl
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

NOT_INSTALLED = 77
PATIENCE_S = 30
STATE = pathlib.Path(tempfile.gettempdir()) / "mado-ipp-daemons.json"

# What the printer runs for each job: $1 is the document.
PRINTS = """#!/bin/sh
folder='{folder}'
mood() {{ cat "$folder/mood" 2>/dev/null; }}
case "$(mood)" in
aborts) echo "ERROR: asked to" >&2; exit 1 ;;
jams|empty|open)
    is="$(mood)"
    case "$is" in jams) why=media-jam ;; empty) why=media-empty-error ;; open) why=cover-open ;; esac
    echo "STATE: +$why" >&2
    while [ "$(mood)" = "$is" ]; do sleep 0.1; done
    echo "STATE: -$why" >&2
    exit 1 ;;
stands)
    while [ "$(mood)" = stands ]; do sleep 0.1; done
    [ "$(mood)" = late ] || exit 1 ;;
esac
name="$(date +%s%N)"
cp "$1" "$folder/printed/.$name" && mv "$folder/printed/.$name" "$folder/printed/$name"
"""


class NotInstalled(Exception):
    """ippeveprinter is not on this machine."""


def wait_for(what, ready, process=None):
    end = time.monotonic() + PATIENCE_S
    while not ready():
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"{what}: ended with {process.returncode}")
        if time.monotonic() > end:
            raise RuntimeError(f"{what}: not ready after {PATIENCE_S} s")
        time.sleep(0.05)


def is_alive(pid):
    try:
        os.kill(pid, 0)
        return True
    except ProcessLookupError:
        return False
    except PermissionError:
        return True


def answers(path):
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
            return True
        except OSError:
            return False


class Daemons:
    """D-Bus and Avahi, shared by all printers of tests; the last one stops what they started."""

    BUS = pathlib.Path("/run/dbus/system_bus_socket")
    AVAHI = pathlib.Path("/run/avahi-daemon/socket")

    def __enter__(self):
        with self._state() as state:
            try:
                self._start(state, self.BUS, "dbus-daemon", "--system", "--nofork", "--nopidfile")
                self._start(state, self.AVAHI, "avahi-daemon", "--no-drop-root", "--no-chroot")
                state["users"].append(os.getpid())
            except Exception:
                self._stop_if_unused(state)
                raise
        return self

    def __exit__(self, *_):
        with self._state() as state:
            state["users"].remove(os.getpid())
            self._stop_if_unused(state)

    def _state(self):
        return LockedState(STATE)

    def _start(self, state, endpoint, program, *arguments):
        if answers(endpoint):
            return
        endpoint.parent.mkdir(parents=True, exist_ok=True)
        path = shutil.which(program, path="/usr/sbin:/usr/bin:" + os.environ.get("PATH", ""))
        if path is None:
            raise RuntimeError(f"{program} is not installed")
        log = open(STATE.with_suffix(f".{program}.log"), "wb")
        process = subprocess.Popen([path, *arguments], stdin=subprocess.DEVNULL, stdout=log,
                                   stderr=log, start_new_session=True)
        log.close()
        state["daemons"].append(process.pid)
        wait_for(program, lambda: answers(endpoint), process)

    def _stop_if_unused(self, state):
        if state["users"]:
            return
        for pid in reversed(state["daemons"]):
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
        state["daemons"] = []


class LockedState:
    """The list of users and daemons, for one process at a time, without those that are gone."""

    def __init__(self, path):
        self._path = path

    def __enter__(self):
        self._file = open(self._path, "a+", encoding="utf-8")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        self._file.seek(0)
        try:
            self._state = json.load(self._file)
        except ValueError:
            self._state = {"users": [], "daemons": []}
        for kind, pids in self._state.items():
            self._state[kind] = [pid for pid in pids if is_alive(pid)]
        return self._state

    def __exit__(self, *_):
        self._file.seek(0)
        self._file.truncate()
        json.dump(self._state, self._file)
        self._file.close()


class IppPrinter:
    def __init__(self, spool=None):
        self._program = shutil.which("ippeveprinter", path="/usr/sbin:/usr/bin:" + os.environ.get("PATH", ""))
        if self._program is None:
            raise NotInstalled()
        self._own_spool = spool is None
        self.spool = pathlib.Path(spool or tempfile.mkdtemp(prefix="mado-ipp-")).resolve()
        self._daemons = Daemons()
        self._process = None
        self._command = self.spool / "prints"
        self._port = 0
        self.address = ""
        self._web = ""

    def __enter__(self):
        (self.spool / "printed").mkdir(parents=True, exist_ok=True)
        (self.spool / "jobs").mkdir(exist_ok=True)
        self._command.write_text(PRINTS.format(folder=self.spool), encoding="utf-8")
        self._command.chmod(0o755)
        self._daemons.__enter__()
        try:
            with socket.socket() as free:
                free.bind(("", 0))
                self._port = free.getsockname()[1]
            self.switch_on()
        except Exception:
            self.__exit__()
            raise
        return self

    def switch_on(self):
        """On the same port each time; what it had in its queue is gone with the power."""
        port = self._port
        log = open(self.spool / "ippeveprinter.log", "ab")
        self._process = subprocess.Popen(
            [self._program, "-p", str(port), "-n", "localhost", "-d", str(self.spool / "jobs"), "-k",
             "-f", "application/pdf,image/jpeg", "-c", str(self._command), "-vv", f"Madoguchi test {port}"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()
        self.address = f"ipp://localhost:{port}/ipp/print"
        self._web = f"http://localhost:{port}/"
        wait_for("ippeveprinter", self._answers, self._process)

    def _answers(self):
        try:
            with urllib.request.urlopen(self._web, timeout=2) as page:
                return page.status == 200
        except OSError:
            return False

    def switch_off(self):
        """At once, in the middle of whatever it does."""
        self._process.kill()
        self._process.wait()

    def fall_silent(self):
        """It takes connections and says nothing, as where its own computer hangs."""
        self._process.send_signal(signal.SIGSTOP)

    def speak_again(self):
        self._process.send_signal(signal.SIGCONT)

    def __exit__(self, *_):
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
            self._process.terminate()
            try:
                self._process.wait(PATIENCE_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._daemons.__exit__()
        if self._own_spool:
            shutil.rmtree(self.spool, ignore_errors=True)

    def set_mood(self, mood):
        (self.spool / "mood").write_text(mood, encoding="utf-8")

    def printed(self):
        """The documents that came out, oldest first."""
        names = sorted(p for p in (self.spool / "printed").iterdir() if not p.name.startswith("."))
        return [name.read_bytes() for name in names]


def main(arguments):
    spool, command = None, []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, command = arguments[:at], arguments[at + 1:]
    if arguments[:1] == ["--spool"] and len(arguments) == 2:
        spool = arguments[1]
    elif arguments:
        print(__doc__, file=sys.stderr)
        return 0 if arguments[0] in ("-h", "--help") else 2

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with IppPrinter(spool) as printer:
            print(printer.address, flush=True)
            if not command:
                sys.stdin.read()
                return 0
            environment = dict(os.environ, MADO_IPP_PRINTER=printer.address,
                               MADO_IPP_SPOOL=str(printer.spool))
            return subprocess.run(command, env=environment, check=False).returncode
    except NotInstalled:
        print("ippeveprinter is not installed (package cups-ipp-utils)", file=sys.stderr)
        return NOT_INSTALLED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
