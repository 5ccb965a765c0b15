#!/usr/bin/env python3
"""What the town sets and words for its kiosks comes to one that runs, between two visits."""

import json

import visit
from display import misread, words_on
from programs import run, wait_for
from story import Story, tell
from town import server

NOTICE = "本日は午後三時までです"


class Settings(Story):
    def set(self, *changes, expect=0):
        return server("settings", "set", *changes, "--dir", self.town.dir, expect=expect)

    def word(self, *rows, expect=0):
        file = self.folder / "texts.csv"
        file.write_text("language,key,text,reading\n" + "\n".join(rows) + "\n", encoding="utf-8")
        return server("import", "texts", file, "--language", "ja", "--dir", self.town.dir,
                      expect=expect)

    def notice_is_shown(self, kiosk, name):
        picture = self.picture(kiosk, name)
        # The line alone, behind its sign, between the title and the picture of a ticket.
        line = self.folder / f"{name}-line.png"
        run("convert", picture, "-crop", "900x80+150+500", line)
        return misread(NOTICE, words_on(line)) <= 2

    def test_a_running_kiosk_takes_over_what_the_town_sets(self):
        kiosk = self.kiosk().start()
        self.assertEqual(kiosk.probe()["language"], "ja")
        self.set("language=en", "idle_seconds=15")
        wait_for("the other language", lambda: kiosk.probe()["language"] == "en")

        # Whoever stands there keeps what they began with.
        kiosk.touch("start").wait_screen("scanning")
        self.set("language=vi", "--device", "1")
        kiosk.wait_screen("idle_warning")
        self.assertEqual(kiosk.probe()["language"], "en")
        kiosk.wait_screen("welcome")
        wait_for("the language of this kiosk", lambda: kiosk.probe()["language"] == "vi")

        self.set("idle_seconds=5", expect=2)
        self.set("camera=1", expect=2)
        told = json.loads(server("settings", "show", "--json", "--dir", self.town.dir))
        self.assertEqual(told, {"all": {"language": "en", "idle_seconds": "15"},
                                "devices": {"1": {"language": "vi"}}})
        server("settings", "unset", "language", "--device", "1", "--dir", self.town.dir)
        wait_for("the language of all", lambda: kiosk.probe()["language"] == "en")
        kiosk.stop()
        # It knows them without the server too.
        self.town.stop()
        kiosk.start()
        self.assertEqual(kiosk.probe()["language"], "en")
        kiosk.stop()

    def test_the_machines_own_file_wins(self):
        kiosk = self.kiosk()
        with open(kiosk.folder / "kiosk.toml", "a", encoding="utf-8") as settings:
            settings.write('language = "ko"\n')
        kiosk.start()
        self.set("language=en", "idle_seconds=15")
        kiosk.touch("start").wait_screen("scanning")
        kiosk.touch("back").wait_screen("welcome")
        kiosk.touch("start").wait_screen("idle_warning", timeout=30)
        self.assertEqual(kiosk.probe()["language"], "ko")
        kiosk.stop()

    def test_a_running_kiosk_shows_the_towns_own_words(self):
        kiosk = self.kiosk().start()
        self.assertFalse(self.notice_is_shown(kiosk, "before"))
        self.word(f"ja,notice,{NOTICE},ほんじつわ ごご さんじまでです", "ja,welcome.start,予約をはじめる,よやくを はじめる")
        wait_for("the notice", lambda: self.notice_is_shown(kiosk, "noticed"))
        visit.start_by_typing(kiosk, self.people["before-dose-1"]["ticket"])
        kiosk.wait_screen("asking_era")
        self.word("ja,notice,,")
        visit.give_up(kiosk)
        wait_for("the notice to go", lambda: not self.notice_is_shown(kiosk, "gone"))

        for row in ("xx,notice,あ,", "ja,no.text,あ,", "ja,notice," + "長" * 31 + ",あ",
                    "ja,notice,漢字だけ,", "ja,header.place,どこか,"):
            self.word(row, expect=1)
        kiosk.stop()


if __name__ == "__main__":
    tell()
