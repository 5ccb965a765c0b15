"""A screen without a monitor: Xvfb on a free display, a finger by xdotool, pictures by ImageMagick."""

import os
import subprocess

from programs import Failure, run, wait_for


class Display:
    """A virtual screen; at 96 dots an inch 1080×1920 pixels are 285×508 mm."""

    def __init__(self, width=1080, height=1920):
        reading, writing = os.pipe()
        # Without -noreset it starts anew whenever the last client goes, and takes nobody meanwhile.
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-noreset", "-screen", "0", f"{width}x{height}x24",
             "-dpi", "96", "-nolisten", "tcp"], pass_fds=[writing], stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as number:
            self.name = ":" + number.readline().strip()
        if self.name == ":":
            raise Failure("Xvfb did not start")

    def environment(self, **more):
        return {**os.environ, "DISPLAY": self.name, "LIBGL_ALWAYS_SOFTWARE": "1", **more}

    def xdotool(self, *words):
        run("xdotool", *words, env=self.environment())

    def picture(self, file):
        run("import", "-window", "root", file, env=self.environment())
        return file

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


def words_on(picture, language="jpn"):
    """What tesseract reads on a picture, without spaces, since Japanese has none."""
    # Its threads wait for each other by spinning: where others want the cores too, one is quicker.
    text = run("tesseract", picture, "-", "-l", language, "--psm", "11",
               env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    return "".join(text.split())


def misread(words, text):
    """How many letters of `words` are wrong in `text` at the best: tesseract reads one wrong at times."""
    size = len(words)
    return min((distance(words, text[i:i + size]) for i in range(max(1, len(text) - size + 1))),
               default=size)


def distance(a, b):
    """Edit distance."""
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        row, before = [i], row
        for j, right in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (left != right)))
    return row[-1]
