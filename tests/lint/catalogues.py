#!/usr/bin/env python3
"""Holds the code and the catalogues of assets/locale to each other.

Every text that the code asks for ("booked.title"_t) must stand in every catalogue, filled in, and
every text of a catalogue must be asked for. The placeholders of a text must be the same in every
language, but for those that a comment above it allows: "#. may use: {hour} {hour_of_12}".

Texts that are spoken have readings, in assets/locale/spoken: in Japanese and Chinese all of them,
in kana and pinyin, elsewhere those that are read otherwise than they are written. A text that is
only spoken ("speech.…") stands there in every language.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r'"([^"\n]+)"_t\b')
PLACEHOLDER = re.compile(r"\{[a-z_0-9]+\}")
SPOKEN_BY = ("kiosk/texts", "shared/texts/readings", "shared/texts/calendar_keys")
ONLY_SPOKEN = "speech."
READ_AS_WRITTEN = ("en.po", "ko.po", "vi.po", "pt.po")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30f6ー、。？ ]*")
# Syllables with a tone each; 5 is none.
PINYIN = re.compile(r"([a-z]+[1-5]|[,.?]| )*")
READING = {"ja.po": KANA, "ja_easy.po": KANA, "zh.po": PINYIN}
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def keys_in_code(tops=("shared", "kiosk", "terminal", "sync")):
    found = {}
    for top in tops:
        for file in sorted(ROOT.glob(f"{top}.cpp")) or sorted((ROOT / top).rglob("*.cpp")):
            for key in KEY.findall(file.read_text()):
                found.setdefault(key, file.relative_to(ROOT).as_posix())
    return found


def check_readings(shown, faults):
    """Holds the readings to the texts that are shown and to the code that speaks."""
    files = sorted((ROOT / "assets/locale/spoken").glob("*.po"))
    if [file.name for file in files] != sorted(shown):
        faults.append("assets/locale/spoken has other languages than assets/locale")
    spoken = keys_in_code(SPOKEN_BY)
    for file in files:
        name = f"spoken/{file.name}"
        readings = read_catalogue(file, faults, name)
        written = file.name in READ_AS_WRITTEN
        for key in sorted(spoken - readings.keys()):
            if key.startswith(ONLY_SPOKEN) or not written:
                faults.append(f"{spoken[key]} speaks {key}, which {name} lacks")
        for key in sorted(readings.keys() - spoken):
            faults.append(f"{name}: nobody speaks {key}")
        for key, (text, allowed) in readings.items():
            if not READING.get(file.name, re.compile(".*")).fullmatch(PLACEHOLDER.sub("", text)):
                faults.append(f"{name}: a voice cannot read {key}: {text}")
            if key in shown.get(file.name, {}):
                original, also = shown[file.name][key]
                used = set(PLACEHOLDER.findall(text)) - allowed - also
                if used != set(PLACEHOLDER.findall(original)) - allowed - also:
                    faults.append(f"{name}: {key} has other placeholders than {file.name}")
    return len(spoken)


def read_catalogue(file, faults, name):
    """{key: (text, allowed placeholders)}; names what is there twice or says nothing."""
    texts = {}
    key, text, part, allowed = None, "", None, set()
    pending = set()

    def finish():
        if key is None or key == "":
            return
        if key in texts:
            faults.append(f"{name}: {key} is there twice")
        if not text:
            faults.append(f"{name}: {key} says nothing")
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
    catalogues = {file.name: read_catalogue(file, faults, file.name) for file in files}
    for name, texts in catalogues.items():
        for key in sorted(code.keys() - texts.keys()):
            if key.startswith(ONLY_SPOKEN):
                continue
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
    spoken = check_readings(catalogues, faults)
    for fault in faults:
        print(fault)
    print(f"{spoken} readings")
    print(f"{len(code)} texts in {len(files)} languages, {len(faults)} faults")
    return 1 if faults or len(files) < 2 or not code or not spoken else 0


if __name__ == "__main__":
    sys.exit(main())
