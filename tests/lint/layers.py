#!/usr/bin/env python3
"""Holds every #include against layers.txt: which folder sees which, and who sees third parties.

Third-party headers may stand in .cpp files alone (fmt and tl/expected.hpp are exempt), so that
builds stay quick and an upgrade stays local. Says file, line and rule; exits 1 when one is broken.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXEMPT = {"fmt", "tl"}
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')
# What Linux and the C library bring is no third party.
SYSTEM = re.compile(r"^(sys|netinet|arpa|linux|net)/|^[a-z_0-9]+$|"
                    r"^(unistd|fcntl|poll|signal|dirent|pthread|netdb|errno|iconv|dlfcn)\.h$")


def rules(text):
    sees, third = {}, {}
    for line in text.splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        left, right = line.split(":", 1)
        if left.startswith("third-party "):
            third[left.removeprefix("third-party ")] = set(right.split())
        else:
            sees[left] = set(right.split())
    return sees, third


def folder_of(path, folders):
    """The longest named folder that holds `path`; None where there is none."""
    holding = [name for name in folders if path == name or path.startswith(name + "/")]
    return max(holding, key=len, default=None)


def is_third_party(name):
    return not SYSTEM.search(name) and name.split("/")[0] not in EXEMPT


def third_party_ok(name, is_header, allowed):
    if is_header:
        return False
    first = name.split("/")[0]
    return first in allowed or any(first.startswith(word) for word in allowed)


def broken_in(path, text, sees, third):
    here = folder_of(path, sees)
    if here is None:
        yield 1, f"its folder is not named in layers.txt"
        return
    if "*" in sees[here]:
        return
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        name = found.group(2)
        there = folder_of(name, sees)
        if there is not None:
            if there != here and there not in sees[here]:
                yield number, f"{here} must not see {there}"
        elif is_third_party(name) and not third_party_ok(name, path.endswith(".h"),
                                                         third.get(here, set())):
            yield number, f"{here} must not see <{name}> here"


def main():
    sees, third = rules((ROOT / "tests/lint/layers.txt").read_text())
    # The lint must bite: arrows against the grain, and third parties in headers, are found.
    assert list(broken_in("shared/base/x.h", '#include "shared/domain/slot.h"', sees, third))
    assert list(broken_in("kiosk/flow/x.cpp", "#include <imgui.h>", sees, third))
    assert list(broken_in("shared/platform/x.h", "#include <openssl/evp.h>", sees, third))
    assert not list(broken_in("shared/platform/x.cpp", "#include <openssl/evp.h>", sees, third))

    broken = checked = 0
    for top in ("shared", "kiosk", "terminal", "sync"):
        for file in sorted((ROOT / top).rglob("*")):
            if file.suffix not in (".h", ".cpp"):
                continue
            checked += 1
            path = file.relative_to(ROOT).as_posix()
            for number, why in broken_in(path, file.read_text(), sees, third):
                print(f"{path}:{number}: {why}")
                broken += 1
    print(f"{checked} files, {broken} arrows against the design")
    return 1 if broken or checked < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
