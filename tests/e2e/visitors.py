"""People who come to kiosks one after the other, and come again until they hold their slip."""

import collections
import threading
import traceback

import visit
from programs import Failure, wait_for


class Crowd:
    """Those who want a booking. Whoever did not get one stands in line again, at any kiosk."""

    def __init__(self, people):
        self.people = iter(people)
        self.again = collections.deque()
        self.lock = threading.Lock()
        self.open = True
        self.promised = []  # who was shown a booking
        self.served = 0     # who left with a slip
        self.misled = []    # what they were shown that is not true of them

    def next(self):
        """Who is served next; nobody once it has closed and all have their slips."""
        with self.lock:
            if self.again:
                return self.again.popleft()
            return next(self.people) if self.open else None

    def comes_again(self, person):
        with self.lock:
            self.again.append(person)

    def close(self):
        """Nobody new comes from now on."""
        with self.lock:
            self.open = False


def print_slip(kiosk, printer, before):
    """At a screen that shows a booking: until a slip has come out that was not there before."""
    def is_out():
        return len(visit.slips(printer)) > before

    while True:
        wait_for("a slip, or an offer to print it",
                 lambda: is_out() or "print" in kiosk.targets())
        if is_out():
            return
        kiosk.touch("print")


def nothing():
    pass


def book_at_last(kiosk, before_yes=nothing):
    """From the declaration until there is a booking, or none can be had."""
    kiosk.touch("next")
    shown = kiosk.wait_screen("suggesting", "no_place")
    while shown == "suggesting":
        visit.take_first_offer(kiosk)
        before_yes()
        visit.say_yes(kiosk)
        shown = kiosk.wait_screen("booked", "suggesting", "no_place", "please_ask_staff",
                                  "showing_booking")
    return shown


def come(kiosk, printer, person, crowd, before_yes=nothing):
    """One visit; true when she leaves with a slip. `before_yes` is done between the last question
    and her answer."""
    before = len(visit.slips(printer))
    shown = visit.log_in(kiosk, person)
    if shown == "interval_ahead":
        crowd.misled.append("a person without a dose is told that an interval is not over")
        shown = kiosk.touch("next").wait_screen("declaring")
    if shown == "declaring":
        shown = book_at_last(kiosk, before_yes)
    has_booking = shown in ("booked", "showing_booking")
    if has_booking:
        crowd.promised.append(person)
        print_slip(kiosk, printer, before)
    elif shown not in ("no_place", "please_ask_staff"):
        raise Failure(f"a person without a dose is shown {shown}")
    visit.leave(kiosk)
    return has_booking


class Desk(threading.Thread):
    """One kiosk with the people who stand before it. Where it was killed, it is started again."""

    def __init__(self, kiosk, printer, crowd):
        super().__init__(name=kiosk.folder.name)
        self.kiosk = kiosk
        self.printer = printer
        self.crowd = crowd
        self.failure = None  # what went wrong without having been done to it

    def run(self):
        try:
            while (person := self.crowd.next()) is not None:
                self.serve(person)
        except Exception:  # told by the test's own thread
            self.failure = traceback.format_exc()

    def serve(self, person):
        done = self.unless_killed(lambda: come(self.kiosk, self.printer, person, self.crowd))
        if done:
            self.crowd.served += 1
            return
        self.crowd.comes_again(person)
        while not self.kiosk.program.alive():
            self.unless_killed(self.kiosk.start)

    def unless_killed(self, work):
        """What the work returns; nothing where the kiosk was killed under it."""
        try:
            return work()
        except Failure:
            # It may be dying just now, its last frame still in the probe.
            if not self.kiosk.program.was_killed():
                raise
            return None
