"""The command line: what it prints, what it refuses, and how it ends."""

import json
import socket
import stat
import subprocess
import unittest

from town import PROGRAM, Town, day, run, server


KIOSK = PROGRAM.parent / "madoguchi-kiosk"


class Commands(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town()

    @classmethod
    def tearDownClass(cls):
        cls.town.remove()

    def test_help_helps_with_examples(self):
        for command in ([], ["init"], ["run"], ["import"], ["export"], ["device"],
                        ["device", "add"], ["device", "confirm"], ["device", "lost"], ["device", "return-seats"],
                        ["worklist"], ["worklist", "list"], ["worklist", "resolve"],
                        ["journal", "import"], ["audit"], ["town"], ["dose-record"]):
            told = server(*command, "--help").stdout
            self.assertIn("Usage:", told)
        self.assertIn("madoguchi-server import residents", server("import", "--help").stdout)
        columns = {"residents": "2回目接種日 (required): 2021-07-05, 2021/7/5 or 20210705",
                   "results": "ロット番号 (optional)", "venues": "name_en (required)",
                   "schedule": "vaccine (optional)", "vaccines": "age_min (required)"}
        for kind, line in columns.items():
            told = server("import", kind, "--help").stdout
            self.assertIn(line, told)
            self.assertIn("A file of one row:", told)
            self.assertEqual("--from" in told, kind == "schedule")
        self.assertRegex(server("--version").stdout, r"^madoguchi-server \d")

    def test_misuse_is_told_apart_from_failure(self):
        for words in ([], ["dance"], ["run"], ["run", "--dir", "/nowhere"],
                      ["import", "cats", "f", "--dir", self.town.dir],
                      ["export", "cats", "--dir", self.town.dir],
                      ["device", "add", "--dir", self.town.dir],
                      ["device", "revoke", "one", "--dir", self.town.dir],
                      ["device", "lost", "1", "--dir", self.town.dir],
                      ["worklist", "resolve", "1", "--done", "noted", "--dir", self.town.dir],
                      ["worklist", "resolve", "1", "--done", "danced", "--by", "x", "--dir",
                       self.town.dir],
                      ["import", "schedule", __file__, "--dir", self.town.dir, "--from", "soon"]):
            told = server(*words, expect=2)
            self.assertEqual(told.stdout, "")
            self.assertTrue(told.stderr, words)

    def test_the_town_is_told_and_set_anew(self):
        def told(*words):
            return json.loads(server("town", *words, "--json", "--dir", self.town.dir).stdout)

        before = told()
        self.assertIsNone(before["next_opening"])
        after = told("--next-opening", "2121-07-12 09:00", "--telephone", "0120-111-222")
        self.assertEqual(after, {**before, "next_opening": "2121-07-12 09:00",
                                 "telephone": "0120-111-222"})
        self.assertEqual(told(), after)
        self.assertIn("next opening: 2121-07-12 09:00",
                      server("town", "--dir", self.town.dir).stdout)
        for wrong in (["--next-opening", "soon"], ["--next-opening", "2121-07-12"],
                      ["--next-opening", "2121-02-30 09:00"], ["--telephone", "call me"]):
            self.assertIn(wrong[0], server("town", *wrong, "--dir", self.town.dir, expect=2).stderr)
        self.assertEqual(told("--next-opening", "none", "--telephone", before["telephone"]), before)

    def test_seats_are_shared_out_as_the_town_sets(self):
        def told(*words):
            return json.loads(server("town", *words, "--json", "--dir", self.town.dir).stdout)

        nothing = {"second_doses": 0, "second_doses_open_days": 0}
        self.assertEqual(told()["shares"], nothing)
        shared = {"kiosk": 60, "web": 20, "second_doses": 30, "second_doses_open_days": 2}
        self.assertEqual(told("--share", "kiosk=60", "--share", "web=20", "--second-doses", "30",
                              "--second-doses-open", "2")["shares"], shared)
        self.assertEqual(told("--telephone", "0120-000-000")["shares"], shared)
        said = server("town", "--dir", self.town.dir).stdout
        self.assertIn("seats: kiosk 60 %, web 20 %, the rest is the others'", said)
        self.assertIn("second doses: 30 % of each channel's seats are kept until 2 days before",
                      said)
        for wrong in (["--share", "kiosk"], ["--share", "phone=10"], ["--share", "kiosk=ten"],
                      ["--share", "kiosk=101"], ["--share", "kiosk=60", "--share", "web=50"],
                      ["--share", "kiosk=1", "--share", "kiosk=2"],
                      ["--share", "kiosk=60", "--share", "web=20", "--share", "call-centre=10"],
                      ["--second-doses", "101"], ["--second-doses-open", "-1"]):
            server("town", *wrong, "--dir", self.town.dir, expect=2)
        self.assertEqual(told()["shares"], shared)
        self.assertEqual(told("--share", "none", "--second-doses", "0", "--second-doses-open",
                              "0")["shares"], nothing)

    def test_a_dose_record_is_a_page_for_whoever_holds_the_ticket(self):
        ticket = self.town.ticket(3)
        page = self.town.folder / "record.pdf"

        def record(*words, said=ticket + "\n", expect=0):
            return server("dose-record", "--dir", self.town.dir, "--out", page, *words, said=said,
                          expect=expect)

        given = ["--date", day(-1), "--vaccine", "pfizer"]
        told = json.loads(record(*given, "--time", "10:00", "--venue", "1", "--json").stdout)
        self.assertEqual((told["dose"], told["date"], told["vaccine"]), (1, day(-1), "pfizer"))
        self.assertTrue(told["code"].startswith("MADO2:"))
        self.assertTrue(page.read_bytes().startswith(b"%PDF"))
        self.assertEqual(stat.S_IMODE(page.stat().st_mode), 0o600)
        whole = "21" + "272205" + ticket
        self.assertNotIn(ticket, record(*given, said=whole + "\n").stdout)

        for words, said in ((given, "1234567890\n"), (given, ""), (given, "no ticket\n"),
                            ([], ticket + "\n"), (["--date", day(-1)], ticket + "\n"),
                            (["--date", day(1), "--vaccine", "pfizer"], ticket + "\n"),
                            (["--date", day(-1), "--vaccine", "sputnik"], ticket + "\n"),
                            ([*given, "--time", "25:00"], ticket + "\n")):
            self.assertTrue(record(*words, said=said, expect=1).stderr)

        # What the books have needs no telling.
        self.town.take("results", "接種券ID,接種自治体名,接種日,ワクチン種,接種回数,ロット番号\n"
                                  f"{ticket},みどり市,{day(-2)},ファイザー,1,A1\n")
        self.assertEqual(json.loads(record("--json").stdout)["date"], day(-2))

    def test_a_word_that_is_no_command_is_named(self):
        for words in (["dance"], ["device", "dance"], ["import", "dance", "f"], ["--dance"],
                      ["run", "--dance"]):
            self.assertIn("dance", server(*words, expect=2).stderr, words)

    @unittest.skipUnless(KIOSK.exists(), "the kiosk is not built")
    def test_a_word_that_is_no_command_of_the_kiosk_is_named(self):
        for words in (["dance"], ["journal", "dance"], ["run", "--dance"]):
            self.assertIn("dance", run(KIOSK, *words, expect=2).stderr, words)

    def test_a_folder_without_a_town_is_named_as_such(self):
        for words in (["run"], ["import", "venues", __file__], ["export", "bookings"],
                      ["device", "add", "--kind", "kiosk", "--name", "x"], ["device", "list"],
                      ["device", "confirm", "x"], ["device", "revoke", "1"],
                      ["device", "lost", "1", "--by", "x"],
                      ["device", "return-seats", "1", "--by", "x"], ["worklist", "list"],
                      ["worklist", "resolve", "1", "--done", "noted", "--by", "x"],
                      ["journal", "import", __file__], ["audit"],
                      ["dose-record", "--out", "x.pdf"]):
            for folder in (self.town.folder, self.town.folder / "nowhere"):
                told = server(*words, "--dir", folder, expect=2)
                self.assertIn(f"{folder} holds no town; madoguchi-server init makes one", told.stderr)
        self.assertEqual(list(self.town.folder.glob("*.db*")), [])

    def test_a_port_that_there_is_not_is_refused(self):
        for option in ("--listen", "--device-listen"):
            for address in ("127.0.0.1:99999", "127.0.0.1:65536", "127.0.0.1:x", "127.0.0.1", ":1"):
                told = server("run", "--dir", self.town.dir, option, address, expect=2)
                self.assertIn(f"{address} is not HOST:PORT with a port from 0 to 65535", told.stderr)

    def test_a_town_is_not_made_twice(self):
        told = server("init", self.town.dir, "--municipality", "272205", "--name", "x", expect=1)
        self.assertIn("already holds a town", told.stderr)

    def test_a_town_that_cannot_be_is_not_half_made(self):
        folder = self.town.folder / "nowhere"
        for code, why in (("272206", "after 27220 it should be 5 (272205)"),
                          ("000000", "after 00000 it should be 1"), ("12", "it has six digits"),
                          ("272205x", "it has six digits"),
                          ("999997", "no municipality has the code 999997")):
            told = server("init", folder, "--municipality", code, "--name", "x", expect=2)
            self.assertIn(why, told.stderr)
            told = server("init", folder, "--municipality", "272205", "--name", "x",
                          "--service-area", code, expect=2)
            self.assertIn(why, told.stderr)
            self.assertFalse(folder.exists())
        for words, why in ((["--name", ""], "--name is empty"), (["--name", "  "], "--name is empty"),
                           (["--name", "x" * 1000], "name"), (["--name", "x\ny"], "name"),
                           (["--name", "みどり市😀"], "no screen can show"),
                           (["--name", "x", "--telephone", "1" * 1000], "telephone"),
                           (["--name", "x", "--name-en", "みどり市"], "no English name"),
                           (["--name", "x", "--telephone", "なし"], "is no telephone number")):
            told = server("init", folder, "--municipality", "272205", *words, expect=2)
            self.assertIn(why, told.stderr)
            self.assertNotIn("Corrupt", told.stderr)
            self.assertFalse(folder.exists())

    def test_a_town_may_have_a_disk_of_its_own(self):
        disk = self.town.folder / "disk"
        (disk / "lost+found").mkdir(parents=True)
        (disk / ".making" / "half").mkdir(parents=True)  # an init that was killed
        inode = disk.stat().st_ino
        server("init", disk, "--municipality", "272205", "--name", "x")
        self.assertEqual(disk.stat().st_ino, inode)
        self.assertTrue((disk / "town.db").exists())
        self.assertTrue((disk / "lost+found").exists())
        self.assertFalse((disk / ".making").exists())
        (self.town.folder / "full").mkdir()
        (self.town.folder / "full" / "holiday.jpg").touch()
        told = server("init", self.town.folder / "full", "--municipality", "272205", "--name", "x",
                      expect=1)
        self.assertIn("is not an empty folder", told.stderr)

    def test_secrets_are_for_the_owner_alone_and_it_says_that_files_are_for_a_demo(self):
        told = server("init", self.town.folder / "second", "--municipality", "272205", "--name", "x",
                      "--service-area", "272035")
        self.assertIn("demo", told.stderr)
        for path in (self.town.folder / "second/credentials").iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        mode = stat.S_IMODE((self.town.folder / "second/credentials").stat().st_mode)
        self.assertEqual(mode, 0o700)

    def test_bad_rows_are_named_and_nothing_is_imported(self):
        good = "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日\n0000000099,,,1950-01-01,FALSE,\n"
        bad = good + "00000000x1,,,1950-01-01,FALSE,\n0000000098,,,1950-13-01,FALSE,\n"
        told = self.town.take("residents", bad, expect=1)
        lines = told.stderr.splitlines()
        file = self.town.folder / "residents.csv"
        self.assertTrue(lines[0].startswith(f"{file}:3: 接種券番号: "), lines)
        self.assertTrue(lines[1].startswith(f"{file}:4: 生年月日: "), lines)
        self.assertNotIn("00000000x1", told.stderr)
        report = json.loads(self.town.take("residents", bad, "--json", expect=1).stdout)
        self.assertEqual(report["bad"],
                         [{"line": 3, "column": "接種券番号", "reason": "not_ten_digits",
                           "text": "not ten digits"},
                          {"line": 4, "column": "生年月日", "reason": "not_birth_date",
                           "text": "not a date of birth (write 1937-01-31)"}])
        self.assertIn("1 added", self.town.take("residents", good).stdout)

    def test_bad_rows_can_be_left_out(self):
        text = "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日\n" + \
            "0000000061,,,1950-01-01,FALSE,\n00000000x1,,,1950-01-01,FALSE,\n" + \
            "0000000062,,,1950-13-01,FALSE,\n0000000063,,,1950-01-01,FALSE,\n"
        file = self.town.folder / "residents.csv"
        skip = "--skip-bad-rows"
        told = self.town.take("residents", text, skip, "--dry-run", expect=1)
        self.assertIn("2 can be taken; nothing was imported", told.stdout)
        self.assertIn(f"{file}: lines left out, being wrong or in doubt: 2", told.stderr)
        told = self.town.take("residents", text, skip, expect=1)
        self.assertIn("2 added, 0 changed, 0 unchanged (2 in all)", told.stdout)
        lines = told.stderr.splitlines()
        self.assertEqual(len(lines), 3, lines)
        self.assertTrue(lines[0].startswith(f"{file}:3: 接種券番号: "), lines)
        self.assertTrue(lines[1].startswith(f"{file}:4: 生年月日: "), lines)
        report = json.loads(self.town.take("residents", text, skip, "--json", expect=1).stdout)
        self.assertEqual((report["rows"], report["unchanged"], report["lines_left_out"]), (2, 2, 2))
        self.assertEqual([row["line"] for row in report["bad"]], [3, 4])
        good = "".join(line + "\n" for line in text.splitlines() if "x1" not in line and
                       "-13-" not in line)
        self.assertIn("2 unchanged", self.town.take("residents", good, skip).stdout)
        # Nobody can say what its columns mean.
        headless = text.replace("生年月日", "誕生日")
        told = self.town.take("residents", headless, skip, expect=1)
        self.assertIn("nothing of", told.stderr)
        self.assertEqual(told.stdout, "")
        for kind in ("vaccines", "venues", "schedule", "residents", "results"):
            self.assertIn(skip, server("import", kind, "--help").stdout)

    def test_a_file_that_is_wrong_throughout_is_told_row_by_row(self):
        header = "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日\n"
        bad = header + "x,,,1950-01-01,FALSE,\n" * 10_000 + "1\n" * 10_000
        lines = self.town.take("residents", bad, expect=1).stderr.splitlines()
        self.assertEqual(len(lines), 20_001)
        self.assertIn("nothing of", lines[-1])
        self.assertIn("places that are wrong: 20,000", lines[-1])
        report = json.loads(self.town.take("residents", bad, "--json", expect=1).stdout)
        self.assertEqual([row["line"] for row in report["bad"]], list(range(2, 20_002)))
        self.assertEqual(report["bad_more"], 0)

    def test_a_clerk_is_told_in_the_language_that_the_terminal_or_the_command_names(self):
        header = "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日\n"
        bad, good = header + "x,,,1950-01-01,FALSE,\n", header + "0000000055,,,1950-01-01,FALSE,\n"
        japanese, english = "10桁の数字ではありません", "not ten digits"

        def told(options, env, text=bad, expect=1):
            done = self.town.take("residents", text, *options, env=env, expect=expect)
            return done.stdout + done.stderr

        unset = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}
        for env in ({"LC_ALL": "ja_JP.UTF-8"}, {**unset, "LANG": "ja_JP.UTF-8"},
                    {**unset, "LC_MESSAGES": "ja_JP.UTF-8", "LANG": "en_US.UTF-8"}):
            self.assertIn(f":2: 接種券番号: {japanese}", told([], env))
            self.assertIn("取り込んでいません。誤りのある箇所：1", told([], env))
            self.assertIn(english, told(["--language", "en"], env))
            self.assertIn("住民名簿：追加", told([], env, good, 0))
        for env in (unset, {"LC_ALL": "C", "LANG": "ja_JP.UTF-8"}, {"LC_ALL": "de_DE.UTF-8"}):
            self.assertIn(f":2: 接種券番号: {english}", told([], env))
            self.assertIn(japanese, told(["--language", "ja"], env))
        row = json.loads(self.town.take("residents", bad, "--json", "--language", "ja",
                                        expect=1).stdout)["bad"][0]
        self.assertEqual((row["reason"], row["text"]), ("not_ten_digits", japanese))
        self.town.take("residents", bad, "--language", "eo", expect=2)

    def test_a_file_that_says_nothing_is_refused(self):
        header = "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日\n"
        for options in ([], ["--dry-run"], ["--json"]):
            told = self.town.take("residents", header, *options, expect=1)
            self.assertIn("residents.csv: the file holds no rows, only a header", told.stderr)
        self.assertEqual([row["reason"] for row in json.loads(told.stdout)["bad"]], ["no_rows"])
        header = "venue,weekday,date,from,to,minutes,seats\n"
        told = self.town.take("schedule", header + "1,,2001-01-01,09:00,10:00,30,4\n", expect=1)
        self.assertIn("schedule.csv:2: date: a day that has passed", told.stderr)
        told = self.town.take("schedule", header + f"1,,{day(40)},09:00,10:00,30,4\n", expect=1)
        self.assertIn("falls on the days that are planned", told.stderr)

    def test_a_dry_run_imports_nothing(self):
        text = "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日\n0000000077,,,1950-01-01,FALSE,\n"
        self.assertIn("nothing was imported", self.town.take("residents", text, "--dry-run").stdout)
        self.assertIn("1 added", self.town.take("residents", text).stdout)
        self.assertIn("1 unchanged", self.town.take("residents", text).stdout)

    def test_a_file_that_is_not_there_fails(self):
        told = server("import", "residents", "/nowhere.csv", "--dir", self.town.dir, expect=1)
        self.assertIn("the file cannot be read (/nowhere.csv", told.stderr)

    def test_settings_come_from_a_file_too(self):
        file = self.town.file("settings.toml", f'[export]\ndir = "{self.town.dir}"\n')
        told = server("--config", file, "export", "bookings")
        self.assertTrue(told.stdout.startswith("number,venue,date,time,"))
        bad = self.town.file("bad.toml", '[export]\ndri = "x"\n')
        server("--config", bad, "export", "bookings", "--dir", self.town.dir, expect=2)

    def test_a_device_needs_to_know_where_the_server_is(self):
        told = server("device", "add", "--dir", self.town.dir, "--kind", "kiosk", "--name", "x",
                      expect=1)
        self.assertIn("--address", told.stderr)
        told = server("device", "add", "--dir", self.town.dir, "--kind", "kiosk", "--name", "x",
                      "--address", "town.example:8443")
        self.assertTrue(told.stdout.startswith("town.example:8443/"))

    def test_an_address_that_is_taken_is_told(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            done = subprocess.run([PROGRAM, "run", "--dir", self.town.dir, "--listen", address,
                                   "--device-listen", "127.0.0.1:0"],
                                  capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot listen", done.stderr)

    def test_a_log_on_a_full_disk_ends_nothing_in_another_way(self):
        for program in (PROGRAM, PROGRAM.parent / "madoguchi-kiosk"):
            with open("/dev/full", "w") as full:
                done = subprocess.run([program, "run", "--dir", "/nowhere"], stderr=full, timeout=60)
            self.assertIn(done.returncode, (1, 2), program.name)

    def test_imports_go_on_while_the_server_runs(self):
        self.town.start()
        self.assertIn("changed", self.town.schedule(day(11), 3).stdout)
        self.assertEqual(self.town.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
