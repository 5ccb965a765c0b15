"""A kiosk in a real window, used as a person uses it: by touching what the screen shows."""

import json
from pathlib import Path

from programs import Failure, Program, bin_dir, wait_for


class Kiosk:
    """One kiosk program on one virtual screen."""

    def __init__(self, folder, display, printer=None, camera=None):
        self.folder = Path(folder)
        self.display = display
        self.printer = printer
        self.camera = camera
        self.probe_file = self.folder / "probe.json"
        self.program = None
        self.world = {}  # what else its environment holds
        self.touches = 0
        self.parts_turned = 0
        self.finger = None  # where it was last
        self.hand = by_finger  # how the person touches: hands.py has others
        self.keys = 0
        self.last_key = None

    def start(self, *options, until="welcome"):
        self.launch(*options)
        self.wait_screen(until)
        return self

    def launch(self, *options, **environment):
        """Starts the program and waits for nothing."""
        self.probe_file.unlink(missing_ok=True)
        # Whoever was touching the screen when an earlier one died has let go.
        self.display.xdotool("mouseup", "1")
        self.point_at(0, 0)
        words = [bin_dir() / "madoguchi-kiosk", "run", "--dir", self.folder,
                 "--window", "1080x1920", *options]
        if self.printer:
            words += ["--printer", self.printer]
        if self.camera:
            words += ["--camera", self.camera]
        self.program = Program("madoguchi-kiosk", words, self.folder / "kiosk.log",
                               env=self.display.environment(MADO_PROBE=str(self.probe_file),
                                                            **self.world, **environment))

    def tell_figures(self):
        """From its next start on it writes what figure() reads."""
        with open(self.folder / "kiosk.toml", "a", encoding="utf-8") as settings:
            settings.write(f'metrics = "{self.folder / "kiosk.prom"}"\n')

    def figure(self, name):
        """One of the figures for Prometheus; None while it says nothing of it."""
        told = (self.folder / "kiosk.prom").read_text(encoding="utf-8")
        values = dict(line.split(" ") for line in told.splitlines() if not line.startswith("#"))
        return float(values[name]) if name in values else None

    def stop(self):
        self.program.stop()

    def kill(self):
        self.program.kill()

    def probe(self):
        """What the kiosk says that it shows; none before its first frame."""
        self.program.must_live()
        try:
            return json.loads(self.probe_file.read_text())
        except FileNotFoundError:
            return None

    def screen(self):
        seen = self.probe()
        return seen["screen"] if seen else None

    def wait_screen(self, *names, timeout=60):
        """Waits until one of these screens stands (any, where none is named); returns its name."""
        try:
            return wait_for("the screen " + " or ".join(names or ["at all"]),
                            lambda: (now := self.screen()) and (not names or now in names) and now,
                            timeout)
        except Failure as failure:
            raise Failure(f"{failure}; the kiosk shows {self.probe()}") from None

    def wait_frames(self, count):
        """Waits until it has drawn so many further frames, as a live picture does."""
        before = self.probe()["frame"]
        wait_for(f"{count} frames", lambda: self.probe()["frame"] >= before + count)

    def targets(self):
        return {target["id"]: target for target in self.probe()["targets"]}

    def touch(self, target, timeout=30):
        """Touches a target, with a finger or whatever the person has instead.

        Where a page is longer than the panel it turns to the part that has the target."""
        try:
            wait_for(f"something to touch called {target}",
                     lambda: {target, "part/down"} & self.targets().keys(), timeout)
        except Failure as failure:
            raise Failure(f"{failure}; the kiosk shows {self.screen()} with "
                          f"{sorted(self.targets())}") from None
        if target not in self.targets():
            self.parts_turned += 1
            self.touch("part/down")
            return self.touch(target, timeout)
        self.hand(self, target)
        self.touches += 1
        return self

    def key(self, name):
        """Presses a key, as xdotool calls it."""
        wait_for("the moment when a key counts again", lambda: self.probe()["held"] != "key")
        self.step(lambda: self.display.xdotool("key", name))
        self.keys += 1
        self.last_key = name
        return self

    def typed_away(self):
        """Whether the last digit has led to another screen, by itself."""
        was_digit = self.last_key is not None and self.last_key.startswith("KP_")
        return was_digit and "digit/0" not in self.targets()

    def focused(self):
        """What the focus is on: one target, or those of a row; nothing for who touches."""
        return self.probe()["focused"]

    def holds_back(self, x, y):
        """Whether a touch there would be taken for a second one of a trembling hand."""
        held = self.probe()["held"]
        if not isinstance(held, list):
            return False
        left, top, right, bottom = held
        return left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1

    def point_at(self, x, y):
        self.display.xdotool("mousemove", str(x), str(y))
        self.finger = (x, y)

    def step(self, movement):
        """One movement of the finger or a key, until the program has seen it and shown what came of it."""
        before = self.probe()["inputs"]
        movement()
        wait_for("what came of it",
                 lambda: (now := self.probe())["inputs"] > before and now["frame"] > now["input_frame"])

    def type(self, digits):
        for digit in digits:
            self.touch(f"digit/{digit}")

    def picture(self, file):
        return self.display.picture(file)


def by_finger(kiosk, target):
    """Move, press, release, each seen by the program before the next."""
    place = kiosk.targets()[target]
    finger = (place["x"], place["y"])
    wait_for("the moment when a touch counts again", lambda: not kiosk.holds_back(*finger))
    # A finger that is there already does not move.
    if finger != kiosk.finger:
        kiosk.step(lambda: kiosk.point_at(*finger))
    kiosk.step(lambda: kiosk.display.xdotool("mousedown", "1"))
    kiosk.step(lambda: kiosk.display.xdotool("mouseup", "1"))
