#!/usr/bin/env python3
"""The kiosk's self-test: each part of a kiosk found well, and found bad in the way that it is bad."""

import hashlib
import json
import os
import time

import visit
from programs import bin_dir, run
from small_disk import SmallDisk
from story import Story, tell
from town import server
from wrong_clock_test import Clock

PARTS = ["disk", "network", "clock", "camera", "sound", "printer"]
# ALSA's own device that plays into a file.
SOUND = 'pcm.!default {{ type file slave.pcm {{ type null }} format raw file "{file}" }}\n'


class Check(Story):
    def setUp(self):
        super().setUp()
        self.address = "ipp://127.0.0.1:1/ipp/print"  # where nobody is
        self.film = visit.film_parts(self.folder / "leaflet.avi", "leaflet seconds=3")
        self.desk = self.kiosk(camera=self.film)
        self.played = self.folder / "played"
        self.sound = self.folder / "asound.conf"
        self.sound.write_text(SOUND.format(file=self.played))

    def with_printer(self):
        paper = self.printer()
        self.address = paper.address
        return paper

    def environment(self, **world):
        return {**os.environ, "LC_ALL": "C.UTF-8", "ALSA_CONFIG_PATH": str(self.sound), **world}

    def words(self, *options, folder=None, printer=None, camera=None):
        return [bin_dir() / "madoguchi-kiosk", "check", "--dir", folder or self.desk.folder,
                "--printer", printer or self.address, "--camera", camera or self.film,
                *options]

    def check(self, *options, expect=0, world=None, **where):
        """What each part's line of JSON says."""
        told = run(*self.words("--json", *options, **where), expect=expect,
                   env=self.environment(**(world or {})))
        found = [json.loads(line) for line in told.splitlines()]
        self.assertEqual([each["check"] for each in found], PARTS)
        return {each["check"]: each for each in found}

    def reasons(self, found, state):
        return {name: each["reason"] for name, each in found.items() if each["state"] == state}

    def fails(self, part, reason, *options, **where):
        """That this part fails for this reason, with a way out, and no other fails with it."""
        found = self.check("--no-print", *options, expect=1, **where)
        self.assertEqual(self.reasons(found, "failed"), {part: reason})
        self.assertTrue(found[part]["way_out"])
        return found[part]

    def test_all_is_well_and_nothing_of_the_journal_is_touched(self):
        paper = self.with_printer()
        self.desk.start()
        self.desk.stop()
        before = self.kept()
        found = self.check()
        self.assertEqual({each["state"] for each in found.values()}, {"ok"}, found)
        self.assertEqual(self.kept(), before)
        self.assertEqual(found["camera"]["values"]["width"], "1280")
        self.assertGreater(self.played.stat().st_size, 10_000)
        self.look_at_the_page(paper)

    def kept(self):
        """Every file of the device's folder by its content, but for what SQLite lays beside one
        that is only read: its index, and a log with nothing in it."""
        return {file.relative_to(self.desk.folder): hashlib.sha256(file.read_bytes()).hexdigest()
                for file in self.desk.folder.rglob("*")
                if file.is_file() and file.stat().st_size > 0 and not file.name.endswith("-shm")}

    def look_at_the_page(self, paper):
        page, = visit.slips(paper)
        text = "".join(run("pdftotext", "-layout", page, "-").split())
        for words in ("印刷のテスト", "みどり市", "0120-000-000", "髙﨑"):
            self.assertIn(words, text)
        run("pdftoppm", "-r", "80", "-png", "-singlefile", page, self.folder / "page")

    def test_a_caretaker_reads_lines_in_her_language(self):
        told = run(*self.words("--no-print", "--language", "ja"), env=self.environment())
        lines = told.splitlines()
        self.assertEqual(len(lines), len(PARTS))
        self.assertTrue(lines[0].startswith("ディスク: 良好。"), lines[0])
        self.assertTrue(lines[5].startswith("プリンタ: 見送り。"), lines[5])

    def test_beside_a_kiosk_at_work_its_camera_is_left_out(self):
        paper = self.with_printer()
        self.desk.start()
        found = self.check(camera="/dev/null")
        self.assertEqual(self.reasons(found, "left-out"), {"camera": "camera_in_use"})
        self.assertEqual(self.reasons(found, "failed"), {})
        self.look_at_the_page(paper)
        self.assertEqual(self.desk.screen(), "welcome")
        self.desk.stop()
        self.fails("camera", "camera_missing", camera="/dev/null")

    def test_a_printer_in_trouble(self):
        paper = self.with_printer()
        paper.set_mood("jams")
        found = self.check(expect=1)
        self.assertEqual(self.reasons(found, "failed"), {"printer": "printer_failed"})
        self.assertIn("media-jam", found["printer"]["detail"])
        self.assertIn("jam", found["printer"]["way_out"])
        paper.set_mood("")
        found = self.check(expect=1, printer="ipp://127.0.0.1:1/ipp/print")
        self.assertEqual(self.reasons(found, "failed"), {"printer": "printer_failed"})
        self.assertIn("cable", found["printer"]["way_out"])
        self.fails("printer", "printer_address", printer="lpt1")
        self.check("--no-print")
        self.assertEqual(visit.slips(paper), [])

    def test_a_camera_in_trouble(self):
        self.fails("camera", "camera_missing", camera="99")
        still = self.folder / "still"
        still.mkdir()
        self.fails("camera", "camera_no_picture", camera=still)
        visit.draw_leaflet(still / "1.png")
        self.fails("camera", "camera_still", camera=still)
        covered = self.folder / "covered.avi"
        run(visit.film(), "film", "--part", "empty seconds=2", "--light", "0.05", "--out", covered)
        found = self.fails("camera", "camera_dark", camera=covered)
        self.assertIn("cover", found["way_out"])

    def test_no_sound_is_told_and_is_no_failure(self):
        self.sound.write_text("# nothing\n")
        found = self.check("--no-print")
        self.assertEqual(self.reasons(found, "not-there"), {"sound": "sound_missing"})
        self.assertTrue(found["sound"]["way_out"])

    def test_a_device_that_holds_everything_up_is_given_up(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)  # nobody reads from it, so whoever opens it to write stands
        self.sound.write_text(SOUND.format(file=pipe))
        began = time.monotonic()
        found = self.fails("sound", "too_slow")
        self.assertEqual(found["values"], {"seconds": "15"})
        self.assertLess(time.monotonic() - began, 60)

    def test_a_network_in_trouble(self):
        self.town.program.pause()
        found = self.fails("network", "no_answer")
        self.assertEqual(found["values"], {"address": self.town.devices})
        self.town.program.resume()
        self.stop_server()
        found = self.check("--no-print", expect=1)
        self.assertEqual(self.reasons(found, "failed"), {"network": "no_answer"})
        self.assertEqual(found["clock"]["reason"], "clock_unknown")
        self.town.start()
        server("device", "revoke", "1", "--dir", self.town.dir)
        found = self.fails("network", "shut_out")
        self.assertIn("revoked", found["detail"])

    def test_a_pin_that_does_not_fit_its_authority_is_not_believed(self):
        identity = self.desk.folder / "identity.json"
        known = json.loads(identity.read_text())
        known["authority_key"] = "A" * 43
        identity.write_text(json.dumps(known))
        found = self.fails("network", "keys_unread")
        self.assertIn("not the one that is pinned", found["detail"])

    def test_a_clock_that_is_off(self):
        clock = Clock(self.folder / "clock")
        clock.set("-1d")
        found = self.fails("clock", "clock_late", world=clock.environment())
        self.assertAlmostEqual(int(found["values"]["seconds"]), 24 * 60 * 60, delta=60)

    def test_a_kiosk_that_is_not_enrolled(self):
        new = self.folder / "new"
        new.mkdir()
        found = self.fails("network", "not_enrolled", folder=new)
        self.assertIn("enrol", found["way_out"])
        self.with_printer()
        page = self.check(expect=1, folder=new)["printer"]
        self.assertEqual(page["state"], "ok")
        (self.desk.folder / "credentials/1/device.key").unlink()
        self.fails("network", "keys_unread")

    def test_a_disk_in_trouble(self):
        found = self.check("--no-print", expect=1, folder=self.folder / "nowhere")
        self.assertEqual(self.reasons(found, "failed"),
                         {"disk": "disk_not_written", "network": "not_enrolled"})
        disk = SmallDisk(self.folder / "disk", 8)
        self.addCleanup(disk.unmount)
        little = self.check("--no-print", expect=1, folder=disk.folder)["disk"]
        self.assertEqual((little["state"], little["reason"]), ("failed", "disk_ok"))
        self.assertIn("little room", little["way_out"])
        disk.fill()
        full = self.check("--no-print", expect=1, folder=disk.folder)["disk"]
        self.assertEqual((full["state"], full["reason"]), ("failed", "disk_not_written"))
        self.assertIn("little room", full["way_out"])

    def test_without_a_folder_the_rest_is_tested(self):
        told = run(bin_dir() / "madoguchi-kiosk", "check", "--json", "--camera", self.film,
                   env=self.environment())
        states = {each["check"]: each["state"] for each in map(json.loads, told.splitlines())}
        self.assertEqual(states, {"disk": "left-out", "network": "left-out", "clock": "left-out",
                                  "camera": "ok", "sound": "ok", "printer": "not-there"})

    def test_misuse_is_told_apart(self):
        for words in (["--language", "xx"], ["--config", self.folder / "nowhere.toml"], ["--loud"]):
            run(bin_dir() / "madoguchi-kiosk", "check", *words, expect=2)


if __name__ == "__main__":
    tell()
