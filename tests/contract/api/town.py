"""A small town on a real server over loopback TLS, and devices that speak to it as any client could.

The programs are in MADO_BIN, or in build/dev/bin. Everything stands in a folder that is gone at the end.
"""

import base64
import contextlib
import csv
import datetime
import hashlib
import http.client
import io
import json
import os
import shutil
import signal
import sqlite3
import ssl
import struct
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(os.environ.get("MADO_BIN", ROOT / "build/dev/bin")) / "madoguchi-server"


class Failure(Exception):
    """A program said no, or what was waited for did not come."""


# What a person's settings would change in what is printed.
PLAIN = {**os.environ, "LC_ALL": "C.UTF-8"}


def run(*words, expect=0, env=None, said=None):
    """`said` is what the program reads from its standard input."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120,
                          env={**PLAIN, **(env or {})}, input=said)
    if done.returncode != expect:
        raise Failure(f"{words[0]} {words[1]}: {done.returncode}, not {expect}\n"
                      f"{done.stdout}{done.stderr}")
    return done


def server(*words, expect=0, env=None, said=None):
    return run(PROGRAM, *words, expect=expect, env=env, said=said)


def wait_for(what, state, timeout=60):
    end = time.monotonic() + timeout
    while True:
        seen = state()
        if seen:
            return seen
        if time.monotonic() > end:
            raise Failure(f"waited {timeout} s for {what}")
        time.sleep(0.02)


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def day(offset):
    """So many days from today in Japan."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=9)
    return (now.date() + datetime.timedelta(days=offset)).isoformat()


