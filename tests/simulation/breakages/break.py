#!/usr/bin/env python3
"""break.py SOURCE OUTPUT FROM TO: a copy of SOURCE with one passage changed, which must be there once."""

import pathlib
import sys

source, output, passage, instead = sys.argv[1:]
text = pathlib.Path(source).read_text(encoding="utf-8")
if text.count(passage) != 1:
    sys.exit(f"break.py: {source} holds {text.count(passage)} times, not once: {passage}")
pathlib.Path(output).write_text(text.replace(passage, instead), encoding="utf-8")
