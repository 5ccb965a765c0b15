#!/usr/bin/env python3
"""Nobody is there: the first screen is drawn once and then no more, whatever the kiosk does behind it."""

import visit
from programs import wait_for
from story import Story, tell
from supervisor import Supervisor

# A kick says that the loop of the screen has gone round since the one before (watchdog.h).
KICKS = 8


class Rest(Story):
    def setUp(self):
        super().setUp()
        self.desk = self.kiosk()
        self.desk.tell_figures()
        self.supervisor = Supervisor(self.desk)
        self.addCleanup(self.supervisor.give_up)
        self.supervisor.start()
        wait_for("the kiosk to hold seats", lambda: self.town.seats_held() > 0)

    def frame(self):
        return self.desk.probe()["frame"]

    def go_round(self, times=KICKS):
        """Waits until the kiosk's loops have gone round so many times more."""
        before = self.supervisor.kicks
        wait_for(f"{times} kicks", lambda: self.supervisor.kicks >= before + times)

    def settle(self):
        """Waits until the loops have gone round without anything new to show."""
        def settled():
            before = self.frame()
            self.go_round(3)
            return self.frame() == before
        wait_for("the screen to rest", settled)
        return self.frame()

    def heard(self):
        return self.desk.figure("madoguchi_feed_number")

    def test_nothing_is_drawn_while_nobody_is_there(self):
        still = self.settle()
        self.go_round()
        self.assertEqual(self.frame(), still)

    def test_nothing_is_drawn_for_what_the_feed_tells(self):
        still, before = self.settle(), self.heard()
        date = self.town.today()
        for times in range(1, 4):
            self.town.plan_slots([(date, "20:00", "21:00", 30, 4 + times)])
            end = self.town.read("SELECT max(number) FROM feed")
            wait_for("the kiosk to hear of it", lambda: self.heard() >= end)
        self.assertGreaterEqual(self.heard(), before + 3)
        self.go_round()
        self.assertEqual(self.frame(), still)

    def test_a_lost_server_is_shown_once_and_then_it_rests_again(self):
        still = self.settle()
        self.stop_server()
        wait_for("the kiosk to be offline", lambda: self.desk.figure("madoguchi_online") == 0)
        offline = self.settle()
        self.assertLessEqual(offline - still, 4)
        self.go_round()
        self.assertEqual(self.frame(), offline)

    def test_it_is_awake_for_the_first_touch_and_rests_after_the_visit(self):
        still = self.settle()
        self.desk.touch("start").wait_screen("scanning")
        self.assertGreater(self.frame(), still)
        visit.give_up(self.desk)
        self.desk.wait_screen("welcome")
        again = self.settle()
        self.go_round()
        self.assertEqual(self.frame(), again)


if __name__ == "__main__":
    tell()