class Town:
    def __init__(self, people=20, seats=400):
        self.folder = Path(tempfile.mkdtemp(prefix="mado-api-"))
        self.dir = self.folder / "town"
        self.process = None
        self.log = self.folder / "server.log"
        self.residents = self.devices = "127.0.0.1:0"
        server("init", self.dir, "--municipality", "272205", "--name", "みどり市", "--telephone",
               "0120-000-000")
        self.take("venues", "id,name,name_en,address,telephone,vaccine\n"
                            "1,市民センター,Centre,中央1-1,072-000-0001,pfizer\n")
        self.schedule(day(7), seats)
        rows = "".join(f"{self.ticket(i)},,,1939-06-14,FALSE,\n" for i in range(1, people + 1))
        self.take("residents", "接種券番号,姓,名,生年月日,無効フラグ,2回目接種日\n" + rows)

    @staticmethod
    def ticket(person):
        return f"{1000000000 + person * 7:010d}"

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def take(self, kind, text, *options, expect=0, env=None):
        """Imports a file of this text."""
        return server("import", kind, self.file(f"{kind}.csv", text), "--dir", self.dir, *options,
                      expect=expect, env=env)

    def schedule(self, date, seats, expect=0):
        return self.take("schedule", "venue,weekday,date,from,to,minutes,seats\n"
                                     f"1,,{date},09:00,10:00,30,{seats}\n", expect=expect)

    def start(self, *options):
        out = open(self.folder / "server.out", "w+b")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(PROGRAM), "run", "--json", "--dir", str(self.dir), "--listen", self.residents,
                 "--device-listen", self.devices, *options],
                stdout=out, stderr=log, stdin=subprocess.DEVNULL)

        def ready():
            if self.process.poll() is not None:
                raise Failure(f"the server ended: {self.log.read_text()[-2000:]}")
            line = Path(out.name).read_text()
            return line.endswith("\n") and json.loads(line)

        addresses = wait_for("the server to listen", ready)
        out.close()
        # The same ports again after a restart, since the devices know them.
        self.residents, self.devices = addresses["residents"], addresses["devices"]
        return self

    def stop(self):
        """Asks it to end; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=30)

    def remove(self):
        if self.process is not None and self.process.poll() is None:
            self.kill()
        shutil.rmtree(self.folder)

    def trust(self):
        """What a client checks the server by: the town's CA and the address in the certificate."""
        return ssl.create_default_context(cafile=str(self.dir / "authority.pem"))

    def client(self, door=None, context=None, timeout=60, source=None):
        host, port = (door or self.residents).rsplit(":", 1)
        return http.client.HTTPSConnection(host, int(port), timeout=timeout,
                                           source_address=source and (source, 0),
                                           context=context or self.trust())

    def worklist(self, *options):
        """Its rows, a line of JSON each."""
        told = server("worklist", "list", "--json", "--dir", self.dir, *options).stdout
        return [json.loads(line) for line in told.splitlines()]

    def resolve(self, row, done, *options, by="佐藤", expect=0):
        return server("worklist", "resolve", row, "--done", done, "--by", by, "--dir", self.dir,
                      *options, expect=expect)

    def sql(self, statement, *values):
        """On the database itself, as whoever has the file could."""
        with contextlib.closing(sqlite3.connect(self.dir / "town.db", timeout=30)) as database:
            database.execute("PRAGMA ignore_check_constraints = ON")
            rows = database.execute(statement, values).fetchall()
            database.commit()
            return rows

    def device_rows(self):
        return json.loads(server("device", "list", "--json", "--dir", self.dir).stdout)

    def bookings(self):
        text = server("export", "bookings", "--dir", self.dir).stdout
        return list(csv.DictReader(io.StringIO(text)))

    def new_key(self, name):
        """A P-256 key and its signing request, by openssl's own commands."""
        key = self.folder / f"{name}.key"
        run("openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
        request = run("openssl", "req", "-new", "-key", key, "-subj", "/CN=kiosk").stdout
        return key, request

    def enrolled(self, name="ロビー"):
        """A device that went the whole way."""
        device = Device(self, name)
        device.ask_in()
        device.confirm()
        device.fetch_grant()
        return device


class Device:
    def __init__(self, town, name):
        self.town = town
        self.name = name
        said = json.loads(server("device", "add", "--json", "--dir", town.dir, "--kind", "kiosk",
                                 "--name", name).stdout)
        self.code = said["code"]
        self.key, self.request = town.new_key(name)
        self.number = 0
        self.previous = bytes(32)
        self.used = {}

    def enrol(self, request=None):
        """One question at the residents' door: (status, message)."""
        secret = self.code.split("/")[1]
        return exchange(self.town.client(), "POST", "/v1/enrol", {
            "secret": secret, "signing_request": request or self.request, "kind": "kiosk",
            "name": self.name})

    def ask_in(self):
        status, pending = self.enrol()
        if status != 202:
            raise Failure(f"enrolment: {status} {pending}")
        self.id = pending["device"]
        self.fingerprint = pending["fingerprint"]

    def confirm(self):
        server("device", "confirm", self.fingerprint, "--dir", self.town.dir)

    def fetch_grant(self):
        status, self.grant = self.enrol()
        if status != 200:
            raise Failure(f"enrolment: {status} {self.grant}")
        self.certificate = self.town.folder / f"{self.name}.pem"
        self.certificate.write_text(self.grant["certificate"])

    def client(self, timeout=60):
        context = self.town.trust()
        context.load_cert_chain(self.certificate, self.key)
        return self.town.client(self.town.devices, context, timeout)

    def get(self, path, **options):
        return exchange(self.client(**options), "GET", path)

    def post(self, path, message):
        return exchange(self.client(), "POST", path, message)

    # Events, chained as the journal chains them.

    def event(self, **meaning):
        self.number += 1
        body = json.dumps({"decided_at_ms": int(time.time() * 1000),
                           "nonce": base64url(os.urandom(16)), **meaning}, ensure_ascii=False)
        envelope = {"number": self.number, "previous": base64url(self.previous), "body": body}
        self.previous = self.hash_of(envelope)
        return envelope

    def hash_of(self, envelope):
        parts = [base64.urlsafe_b64decode(envelope["previous"] + "="), struct.pack(">Q", self.id),
                 struct.pack(">Q", envelope["number"]), envelope["body"].encode()]
        return hashlib.sha256(b"".join(struct.pack(">Q", len(part)) + part for part in parts)).digest()

    def started(self):
        return self.event(kind="started")

    def booked(self, person, slot, dose=1, **declared):
        self.used[slot] = self.used.get(slot, 0) + 1
        return self.event(kind="booked", used=self.used[slot], booking={
            "id": {"device": self.id, "number": self.number + 1}, "person": person, "dose": dose,
            "slot": slot, "condition_declared": False, "state": "live", "version": 1, **declared})

    def push(self, *events):
        return self.post("/v1/events", {"events": list(events)})

    def lease(self, slot, level):
        status, answer = self.post("/v1/leases", {"wishes": [{"slot": slot, "level": level}]})
        if status != 200:
            raise Failure(f"lease: {status} {answer}")
        return answer["levels"][0]["granted"]

    def changes(self, position, wait=0, **options):
        return self.get(f"/v1/changes?epoch={position['epoch']}&after={position['number']}"
                        f"&wait={wait}", **options)

    def snapshot(self):
        status, snapshot = self.get("/v1/snapshot")
        if status != 200:
            raise Failure(f"snapshot: {status} {snapshot}")
        return snapshot


def exchange(client, method, path, message=None):
    """One request on a connection of its own: (status, JSON)."""
    body = None if message is None else json.dumps(message, ensure_ascii=False).encode()
    headers = {} if body is None else {"Content-Type": "application/json"}
    try:
        client.request(method, path, body, headers)
        answer = client.getresponse()
        text = answer.read()
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(text) if is_json else text
    finally:
        client.close()
