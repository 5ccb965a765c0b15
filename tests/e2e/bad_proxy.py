"""A proxy of ours between kiosk and server: delays, cuts, repeats, damages, says strange things.

Moods of bytes pass TLS on as it comes; moods of requests speak TLS at both ends, with the town's
own certificate towards the kiosk and the kiosk's towards the server, as only a test can.
"""

import collections
import http.client
import http.server
import json
import socket
import ssl
import threading
import time

from programs import run

PAGE = b"<!DOCTYPE html><title>Wi-Fi</title><h1>Please accept our terms</h1>"
PORTAL = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE)
          + PAGE)
BROKEN = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"


def half(body):
    """The first half of a message: JSON that stops in the middle."""
    return body[:len(body) // 2]


# What becomes of the bytes of a connection, and of the requests of one.
OF_BYTES = ("passes", "delays", "cuts", "repeats", "damages", "portal", "plain_500")
OF_REQUESTS = ("html", "error_500", "json_500", "other_json", "half", "twice", "lost")
MOODS = OF_BYTES + OF_REQUESTS


class BadProxy:
    """Listens at one address and passes on to another, as its mood is; stands between them until it
    is stopped. `did` counts what it has done in each mood."""

    def __init__(self, listen, server, dice):
        self.server = server
        self.dice = dice
        self.mood = "passes"
        self.did = collections.Counter()
        self.lock = threading.Lock()
        self.open = set()
        self.to_kiosk = self.to_server = None
        self.listener = socket.create_server(listen)
        threading.Thread(target=self.accept, daemon=True).start()

    def speak_for(self, town, kiosk, folder):
        """Takes the town's and the kiosk's keys, so that it can answer as the server and ask as the
        kiosk."""
        credentials = town.dir / "credentials"
        request, leaf, chain = (folder / name for name in ("proxy.csr", "proxy.crt", "chain.pem"))
        extension = folder / "proxy.ext"
        extension.write_text("extendedKeyUsage = serverAuth\nbasicConstraints = CA:FALSE\n")
        authority = town.dir / "authority.pem"
        run("openssl", "req", "-new", "-key", credentials / "server.key", "-subj", "/CN=proxy",
            "-out", request)
        run("openssl", "x509", "-req", "-in", request, "-CA", authority, "-CAkey",
            credentials / "authority.key", "-CAcreateserial", "-CAserial", folder / "serial",
            "-days", "30", "-extfile", extension, "-out", leaf)
        chain.write_text(leaf.read_text() + authority.read_text())
        self.to_kiosk = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.to_kiosk.load_cert_chain(chain, credentials / "server.key")

        about = json.loads((kiosk.folder / "identity.json").read_text())
        certificate = folder / "kiosk.crt"
        certificate.write_text(about["certificate"])
        self.to_server = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.to_server.check_hostname = False
        self.to_server.verify_mode = ssl.CERT_NONE
        key = kiosk.folder / "credentials" / str(about["device"]) / "device.key"
        self.to_server.load_cert_chain(certificate, key)

    def set_mood(self, mood):
        """From the next connection on; those that are open are closed."""
        with self.lock:
            self.mood = mood
            closing, self.open = self.open, set()
        for connection in closing:
            shut(connection)

    def stop(self):
        self.listener.close()
        self.set_mood("passes")

    def note(self, mood):
        with self.lock:
            self.did[mood] += 1

    def keep(self, *connections):
        with self.lock:
            self.open.update(connections)

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.keep(connection)
            threading.Thread(target=self.serve, args=(connection, self.mood), daemon=True).start()

    def serve(self, connection, mood):
        try:
            if mood in OF_REQUESTS:
                Requests(self.to_kiosk.wrap_socket(connection, server_side=True), self, mood)
            elif mood in ("portal", "plain_500"):
                # Whoever says hello in TLS is answered in plain words.
                connection.recv(4096)
                connection.sendall(PORTAL if mood == "portal" else BROKEN)
                self.note(mood)
            else:
                self.pass_on(connection, mood)
        except OSError:
            pass
        finally:
            shut(connection)

    # ---- bytes

    def pass_on(self, connection, mood):
        server = socket.create_connection(self.server)
        self.keep(server)
        pumps = [threading.Thread(target=self.pump, args=(*ends, mood), daemon=True)
                 for ends in ((connection, server), (server, connection))]
        for pump in pumps:
            pump.start()
        for pump in pumps:
            pump.join()

    def pump(self, source, sink, mood):
        # Where in the stream it strikes: in the handshake, in a request, in an answer.
        left = self.dice.randrange(100, 4_000)
        try:
            while chunk := source.recv(65_536):
                strikes = left < len(chunk)
                if mood == "delays":
                    time.sleep(self.dice.uniform(0.05, 0.6))
                    self.note(mood)
                elif strikes and mood != "passes":
                    self.note(mood)
                    if mood == "cuts":
                        sink.sendall(chunk[:left])
                        break
                    if mood == "repeats":
                        chunk += chunk
                    if mood == "damages":
                        chunk = chunk[:left] + bytes([chunk[left] ^ 1]) + chunk[left + 1:]
                    left = self.dice.randrange(100, 4_000)
                left -= len(chunk)
                sink.sendall(chunk)
        except OSError:
            pass
        finally:
            shut(source)
            shut(sink)


class Requests(http.server.BaseHTTPRequestHandler):
    """One connection of a kiosk that takes this for the server."""

    protocol_version = "HTTP/1.1"

    def __init__(self, connection, proxy, mood):
        proxy.keep(connection)
        self.proxy = proxy
        self.mood = mood
        try:
            super().__init__(connection, ("kiosk", 0), None)
        finally:
            shut(connection)

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body):
        self.proxy.note(self.mood)
        if self.mood == "html":
            self.say(200, "text/html", PAGE)
        elif self.mood == "error_500":
            self.say(500, "text/html", PAGE)
        elif self.mood == "json_500":
            self.say(500, "application/json", b'{"error":"broken","text":"a proxy is ill"}')
        elif self.mood == "other_json":
            self.say(200, "application/json", b'{"status":"ok"}')
        else:
            self.ask_server(body)

    def ask_server(self, body):
        times = 2 if self.mood == "twice" and self.command == "POST" else 1
        for _ in range(times):
            status, kind, said = self.exchange(body)
        if self.mood == "lost":
            self.close_connection = True
        else:
            self.say(status, kind, half(said) if self.mood == "half" else said)

    def exchange(self, body):
        upstream = http.client.HTTPSConnection(*self.proxy.server, timeout=60,
                                               context=self.proxy.to_server)
        try:
            upstream.request(self.command, self.path, body,
                             {"Content-Type": "application/json"} if body else {})
            response = upstream.getresponse()
            return response.status, response.getheader("Content-Type"), response.read()
        finally:
            upstream.close()

    def say(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing: a test looks at what it did."""


def shut(connection):
    """Ends it for whoever waits in it, too."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    connection.close()
