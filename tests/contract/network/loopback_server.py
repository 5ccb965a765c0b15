#!/usr/bin/env python3
"""A small TLS server that answers as its path says, for the contract of the network port.

loopback_server.py CHAIN KEY [CLIENT_CA]: listens on a free port of 127.0.0.1 and prints it. With
CLIENT_CA it asks for a client certificate. Ends when its standard input closes.
"""

import http.server
import ssl
import sys
import threading
import time


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    connections = 0

    def setup(self):
        super().setup()
        Handler.connections += 1

    def answer(self, status, content_type, body, length=None):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def cut(self):
        self.wfile.flush()
        self.close_connection = True

    def do_GET(self):
        path = self.path
        if path == "/good":
            self.answer(200, "Application/JSON; charset=utf-8", b'{"status":"ok"}')
        elif path == "/connections":
            self.answer(200, "application/json", str(Handler.connections).encode())
        elif path == "/who":
            peer = self.connection.getpeercert()
            names = dict(pair[0] for pair in peer["subject"]) if peer else {}
            self.answer(200, "text/plain", names.get("commonName", "nobody").encode())
        elif path == "/html":
            self.answer(200, "text/html", b"<html>Welcome to the hotel</html>")
        elif path == "/500":
            self.answer(500, "text/html", b"<h1>Internal Server Error</h1>")
        elif path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "/good")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "/half":
            self.answer(200, "application/json", b'{"status":', length=1000)
            self.cut()
        elif path == "/half-chunk":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b'ff\r\n{"status":')
            self.cut()
        elif path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            block = b"x" * 65536
            while True:
                self.wfile.write(b"10000\r\n" + block + b"\r\n")
        elif path == "/headers":
            self.send_response(200)
            while True:
                self.wfile.write(b"X-More: " + b"y" * 8000 + b"\r\n")
        elif path == "/silence":
            while True:
                time.sleep(1)
        elif path == "/close":
            self.close_connection = True
        elif path == "/garbage":
            self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
            self.close_connection = True
        else:
            self.answer(404, "application/json", b"{}")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, self.headers["Content-Type"], body)

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # half of these tests are clients that walk away


def main():
    chain, key = sys.argv[1:3]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    if len(sys.argv) > 3:
        context.load_verify_locations(sys.argv[3])
        context.verify_mode = ssl.CERT_REQUIRED
    server = Server(("127.0.0.1", 0), Handler)
    # The handshake is done in the connection's own thread.
    server.socket = context.wrap_socket(server.socket, server_side=True,
                                        do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
