"""A town for the load generators, and the real server that serves it."""

import contextlib
import json
import subprocess
import sys


def run(*words):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True,
                          text=True).stdout


def make(binaries, town, devices, people):
    """A new town with slots, people, and devices that hold seats (https_town.h)."""
    print(f"making a town of {people} people and {devices} devices …", flush=True)
    run(binaries / "madoguchi-server", "init", town, "--municipality", "272205", "--name", "bench",
        "--share", binaries.parent / "share/madoguchi")
    run(binaries / "https_load", "prepare", town, devices, people)


@contextlib.contextmanager
def served(binaries, town, *options):
    """Runs the server; gives the address of the devices' listener."""
    process = subprocess.Popen(
        [binaries / "madoguchi-server", "run", "--json", "--dir", town, "--listen", "127.0.0.1:0",
         "--device-listen", "127.0.0.1:0", "--log-level", "warn", *options],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        line = process.stdout.readline()
        if not line:
            sys.exit("our server did not start")
        yield json.loads(line)["devices"]
    finally:
        process.terminate()
        process.wait(timeout=30)
