#!/usr/bin/env python3
"""Counts the places where a personal value is taken out of its wrapper, against reveals.txt.

Each line of reveals.txt is "path count": a new reveal() is a decision that a reviewer sees there.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REVEAL = re.compile(r"\.reveal\(\)")


def counted():
    found = {}
    for top in ("shared", "kiosk", "terminal", "sync"):
        for file in sorted((ROOT / top).rglob("*.cpp")) + sorted((ROOT / top).rglob("*.h")):
            count = len(REVEAL.findall(file.read_text()))
            if count:
                found[file.relative_to(ROOT).as_posix()] = count
    return found


def main():
    found = counted()
    if sys.argv[1:] == ["--write"]:
        lines = [f"{path} {count}\n" for path, count in sorted(found.items())]
        (ROOT / "tests/lint/reveals.txt").write_text("".join(lines))
        return 0
    allowed = {}
    for line in (ROOT / "tests/lint/reveals.txt").read_text().splitlines():
        path, count = line.rsplit(" ", 1)
        allowed[path] = int(count)
    wrong = [path for path in sorted(set(found) | set(allowed))
             if found.get(path, 0) != allowed.get(path, 0)]
    for path in wrong:
        print(f"{path}: reveal() stands {found.get(path, 0)} times, reveals.txt says "
              f"{allowed.get(path, 0)}")
    print(f"{sum(found.values())} places reveal a personal value")
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main())
