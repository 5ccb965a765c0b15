"""The demo town on a real server: made by init and the imports, served over real HTTPS."""

import contextlib
import csv
import io
import json
import re
import sqlite3
import sys
from pathlib import Path

from programs import Program, ROOT, bin_dir, run, share_dir, wait_for

MUNICIPALITY = "272205"


def server(*words, expect=0):
    return run(bin_dir() / "madoguchi-server", *words, expect=expect)


class Town:
    """A town's folder and its server. Make it once, start and stop the server as often as you like."""

    def __init__(self, folder, say=lambda line: None):
        self.folder = Path(folder)
        self.dir = self.folder / "server"
        self.files = self.folder / "files"
        self.program = None
        self.residents = self.devices = "127.0.0.1:0"
        self.hosts = []  # names under which devices are told to reach the server
        self.inside = []  # what the server's command is put behind, as a network namespace
        self.log_before = 0
        self.say = say

    def make(self, *options, schedule=True):
        """Asks `init` for these options too."""
        self.folder.mkdir(parents=True, exist_ok=True)
        run(sys.executable, ROOT / "assets/demo/make_town.py", self.files)
        about = json.loads((self.files / "people.json").read_text())
        extra = [word for code in about.get("service_area", []) for word in ("--service-area", code)]
        server("init", self.dir, "--municipality", MUNICIPALITY, "--name", "みどり市",
               "--name-en", "Midori City", "--telephone", "0120-000-000", *extra,
               "--share", share_dir(), *options)
        kinds = ("venues", "schedule", "residents", "results")
        for kind in kinds if schedule else (kind for kind in kinds if kind != "schedule"):
            self.say(f"importing {kind}")
            server("import", kind, self.files / f"{kind}.csv", "--dir", self.dir)

    def plan_slots(self, rows):
        """Imports slots of the first venue: (date, from, to, minutes, seats) each."""
        file = self.folder / "slots.csv"
        lines = ["venue,weekday,date,from,to,minutes,seats"]
        lines += [f"1,,{date},{start},{end},{minutes},{seats}"
                  for date, start, end, minutes, seats in rows]
        file.write_text("\n".join(lines) + "\n")
        server("import", "schedule", file, "--dir", self.dir)

    def today(self):
        return json.loads((self.files / "people.json").read_text())["today"]

    def people(self):
        """The sample persons by their case; see make_town.py."""
        return json.loads((self.files / "people.json").read_text())["people"]

    def people_before_dose_one(self):
        """Everybody of this town who is grown up and can book a first dose, but the samples."""
        others = {person["ticket"] for person in self.people().values()}
        others |= {row["接種券ID"] for row in self.rows("results", "utf-8-sig")}
        grown_up = str(int(self.today()[:4]) - 19)
        for row in self.rows("residents", "cp932"):
            year, month, day = (int(part) for part in re.split("[-/]", row["生年月日"]))
            birth = f"{year}-{month:02}-{day:02}"
            can_book = row["無効フラグ"] == "FALSE" and row["自治体コード"] == MUNICIPALITY
            if can_book and birth < grown_up and row["接種券番号"] not in others:
                yield {"municipality": MUNICIPALITY, "ticket": row["接種券番号"],
                       "birth_date": birth}

    def rows(self, kind, encoding):
        with (self.files / f"{kind}.csv").open(encoding=encoding, newline="") as file:
            return list(csv.DictReader(file))

    def start(self):
        self.launch()
        self.wait_ready()
        return self

    def launch(self):
        """Starts the server and does not wait until it listens."""
        log = self.folder / "server.log"
        self.log_before = log.stat().st_size if log.exists() else 0
        names = [word for host in self.hosts for word in ("--host", host)]
        self.program = Program("madoguchi-server", [
            *self.inside, bin_dir() / "madoguchi-server", "run", "--json", "--dir", self.dir,
            "--listen", self.residents, "--device-listen", self.devices, *names], log)

    def said(self):
        """What the running server has written to its log."""
        return self.program.log.read_bytes()[self.log_before:].decode(errors="replace")

    def wait_ready(self):
        def ready():
            self.program.must_live()
            for line in self.said().splitlines():
                if line.startswith("{") and '"residents"' in line:
                    return json.loads(line)
            return None

        addresses = wait_for("the server to listen", ready)
        # The same ports again after a restart, since the devices know them.
        self.residents, self.devices = addresses["residents"], addresses["devices"]

    def stop(self):
        self.program.stop()

    def kill(self):
        self.program.kill()

    def enrol_kiosk(self, name, folder, venue=None):
        """Enrols as staff do: make a code, start the device, compare and confirm its fingerprint."""
        where = ["--venue", venue] if venue else []
        if self.hosts:
            where += ["--address", self.residents]
        said = json.loads(server("device", "add", "--json", "--dir", self.dir, "--kind", "kiosk",
                                 "--name", name, *where))
        device = Program("madoguchi-kiosk enrol", [
            bin_dir() / "madoguchi-kiosk", "enrol", said["code"], "--dir", folder, "--name", name],
            self.folder / f"{name}-enrol.log")

        def shown():
            for row in json.loads(server("device", "list", "--json", "--dir", self.dir)):
                if row["name"] == name and row["state"] == "pending" and \
                        row["fingerprint"] in device.text():
                    return row["fingerprint"]
            if not device.alive():
                device.must_live()
            return None

        server("device", "confirm", wait_for("the fingerprint on both sides", shown),
               "--dir", self.dir)
        wait_for("the enrolment to end", lambda: not device.alive())
        device.stop()

    def bookings(self):
        """Every booking that the server holds, as rows of its own export."""
        return list(csv.DictReader(io.StringIO(server("export", "bookings", "--dir", self.dir))))

    def live_bookings(self):
        return [row for row in self.bookings() if row["state"] != "cancelled"]

    def worklist(self):
        return list(csv.DictReader(io.StringIO(server("export", "worklist", "--dir", self.dir))))

    def sums_hold(self):
        """Reads the books themselves: booked + held + free = capacity for every slot, none negative."""
        wrong = self.read("SELECT count(*) FROM slot WHERE booked + held + free <> capacity "
                          "OR booked < 0 OR held < 0 OR free < 0")
        return wrong == 0

    def seats_held(self):
        """Seats that devices hold by lease and have not sold."""
        return self.read("SELECT sum(held) FROM slot") or 0

    def read(self, query):
        with contextlib.closing(sqlite3.connect(f"file:{self.dir / 'town.db'}?mode=ro",
                                                uri=True)) as books:
            return books.execute(query).fetchone()[0]
