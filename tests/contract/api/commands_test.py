"""The command line: what it prints, what it refuses, and how it ends."""

import json
import socket
import stat
import subprocess
import unittest

from town import PROGRAM, Town, day, server


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
                        ["journal", "import"], ["audit"]):
            told = server(*command, "--help").stdout
            self.assertIn("Usage:", told)
        self.assertIn("madoguchi-server import residents", server("import", "--help").stdout)
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

    def test_a_town_is_not_made_twice(self):
        told = server("init", self.town.dir, "--municipality", "272205", "--name", "x", expect=1)
        self.assertIn("already holds a town", told.stderr)

    def test_a_town_that_cannot_be_is_not_half_made(self):
        folder = self.town.folder / "nowhere"
        for code in ("272206", "000000", "12", "272205x"):
            server("init", folder, "--municipality", code, "--name", "x", expect=1)
            self.assertFalse(folder.exists())

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
        self.assertEqual([row["line"] for row in report["bad"]], [3, 4])
        self.assertIn("1 added", self.town.take("residents", good).stdout)

    def test_a_dry_run_imports_nothing(self):
        text = "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日\n0000000077,,,1950-01-01,FALSE,\n"
        self.assertIn("nothing was imported", self.town.take("residents", text, "--dry-run").stdout)
        self.assertIn("1 added", self.town.take("residents", text).stdout)
        self.assertIn("1 unchanged", self.town.take("residents", text).stdout)

    def test_a_file_that_is_not_there_fails(self):
        server("import", "residents", "/nowhere.csv", "--dir", self.town.dir, expect=1)

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

    def test_imports_go_on_while_the_server_runs(self):
        self.town.start()
        self.assertIn("changed", self.town.schedule(day(11), 3).stdout)
        self.assertEqual(self.town.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
