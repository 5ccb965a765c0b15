#!/usr/bin/env python3
"""Bookings over HTTPS against nginx with a static file, in the same run, interleaved.

    https.py [--bin build/release/bin] [--rounds 5] [--requests 10000]

Each booking is one push of one event, durable before it is answered; nginx serves a file as long as
such an answer, over TLS with the same P-256 key. 64 keep-alive connections, one generator
(https_load) for all. Prints each round, then medians and ratios; never a pass or fail.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import served_town

ROOT = Path(__file__).resolve().parents[2]
ANSWER = ('{"answers":[{"number":1234,"verdict":"accepted","position":{"epoch":1,"number":123456}}],'
          '"fenced":false,"now_ms":1795300000000}')

NGINX = """
worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    keepalive_requests 100000000;
    default_type application/json;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {town}/load/nginx.pem;
        ssl_certificate_key {town}/load/nginx.key;
        ssl_protocols TLSv1.2 TLSv1.3;
        root {folder}/www;
    }}
}}
"""


def free_port():
    import socket
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


class Bench:
    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = folder
        self.town = folder / "town"

    def prepare(self):
        people = self.arguments.requests * (2 * self.arguments.rounds + 2) + 64
        served_town.make(self.arguments.bin, self.town, 64, people)
        (self.folder / "www").mkdir()
        (self.folder / "www/answer").write_text(ANSWER)
        for path in (self.folder, self.folder / "www"):
            path.chmod(0o755)

    def nginx(self):
        port = free_port()
        settings = self.folder / "nginx.conf"
        settings.write_text(NGINX.format(folder=self.folder, town=self.town, port=port))
        process = subprocess.Popen(["nginx", "-c", settings, "-p", self.folder],
                                   stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        if process.poll() is not None:
            sys.exit(f"nginx did not start: {(self.folder / 'nginx.log').read_text()}")
        try:
            return self.measured("get", f"127.0.0.1:{port}", "/answer")
        finally:
            process.terminate()
            process.wait(timeout=30)

    def ours(self, *options):
        with served_town.served(self.arguments.bin, self.town, *options) as address:
            return self.measured("book", address)

    def measured(self, kind, address, *path):
        return json.loads(served_town.run(self.arguments.bin / "https_load", kind, self.town, address,
                                          self.arguments.requests, *path))

    def rounds(self):
        sides = {"nginx, static file": self.nginx,
                 "ours, group commit": self.ours,
                 "ours, one by one": lambda: self.ours("--no-group-commit")}
        seen = {name: [] for name in sides}
        for number in range(self.arguments.rounds):
            for name, measure in sides.items():
                figures = measure()
                seen[name].append(figures)
                print(f"round {number + 1}  {name:<20} {figures['rate']:>7.0f}/s  "
                      f"p50 {figures['p50_ms']:7.3f} ms  p99 {figures['p99_ms']:7.3f} ms", flush=True)
        return seen


def median(figures, name):
    return statistics.median(one[name] for one in figures)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path, default=ROOT / "build/release/bin")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=10_000)
    arguments = parser.parse_args()
    arguments.bin = arguments.bin.absolute()
    if shutil.which("nginx") is None:
        sys.exit("nginx is missing (Debian: nginx-light)")
    # On a disk, not in memory: what is measured is durable.
    folder = Path(tempfile.mkdtemp(prefix="https-bench-", dir=os.environ.get("MADO_BENCH_DIR",
                                                                              "/var/tmp")))
    try:
        bench = Bench(arguments, folder)
        bench.prepare()
        seen = bench.rounds()
    finally:
        shutil.rmtree(folder)
    nginx = median(seen["nginx, static file"], "rate")
    print()
    for name, figures in seen.items():
        print(f"{name:<20} median {median(figures, 'rate'):>7.0f}/s = "
              f"{median(figures, 'rate') / nginx:.3f} × nginx, p50 {median(figures, 'p50_ms'):.3f} ms, "
              f"p99 {median(figures, 'p99_ms'):.3f} ms")


if __name__ == "__main__":
    main()
