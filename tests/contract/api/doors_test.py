"""What strangers, slow clients and broken ones get at the two doors."""

import contextlib
import json
import os
import socket
import ssl
import time
import unittest
import warnings
from pathlib import Path

from town import ROOT, Town, exchange, run

DATA = Path(os.environ.get("MADOGUCHI_DATA", ROOT.parent / "shared/data"))


class Doors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.town = Town().start()
        cls.device = cls.town.enrolled("kiosk")

    @classmethod
    def tearDownClass(cls):
        cls.town.remove()

    def tearDown(self):
        """Whatever happened, the server still serves."""
        well = (200, {"status": "ok", "silent_devices": 0, "waiting_calls": 0})
        self.assertEqual(exchange(self.town.client(), "GET", "/healthz"), well)
        self.assertEqual(self.device.get("/healthz"), well)

    def raw(self, *pieces, door=None):
        """Sends bytes over TLS at the residents' door and returns all that comes back."""
        host, port = (door or self.town.residents).rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=60) as plain, \
                self.town.trust().wrap_socket(plain, server_hostname=host) as secure:
            for piece in pieces:
                secure.sendall(piece)
            return self.rest(secure)

    @staticmethod
    def rest(secure):
        answer = b""
        try:
            while piece := secure.recv(65536):
                answer += piece
        except (ConnectionError, ssl.SSLError):
            pass
        return answer

    def status(self, answer):
        return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else None

    # Certificates.

    def test_nobody_enters_without_a_certificate(self):
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            exchange(self.town.client(self.town.devices), "GET", "/healthz")

    def certificate(self, name, *options):
        key, _ = self.town.new_key(name)
        file = self.town.folder / f"{name}.crt"
        run("openssl", "req", "-new", "-x509", "-key", key, "-subj", f"/CN={name}", "-days", "30",
            "-out", file, *options)
        return file, key

    def with_certificate(self, file, key):
        context = self.town.trust()
        context.load_cert_chain(file, key)
        return self.town.client(self.town.devices, context)

    def test_nobody_enters_with_the_certificate_of_another_authority(self):
        authority, authority_key = self.certificate("foreign-authority")
        key, request = self.town.new_key("foreign")
        file = self.town.folder / "foreign.csr"
        file.write_text(request)
        run("openssl", "x509", "-req", "-in", file, "-CA", authority, "-CAkey", authority_key,
            "-set_serial", "7", "-days", "30", "-out", self.town.folder / "foreign.crt")
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            exchange(self.with_certificate(self.town.folder / "foreign.crt", key), "GET", "/healthz")

    def issue(self, name, days):
        """A device's certificate by the town's own authority, but for a key that nobody enrolled."""
        key, request = self.town.new_key(name)
        csr, crt = self.town.folder / f"{name}.csr", self.town.folder / f"{name}.crt"
        csr.write_text(request)
        extensions = self.town.file(f"{name}.ext", "extendedKeyUsage=clientAuth\n")
        run("openssl", "x509", "-req", "-in", csr, "-CA", self.town.dir / "authority.pem", "-CAkey",
            self.town.dir / "credentials/authority.key", "-set_serial", "77", "-days", str(days),
            "-extfile", extensions, "-out", crt)
        return crt, key

    def test_a_key_that_was_not_enrolled_is_refused(self):
        status, refusal = exchange(self.with_certificate(*self.issue("stranger", 30)), "GET",
                                   "/v1/snapshot")
        self.assertEqual((status, refusal["error"]), (403, "not-enrolled"))

    def test_dates_of_a_certificate_do_not_decide(self):
        # It ran out yesterday; what counts is the enrolment table, and there it is not.
        status, refusal = exchange(self.with_certificate(*self.issue("old", -1)), "GET",
                                   "/v1/snapshot")
        self.assertEqual((status, refusal["error"]), (403, "not-enrolled"))

    def test_old_versions_of_tls_are_not_spoken(self):
        context = self.town.trust()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("ALL:@SECLEVEL=0")
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            exchange(self.town.client(context=context), "GET", "/healthz")

    # Bytes that are no request.

    def test_garbage_on_the_port_harms_nobody(self):
        for door in (self.town.residents, self.town.devices):
            host, port = door.rsplit(":", 1)
            for garbage in (b"GET / HTTP/1.1\r\n\r\n", os.urandom(5000), b"\x16\x03\x01\xff\xff" * 99):
                with socket.create_connection((host, int(port)), timeout=60) as plain:
                    try:
                        plain.sendall(garbage)
                        while plain.recv(65536):
                            pass
                    except ConnectionError:
                        pass

    def test_what_is_no_http_is_told_so(self):
        for request in (b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n",
                        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                        b"GET * HTTP/1.1\r\nHost: a\r\n\r\n",
                        b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
                        b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                        b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
                        b"Content-Length: 3\r\n\r\n{}",
                        b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
                        b"Transfer-Encoding: chunked\r\n\r\n{}"):
            answer = self.raw(request)
            self.assertIn(self.status(answer), (400, 505), (request, answer))
            body = json.loads(answer.split(b"\r\n\r\n", 1)[1])
            self.assertIn("error", body)

    def test_a_header_without_end_is_too_large(self):
        answer = self.raw(b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20000)
        self.assertEqual(self.status(answer), 431)

    def test_a_body_that_is_too_large_is_refused_before_it_is_read(self):
        answer = self.raw(b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                          b"Content-Length: 99999999\r\n\r\n", b"x" * 100000)
        self.assertEqual(self.status(answer), 413)
        chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
        answer = self.raw(b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                          b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"0\r\n\r\n")
        self.assertEqual(self.status(answer), 413)

    def test_a_push_that_is_too_large_says_so(self):
        status, refusal = self.device.post("/v1/events", {"events": [], "filler": "x" * (5 << 20)})
        self.assertEqual((status, refusal["error"]), (413, "too-large"))

    def test_half_a_request_harms_nobody(self):
        host, port = self.town.residents.rsplit(":", 1)
        for part in (b"GET /heal", b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{"):
            with socket.create_connection((host, int(port)), timeout=60) as plain:
                secure = self.town.trust().wrap_socket(plain, server_hostname=host)
                secure.sendall(part)
                secure.close()

    def test_a_client_that_dawdles_is_let_go(self):
        # Ten seconds for a header, and three times that for a machine that is busy.
        begun = time.monotonic()
        self.assertEqual(self.raw(b"GET /healthz HTTP/1.1\r\n"), b"")
        self.assertLess(time.monotonic() - begun, 30)

    def test_a_client_that_drips_is_let_go(self):
        """A byte now and then wins no time: the ten seconds are for the header as a whole."""
        host, port = self.town.residents.rsplit(":", 1)
        with socket.create_connection((host, int(port)), timeout=60) as plain, \
                self.town.trust().wrap_socket(plain, server_hostname=host) as secure:
            begun = time.monotonic()
            secure.sendall(b"GET /healthz HTTP/1.1\r\nX: ")
            while time.monotonic() - begun < 30 and not self.has_ended(secure, within=0.5):
                try:
                    secure.sendall(b"a")
                except (ConnectionError, ssl.SSLError):
                    break
            self.assertLess(time.monotonic() - begun, 30)

    def test_an_address_has_only_so_many_connections_and_others_come_in(self):
        host, port = self.town.residents.rsplit(":", 1)
        with contextlib.ExitStack() as open_ones:
            for _ in range(600):
                plain = socket.create_connection((host, int(port)), timeout=60)
                open_ones.enter_context(plain)
            plain.settimeout(60)
            self.assertEqual(plain.recv(1), b"", "one too many is closed at once")
            client = self.town.client(source="127.0.0.2")
            self.assertEqual(exchange(client, "GET", "/healthz")[0], 200)
        # What was closed here is closed there a moment later.
        self.assertTrue(any(self.serves() or time.sleep(0.1) for _ in range(600)))

    def test_an_address_asks_only_so_often_and_others_are_answered(self):
        client = self.town.client(source="127.0.0.3")
        statuses = set()
        for _ in range(20_000):
            if 429 in statuses:
                break
            client.request("GET", "/healthz")
            answer = client.getresponse()
            answer.read()
            statuses.add(answer.status)
        self.assertEqual(answer.getheader("Retry-After"), "1")
        self.assertEqual(statuses, {200, 429})
        self.assertTrue(self.serves())

    def serves(self):
        try:
            return exchange(self.town.client(), "GET", "/healthz")[0] == 200
        except (ConnectionError, ssl.SSLError):
            return False

    @staticmethod
    def has_ended(secure, within):
        """Whether the other side closes within so many seconds; it has nothing else to say."""
        secure.settimeout(within)
        try:
            return not secure.recv(1)
        except TimeoutError:
            return False
        except (ConnectionError, ssl.SSLError):
            return True

    # HTTP as it should be.

    def test_methods_and_addresses(self):
        client = self.town.client()
        client.request("DELETE", "/healthz")
        answer = client.getresponse()
        self.assertEqual((answer.status, answer.getheader("Allow")), (405, "GET, HEAD"))
        self.assertEqual(json.loads(answer.read())["error"], "wrong-method")
        client.request("GET", "/nothing")
        answer = client.getresponse()
        self.assertEqual(answer.status, 404)
        answer.read()
        client.request("HEAD", "/healthz")
        answer = client.getresponse()
        self.assertEqual((answer.status, answer.getheader("Content-Length"), answer.read()),
                         (200, "52", b""))
        client.request("GET", "/v1/snapshot")
        answer = client.getresponse()
        self.assertEqual((answer.status, answer.read() != b""), (404, True))
        client.close()

    def test_the_type_of_a_message_counts(self):
        client = self.town.client()
        client.request("POST", "/v1/enrol", b"{}", {"Content-Type": "text/html"})
        self.assertEqual(client.getresponse().status, 415)
        client.close()
        self.assertEqual(exchange(self.town.client(), "POST", "/v1/enrol", [])[0], 400)

    def test_requests_in_a_row_are_answered_in_a_row(self):
        one = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        last = b"GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        answer = self.raw(one + b"\r\n" + one + one[:20], one[20:] + last)
        statuses = [int(part.split(b" ", 1)[0]) for part in answer.split(b"HTTP/1.1 ")[1:]]
        self.assertEqual(statuses, [200, 200, 200, 404])

    def test_older_and_whole_addresses_are_understood(self):
        answer = self.raw(b"GET /healthz HTTP/1.0\r\n\r\n")
        self.assertEqual(self.status(answer), 200)
        self.assertIn(b"Connection: close", answer)
        answer = self.raw(b"GET https://town.example/healthz HTTP/1.1\r\nHost: town.example\r\n"
                          b"Connection: close\r\n\r\n")
        self.assertEqual(self.status(answer), 200)

    def test_a_client_that_asks_first_is_told_to_go_on(self):
        body = b'{"secret": ""}'
        answer = self.raw(b"POST /v1/enrol HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                          b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: "
                          + str(len(body)).encode() + b"\r\n\r\n", body)
        self.assertTrue(answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 "), answer)

    def test_requests_that_others_collected(self):
        if not (DATA / "parsers/http").is_dir():
            self.skipTest(f"{DATA}/parsers/http is absent")
        try:
            import yaml
        except ImportError:
            self.skipTest("python3-yaml is absent")
        seen = 0
        for name in ("rfc-compliant.yaml", "more-compliant-tests.yaml"):
            for case in yaml.safe_load((DATA / "parsers/http" / name).read_text()):
                # An address without any byte is none (RFC 9112 §3), whatever the collection says.
                if case["expected"]["tier"] != "Compliant" or not case["uri"]:
                    continue
                answer = self.raw(as_bytes(case))
                # Understood, and then refused for what it asks, never as malformed.
                status = self.status(answer)
                self.assertIn(status, (404, 405, 413, 501) if has_length(case) else (404, 405, 501),
                              (case["name"], answer))
                seen += 1
        self.assertGreater(seen, 10)
        print(f"{seen} well-formed requests of others were understood")


def has_length(case):
    return any(header["name"].lower() == "content-length" for header in case["headers"] or [])


def as_bytes(case):
    lines = [f"{case['method']} {case['uri']} {case['version']}", "Host: town.example",
             "Connection: close"]
    lines += [f"{header['name']}: {header['value']}" for header in case["headers"] or []
              if header["name"].lower() not in ("host", "connection")]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"


if __name__ == "__main__":
    unittest.main(verbosity=2)
