#!/usr/bin/env python3
"""How long a device's queue takes to reach the server after an outage.

    drain.py [--bin build/release/bin] [--rounds 5] [--events 10000]

Each round is another device that sold EVENTS seats while the network was gone, and a server over
HTTPS on this machine (drain_load): from its first push to the last answer, and beside it SQLite
keeping as many rows in as many commits. Prints each round, then medians, the ratio, and how long
one push took; never a pass or fail.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
from pathlib import Path

import served_town

ROOT = Path(__file__).resolve().parents[2]


def quantile(values, share):
    return sorted(values)[round(share * (len(values) - 1))]


def rounds(arguments, town):
    served_town.make(arguments.bin, town, arguments.rounds, arguments.rounds * arguments.events)
    with served_town.served(arguments.bin, town) as address:
        for number in range(arguments.rounds):
            figures = json.loads(served_town.run(arguments.bin / "drain_load", town, address, number,
                                                 arguments.events))
            print(f"round {number + 1}  {figures['seconds']:.3f} s for {figures['events']} events in "
                  f"{len(figures['batch_ms'])} pushes, {figures['accepted']} accepted; "
                  f"SQLite alone {figures['sqlite_seconds']:.3f} s; "
                  f"load {os.getloadavg()[0]:.2f}", flush=True)
            yield figures


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, default=ROOT / "build/release/bin")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--events", type=int, default=10_000)
    arguments = parser.parse_args()
    arguments.bin = arguments.bin.absolute()
    # On a disk, not in memory: what is measured is durable.
    folder = Path(tempfile.mkdtemp(prefix="drain-bench-", dir=os.environ.get("MADO_BENCH_DIR",
                                                                              "/var/tmp")))
    try:
        seen = list(rounds(arguments, folder / "town"))
    finally:
        shutil.rmtree(folder)
    ours = statistics.median(one["seconds"] for one in seen)
    raw = statistics.median(one["sqlite_seconds"] for one in seen)
    pushes = [ms for one in seen for ms in one["batch_ms"]]
    print(f"\nmedian {ours:.3f} s = {ours / raw:.1f} × SQLite alone ({raw:.3f} s); a push takes "
          f"p50 {quantile(pushes, 0.5):.1f} ms, p99 {quantile(pushes, 0.99):.1f} ms")


if __name__ == "__main__":
    main()
