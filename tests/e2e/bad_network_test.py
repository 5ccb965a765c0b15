#!/usr/bin/env python3
"""A network that is cut, and a proxy that delays, cuts, repeats and lies: the books agree."""

import random

import books
import visitors
from bad_proxy import MOODS, BadProxy
from cable import Cable
from programs import wait_for
from story import Story, tell


class BadNetwork(Story):
    def setUp(self):
        super().setUp()
        self.crowd = visitors.Crowd(self.town.people_before_dose_one())
        self.paper = self.printer()

    def comes(self, kiosk, before_yes=visitors.nothing):
        """The next person comes, and leaves with a slip."""
        self.assertTrue(
            visitors.come(kiosk, self.paper, self.crowd.next(), self.crowd, before_yes))

    def must_agree(self, *kiosks):
        agreed = books.must_agree(self.town, kiosks, [self.paper], self.crowd.promised)
        self.assertEqual(len(agreed.live()), len(self.crowd.promised))
        self.assertEqual(len(agreed.slips), len(self.crowd.promised))
        self.assertEqual(agreed.worklist + self.crowd.misled, [])
        return agreed


class Cut(BadNetwork):
    """The server in a network namespace of its own, and its cable pulled at either end."""

    def prepare_town(self):
        self.cable = Cable()
        self.addCleanup(self.cable.remove)
        self.town.inside = self.cable.inside()
        self.town.residents = self.town.devices = f"{self.cable.there}:0"
        super().prepare_town()

    def test_bookings_go_on_whichever_end_of_the_cable_is_pulled_and_when(self):
        kiosk = self.kiosk(printer=self.paper).start()
        wait_for("the kiosk to hold seats", lambda: self.town.seats_held() > 0)
        for pull in (self.cable.unplug_here, self.cable.unplug_there):
            # Before the visit.
            pull()
            self.comes(kiosk)
            self.assertFalse(self.is_told(kiosk))
            self.cable.plug_in()
            wait_for("the server to be told", lambda: self.is_told(kiosk), timeout=120)

            # Between the last question and the answer.
            self.comes(kiosk, before_yes=pull)

            # Plugged in and pulled again while somebody is being served.
            self.cable.plug_in()
            self.comes(kiosk)
        self.cable.plug_in()
        self.must_agree(kiosk)
        kiosk.stop()

    def is_told(self, kiosk):
        return not books.Journal(kiosk).unanswered()


class Proxy(BadNetwork):
    """A proxy of ours at the address under which devices know the server."""

    def setUp(self):
        # All of 127.0.0.0/8 is this machine: the same port, at an address of the proxy's.
        self.address = "127.0.0.2"
        super().setUp()
        host, port = self.town.devices.split(":")
        seed = 20210705
        self.proxy = BadProxy((self.address, int(port)), (host, int(port)), random.Random(seed))
        self.addCleanup(self.proxy.stop)

    def prepare_town(self):
        super().prepare_town()
        self.town.hosts = [self.address]

    def test_bookings_go_on_through_every_mood_of_a_proxy(self):
        kiosk = self.kiosk(printer=self.paper)
        self.proxy.speak_for(self.town, kiosk, self.folder)
        kiosk.start()
        wait_for("the kiosk to hold seats", lambda: self.town.seats_held() > 0)
        for mood in MOODS:
            with self.subTest(mood):
                self.proxy.set_mood(mood)
                self.comes(kiosk)
                if mood != "passes":
                    wait_for(f"the proxy to have done its worst ({mood})",
                             lambda mood=mood: self.proxy.did[mood] > 0)
                self.proxy.set_mood("passes")
                self.must_agree(kiosk)
        print(dict(self.proxy.did), flush=True)
        kiosk.stop()


if __name__ == "__main__":
    tell()
