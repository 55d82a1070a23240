#!/usr/bin/python3
"""A small HTTP server that writes each request down and answers one record.

    request_log.py --log FILE [--unix PATH] [--tls CERT KEY [--client-ca FILE]] [--answer FILE] [--redirect LOCATION]

It listens on a free port of 127.0.0.1, or on the socket PATH, and prints which, as one line. The log gets a JSON object
a request: method, target, headers as pairs in the order they came, body. It is a proxy too: a request for an absolute
URL is answered like any other, and CONNECT leads to the port that was asked for, whatever host that was. --answer: the
bytes of FILE are the whole response, head and all. --redirect: any path but /moved is sent there by status 302.
"""

import argparse
import json
import os
import select
import signal
import socket
import socketserver
import ssl
import threading

RECORD = b'{"n":1}\n'


def head_and_body(file):
    """The request line, the headers as pairs, and the body; None at the end of the connection."""
    line = file.readline().decode("latin-1").rstrip("\r\n")
    if not line:
        return None
    headers = []
    while (field := file.readline().decode("latin-1").rstrip("\r\n")):
        name, _, value = field.partition(":")
        headers.append((name, value.strip()))
    named = {name.lower(): value for name, value in headers}
    return line, headers, file.read(int(named.get("content-length", 0)))


def pump(source, target):
    try:
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # one side is gone; the other sees that by itself


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        if self.server.tls:
            try:
                self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
            except (ssl.SSLError, OSError):
                return
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        request = head_and_body(self.rfile)
        if not request:
            return
        line, headers, body = request
        method, target, _ = (line + "  ").split(" ", 2)
        certificate = self.connection.getpeercert() if self.server.tls else None
        self.note({"method": method, "target": target, "headers": headers, "body": body.decode("utf-8", "replace"),
                   **({"client": dict(pair[0] for pair in certificate["subject"])["commonName"]} if certificate else {})})
        if method == "CONNECT":
            return self.tunnel(target)
        options = self.server.options
        if options.redirect and not target.startswith("/moved"):
            return self.answer(b"302 Found", b"", b"Location: " + options.redirect.encode() + b"\r\n")
        if options.answer:
            with open(options.answer, "rb") as file:
                return self.wfile.write(file.read())
        return self.answer(b"200 OK", RECORD)

    def answer(self, status, body, fields=b""):
        self.wfile.write(b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n%b\r\n%b"
                         % (status, len(body), fields, body))

    def tunnel(self, target):
        with socket.create_connection(("127.0.0.1", int(target.rpartition(":")[2]))) as far:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=pump, args=(far, self.connection))
            back.start()
            pump(self.connection, far)
            back.join()

    def note(self, entry):
        with self.server.lock, open(self.server.options.log, "a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads, request_queue_size = True, 64


class UnixServer(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--log", "--unix", "--client-ca", "--answer", "--redirect"):
        parser.add_argument(name, required=name == "--log")
    parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"))
    options = parser.parse_args()
    parent = os.pidfd_open(os.getppid())
    open(options.log, "a").close()
    server = UnixServer(options.unix, Handler) if options.unix else Server(("127.0.0.1", 0), Handler)
    server.options, server.lock, server.tls = options, threading.Lock(), None
    if options.tls:
        server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.tls.load_cert_chain(*options.tls)
        if options.client_ca:
            server.tls.verify_mode = ssl.CERT_REQUIRED
            server.tls.load_verify_locations(options.client_ca)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(options.unix or server.server_address[1], flush=True)
    # Both ends of the server's life are descriptors to wait for: a signal's byte, the parent's end.
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    select.select([wake, parent], [], [])


if __name__ == "__main__":
    main()
