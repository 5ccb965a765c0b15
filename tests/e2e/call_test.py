#!/usr/bin/env python3
"""Somebody calls for staff: it rings where staff look, and the screen says what comes of it."""

import json
import time

import visit
from display import misread, words_on
from programs import Program, bin_dir, wait_for
from story import Story, tell
from town import server

TELEPHONE = "0120-000-000"


class Call(Story):
    def calls(self, *options):
        told = server("call", "list", "--json", "--dir", self.town.dir, *options)
        return [json.loads(line) for line in told.splitlines()]

    def answer(self, call, by, expect=0):
        return server("call", "answer", call["id"], "--by", by, "--dir", self.town.dir, expect=expect)

    def patient_for(self, kiosk, seconds):
        with open(kiosk.folder / "kiosk.toml", "a", encoding="utf-8") as settings:
            settings.write(f"call_seconds = {seconds}\n")

    def shows_telephone(self, kiosk, name):
        read = words_on(self.picture(kiosk, name))
        return misread(TELEPHONE, read) <= 1

    def test_a_call_reaches_staff_and_their_answer_reaches_the_screen(self):
        kiosk = self.kiosk().start()
        watch = Program("madoguchi-server call watch", [
            bin_dir() / "madoguchi-server", "call", "watch", "--json", "--dir", self.town.dir],
            self.folder / "watch.log")
        self.addCleanup(watch.kill)
        began = time.monotonic()
        kiosk.touch("staff").wait_screen("staff_called")
        call, = wait_for("the call at the server", self.calls)
        rang = wait_for("a line of the watch", watch.text)
        print(f"a call was in staff's list after {time.monotonic() - began:.1f} s")
        self.assertEqual(json.loads(rang)["id"], call["id"])
        self.assertTrue(call["waits"])
        self.assertEqual(call["device_name"], "kiosk-1")

        began = time.monotonic()
        self.answer(call, "佐藤")
        kiosk.wait_screen("staff_coming")
        print(f"an answer was on the screen after {time.monotonic() - began:.1f} s")
        self.assertLessEqual(misread("佐藤", words_on(self.picture(kiosk, "coming"))), 1)
        self.answer(call, "鈴木", expect=1)

        # Whoever goes on has their screen again, and nobody runs for them any more.
        kiosk.touch("return").wait_screen("welcome")
        wait_for("the end of the call", lambda: not self.calls())
        self.assertEqual([past["answered_by"] for past in self.calls("--all")], ["佐藤"])
        self.answer(call, "鈴木", expect=1)
        kiosk.stop()

    def test_a_call_that_nobody_answers_shows_the_telephone(self):
        kiosk = self.kiosk()
        self.patient_for(kiosk, 5)
        kiosk.start()
        visit.start_by_typing(kiosk, self.people["before-dose-1"]["ticket"])
        kiosk.wait_screen("asking_era")
        kiosk.touch("staff").wait_screen("staff_called")
        kiosk.wait_screen("staff_unanswered")
        self.assertTrue(self.shows_telephone(kiosk, "unanswered"))
        call, = self.calls()
        self.answer(call, "佐藤")
        kiosk.wait_screen("staff_coming")
        kiosk.touch("return").wait_screen("asking_era")
        # A second one is another.
        kiosk.touch("staff").wait_screen("staff_called")
        self.assertEqual(len(wait_for("the next call", self.calls)), 1)
        kiosk.stop()

    def test_offline_the_telephone_is_shown_at_once_and_the_call_rings_when_the_network_is_back(self):
        kiosk = self.kiosk()
        kiosk.tell_figures()
        kiosk.start()
        self.town.stop()
        wait_for("the kiosk to notice", lambda: kiosk.figure("madoguchi_online") == 0)
        kiosk.touch("staff").wait_screen("staff_unreachable")
        self.assertTrue(self.shows_telephone(kiosk, "unreachable"))
        self.town.start()
        kiosk.wait_screen("staff_called", "staff_unanswered")
        call, = wait_for("the call at the server", self.calls)
        self.answer(call, "佐藤")
        kiosk.wait_screen("staff_coming")
        kiosk.stop()

    def test_a_call_is_over_when_its_kiosk_dies(self):
        kiosk = self.kiosk().start()
        kiosk.touch("staff").wait_screen("staff_called")
        wait_for("the call at the server", self.calls)
        kiosk.kill()
        kiosk.start()
        wait_for("the end of the call", lambda: not self.calls())
        kiosk.stop()


if __name__ == "__main__":
    tell()
