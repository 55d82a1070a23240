#!/usr/bin/python3
"""Proves that stream-tail holds nothing back: a server sends record n + 1 only after record n was read from its pipe.

Whatever waits for more bytes than the record's own (a read-ahead, a full buffer, the end of a gzip block) never sees
them, and the test ends with its time-out instead of a wrong figure.
"""

import os
import select
import socket
import subprocess
import zlib

SECONDS = 30  # as good as never
SIZES = [1, 2, 3, 5, 16, 100, 1000, 4095, 4096, 16383, 65535, 65536, 65537, 131072, 300_000] + [700] * 100


def record(number, size):
    return b'{"n":%d,"t":"%b"}' % (number, b"x" * size)


class Reader:
    def __init__(self, fd):
        self.fd, self.data = fd, b""

    def line(self):
        while b"\n" not in self.data:
            if not select.select([self.fd], [], [], SECONDS)[0]:
                raise SystemExit(f"nothing came; {len(self.data)} bytes of a line are here")
            more = os.read(self.fd, 1 << 16)
            if not more:
                raise SystemExit("stream-tail ended")
            self.data += more
        line, _, self.data = self.data.partition(b"\n")
        return line


def run(name, encode, headers, frame, eol=b"\n", options=()):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        tail = subprocess.Popen(["stream-tail", *options, url], stdout=subprocess.PIPE)
        connection, _ = listener.accept()
    with connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while b"\r\n\r\n" not in connection.recv(65536):
            pass
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + headers + b"\r\n")
        reader = Reader(tail.stdout.fileno())
        for number, size in enumerate(SIZES):
            text = record(number, size)
            connection.sendall(frame(encode(text + eol)))
            if reader.line() != text:
                raise SystemExit(f"{name}: record {number} came out changed")
        tail.terminate()
        print(f"{name}: {len(SIZES)} records in lock step, exit {tail.wait(SECONDS)}")
    tail.stdout.close()


def gzip_encoder(cut=0):
    """gzip with a sync flush after each record; `cut`: so many bytes of the flush's marker are left for later."""
    state = {"deflate": zlib.compressobj(6, zlib.DEFLATED, 31), "left": b""}

    def encode(data):
        made = state["left"] + state["deflate"].compress(data) + state["deflate"].flush(zlib.Z_SYNC_FLUSH)
        made, state["left"] = made[:len(made) - cut], made[len(made) - cut:]
        return made
    return encode


def members(data):
    """Each record a gzip member of its own."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, 31)
    return deflate.compress(data) + deflate.flush()


def main():
    chunked = lambda data: b"%x\r\n%b\r\n" % (len(data), data)
    small_chunks = lambda data: b"".join(chunked(data[at:at + 7]) for at in range(0, len(data), 7))
    same = lambda data: data
    chunks, gzip = b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n"
    run("plain", same, b"", same)
    run("chunks", same, chunks, chunked)
    run("small chunks, CR LF", same, chunks, small_chunks, b"\r\n")
    run("gzip", gzip_encoder(), chunks + gzip, chunked)
    run("gzip without the flush's end", gzip_encoder(4), chunks + gzip, chunked)
    run("gzip, small chunks, CR LF", gzip_encoder(), chunks + gzip, small_chunks, b"\r\n")
    run("gzip, a member a record", members, gzip, same)
    run("unchecked", same, chunks, chunked, options=["--no-validate"])


if __name__ == "__main__":
    main()
