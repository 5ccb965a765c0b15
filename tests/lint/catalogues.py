#!/usr/bin/env python3
"""Holds the code and the catalogues of assets/locale to each other.

Every text that the code asks for ("booked.title"_t) must stand in every catalogue, filled in, and
every text of a catalogue must be asked for. The placeholders of a text must be the same in every
language, but for those that a comment above it allows: "#. may use: {hour} {hour_of_12}".
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r'"([^"\n]+)"_t\b')
PLACEHOLDER = re.compile(r"\{[a-z_0-9]+\}")
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def keys_in_code():
    found = {}
    for top in ("shared", "kiosk", "terminal", "sync"):
        for file in sorted((ROOT / top).rglob("*.cpp")):
            for key in KEY.findall(file.read_text()):
                found.setdefault(key, file.relative_to(ROOT).as_posix())
    return found


def read_catalogue(file, faults):
    """{key: (text, allowed placeholders)}; names what is there twice or says nothing."""
    texts = {}
    key, text, part, allowed = None, "", None, set()
    pending = set()

    def finish():
        if key is None or key == "":
            return
        if key in texts:
            faults.append(f"{file.name}: {key} is there twice")
        if not text:
            faults.append(f"{file.name}: {key} says nothing")
        texts[key] = (text, allowed)

    for line in file.read_text().splitlines() + ['msgid ""']:
        if line.startswith("#. may use:"):
            pending = set(PLACEHOLDER.findall(line))
        elif line.startswith("msgid "):
            finish()
            key, text, part, allowed = STRING.search(line).group(1), "", "key", pending
            pending = set()
        elif line.startswith("msgstr "):
            text, part = STRING.search(line).group(1), "text"
        elif line.startswith('"'):
            more = STRING.search(line).group(1)
            if part == "key":
                key += more
            else:
                text += more
    return texts


def main():
    faults = []
    code = keys_in_code()
    files = sorted((ROOT / "assets/locale").glob("*.po"))
    catalogues = {file.name: read_catalogue(file, faults) for file in files}
    for name, texts in catalogues.items():
        for key in sorted(code.keys() - texts.keys()):
            faults.append(f"{code[key]} asks for {key}, which {name} lacks")
        for key in sorted(texts.keys() - code.keys()):
            faults.append(f"{name}: nobody asks for {key}")
    for key in sorted(code):
        used = {}
        for name, texts in catalogues.items():
            if key in texts:
                text, allowed = texts[key]
                used[name] = set(PLACEHOLDER.findall(text)) - allowed
        if len({frozenset(placeholders) for placeholders in used.values()}) > 1:
            said = "; ".join(f"{name}: {' '.join(sorted(p)) or 'none'}" for name, p in used.items())
            faults.append(f"{key} has other placeholders in each language: {said}")
    for fault in faults:
        print(fault)
    print(f"{len(code)} texts in {len(files)} languages, {len(faults)} faults")
    return 1 if faults or len(files) < 2 or not code else 0


if __name__ == "__main__":
    sys.exit(main())
