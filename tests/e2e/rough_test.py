#!/usr/bin/env python3
"""kill -9 and SIGSTOP of kiosks and server at random moments, while people book; the books agree.

MADO_ROUGH_SECONDS says for how long (60), MADO_ROUGH_SEED draws the same faults again; when they
fall is the machine's own affair, so a seed is a good try and no replay.
"""

import collections
import contextlib
import os
import random
import time

import books
from programs import Failure, wait_for
from story import Story, tell
from visitors import Crowd, Desk, come

# Where a kill hurts most: between the promise and the paper.
PROMISING = ("keeping_booking", "booked")


class Trouble:
    """What is done to a town, drawn from one seed."""

    def __init__(self, dice, town, desks):
        self.dice = dice
        self.town = town
        self.desks = desks
        self.done = collections.Counter()

    def go_on_for(self, seconds, enough):
        """So long, and longer on a slow machine, until `enough` has happened."""
        end = time.monotonic() + seconds
        deck = []
        while deck or time.monotonic() < end or not enough():
            if any(desk.failure for desk in self.desks):
                return
            if not deck:
                # Dealt to the last card, not drawn, so that there is some of each.
                deck = [self.kill_kiosk, self.kill_kiosk, self.kill_server, self.kill_both,
                        self.stop_kiosk, self.stop_server]
                self.dice.shuffle(deck)
            self.rest(0.1, 2)
            deck.pop()()

    def rest(self, least, most):
        """A random moment is what this is about: no state says when it has come."""
        time.sleep(self.dice.uniform(least, most))

    def kill_kiosk(self):
        kiosk = self.dice.choice(self.desks).kiosk
        at_a_promise = self.dice.random() < 0.6
        self.kill(self.kiosk_at_a_promise() or kiosk if at_a_promise else kiosk)

    def kill_both(self):
        """What a kiosk promised while nobody could be told is on its disk alone."""
        self.town.kill()
        self.done["server killed"] += 1
        self.kill(self.kiosk_at_a_promise() or self.dice.choice(self.desks).kiosk)
        self.rest(0, 4)
        self.town.start()

    def kill(self, kiosk):
        if kiosk.program.alive():
            kiosk.kill()
            self.done["kiosk killed"] += 1

    def kiosk_at_a_promise(self):
        """The next that makes one, a little later; none where people take too long."""
        try:
            kiosk = wait_for("a promise", self.promising, timeout=20, step=0.01)
        except Failure:
            return None
        self.rest(0, 1)
        self.done["at a promise"] += 1
        return kiosk

    def promising(self):
        for desk in self.desks:
            # One that is dead shows nothing; whoever was serving there starts it again.
            with contextlib.suppress(Failure):
                if desk.kiosk.screen() in PROMISING:
                    return desk.kiosk
        return None

    def kill_server(self):
        self.town.kill()
        self.done["server killed"] += 1
        self.rest(0, 4)
        self.town.launch()
        if self.dice.random() < 0.3:
            self.rest(0, 0.3)
            self.town.kill()
            self.done["server killed"] += 1
            self.town.launch()
        self.town.wait_ready()

    def stop_kiosk(self):
        self.stop(self.dice.choice(self.desks).kiosk.program, 3, "kiosk stopped")

    def stop_server(self):
        self.stop(self.town.program, 6, "server stopped")

    def stop(self, program, most, name):
        if not program.alive():
            return
        program.pause()
        try:
            self.rest(0.1, most)
        finally:
            program.resume()
        self.done[name] += 1


class Rough(Story):
    def test_the_books_agree_after_kills_and_stops_at_random_moments(self):
        seconds = float(os.environ.get("MADO_ROUGH_SECONDS", "60"))
        seed = int(os.environ.get("MADO_ROUGH_SEED") or random.SystemRandom().randrange(10**6))
        print(f"MADO_ROUGH_SEED={seed} MADO_ROUGH_SECONDS={seconds:g}", flush=True)
        dice = random.Random(seed)
        people = list(self.town.people_before_dose_one())
        dice.shuffle(people)
        crowd = Crowd(people)
        desks = [self.desk(name, crowd) for name in ("kiosk-1", "kiosk-2")]
        for desk in desks:
            desk.start()
        trouble = Trouble(dice, self.town, desks)
        # A minute in which little happened has shown little.
        least = max(1, int(seconds / 60))
        trouble.go_on_for(seconds, lambda: trouble.done["at a promise"] >= least and
                          crowd.served >= 2 * least)
        crowd.close()
        for desk in desks:
            desk.join()
        for desk in desks:
            self.assertIsNone(desk.failure, desk.failure)

        self.assertEqual(crowd.misled, [])
        agreed = books.must_agree(self.town, [desk.kiosk for desk in desks],
                                  [desk.printer for desk in desks], crowd.promised)
        print(f"{dict(trouble.done)}; {crowd.served} people served, {len(agreed.bookings)} "
              f"bookings, {len(agreed.slips)} slips, {len(agreed.worklist)} rows of the worklist",
              flush=True)
        for name in ("kiosk killed", "server killed", "kiosk stopped", "server stopped"):
            self.assertGreaterEqual(trouble.done[name], least, name)
        self.assertGreaterEqual(len(agreed.slips), crowd.served)
        for desk in desks:
            desk.kiosk.stop()

    def test_who_books_at_two_kiosks_that_nobody_hears_stands_on_the_worklist_with_both_slips(self):
        crowd = Crowd(self.town.people_before_dose_one())
        desks = [self.desk(name, crowd) for name in ("kiosk-1", "kiosk-2")]
        wait_for("both kiosks to hold seats", lambda: all(
            books.Journal(desk.kiosk).leases for desk in desks))
        self.town.kill()
        person = crowd.next()
        for desk in desks:
            self.assertTrue(come(desk.kiosk, desk.printer, person, crowd))
            desk.kiosk.kill()
            desk.kiosk.start()
        self.town.start()
        agreed = books.must_agree(self.town, [desk.kiosk for desk in desks],
                                  [desk.printer for desk in desks], crowd.promised)
        self.assertEqual([row["reason"] for row in agreed.worklist if row["booking"]],
                         ["doubled", "doubled"])
        self.assertEqual({slip.number for slip in agreed.slips},
                         {row["number"] for row in agreed.live().values()})
        for desk in desks:
            desk.kiosk.stop()

    def desk(self, name, crowd):
        printer = self.printer(f"slips-{name}")
        return Desk(self.kiosk(name, printer).start(), printer, crowd)


if __name__ == "__main__":
    tell()
