"""What every end-to-end test shares: a folder of its own, a town, kiosks, and an orderly end."""

import os
import shutil
import unittest
from pathlib import Path

from display import Display
from ipp_printer import IppPrinter
from kiosk import Kiosk
from programs import ROOT
from town import Town


class Story(unittest.TestCase):
    """One town with its server running; kiosks and printers as a test asks for them."""

    def setUp(self):
        top = Path(os.environ.get("MADO_E2E", ROOT / "build/e2e"))
        self.folder = top / self.id().removeprefix("__main__.")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.town = Town(self.folder / "town")
        self.prepare_town()
        self.town.start()
        self.addCleanup(self.stop_server)
        self.people = self.town.people()

    def prepare_town(self):
        """What the town is made of; a test with other slots makes it otherwise."""
        self.town.make()

    def stop_server(self):
        if self.town.program.alive():
            self.town.stop()

    def printer(self, name="slips"):
        return self.enterContext(IppPrinter(self.folder / name))

    def kiosk(self, name="kiosk-1", printer=None, camera=None):
        """An enrolled kiosk on a screen of its own; not started yet."""
        display = Display()
        self.addCleanup(display.stop)
        kiosk = Kiosk(self.folder / name, display, printer and printer.address, camera)
        self.town.enrol_kiosk(name, kiosk.folder)
        self.addCleanup(lambda: kiosk.program and kiosk.program.alive() and kiosk.kill())
        return kiosk

    def picture(self, kiosk, name):
        return kiosk.picture(self.folder / f"{name}.png")


def tell():
    unittest.main(verbosity=2)
