"""Starts a feed server and reads its answers as they come off the wire, for the tests of the feed's own support."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3"


def beside(name):
    return os.path.join(HERE, name)


class Server:
    """A feed server for the time of a `with`; `log` its log, complete afterwards."""

    def __init__(self, folder, records, *arguments):
        self.log_file = os.path.join(folder, "server.log")
        command = [PYTHON, beside("feed_server.py"), "--records", records, "--log", self.log_file, "--max-seconds", "50"]
        self.process = subprocess.Popen([*command, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()

    def log(self, event="connection"):
        """The log's entries, connections in order of their opening (they are logged when they end)."""
        with open(self.log_file, encoding="utf-8") as file:
            entries = [entry for entry in map(json.loads, file) if entry["event"] == event]
        return sorted(entries, key=lambda entry: entry.get("conn", 0))

    def ended(self, count=1):
        """The log as soon as it holds so many connections, while the server runs."""
        deadline = time.monotonic() + 20
        while len(self.log()) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.log()


class Client:
    """A connection that has sent its request; reads the wire byte for byte."""

    def __init__(self, port, headers="", path="/feed.json", tls=None, method="GET", body=""):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="127.0.0.1", suppress_ragged_eofs=False)
        self.socket.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}\r\n{body}".encode())
        self.data, self.reads = b"", 0

    def read(self):
        """One read; b'' at the end."""
        self.reads += 1
        more = self.socket.recv(1 << 16)
        self.data += more
        return more

    def until(self, text):
        while text not in self.data:
            if not self.read():
                raise EOFError(f"no {text!r} in the answer")
        return self

    def answer(self):
        """Everything up to the connection's end."""
        ending = "fin"
        try:
            while self.read():
                pass
        except ConnectionResetError:
            ending = "rst"
        except ssl.SSLError:
            ending = "tls cut"  # FIN with no close_notify before it
        self.socket.close()
        return Answer(self.data, ending)


class Answer:
    """An answer taken apart: status, headers, the body without its chunks, and how the chunks ended."""

    def __init__(self, data, ending):
        head, _, rest = data.partition(b"\r\n\r\n")
        self.start, *lines = head.decode().split("\r\n")
        self.status = int(self.start.split()[1])
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.ending, self.chunks_end, self.body, self.sizes = ending, None, rest, []
        if self.headers.get("transfer-encoding") == "chunked":
            self.body = b""
            self.chunks_end = self.unchunk(rest)

    def unchunk(self, rest):
        while rest:
            size, found, rest = rest.partition(b"\r\n")
            if not found:
                return "in size"
            if int(size, 16) == 0:
                return "end" if rest == b"\r\n" else "after end"
            if len(rest) < int(size, 16) + 2:
                return "in chunk"
            self.sizes.append(int(size, 16))
            self.body, rest = self.body + rest[:int(size, 16)], rest[int(size, 16) + 2:]
        return "between chunks"

    def members(self):
        """The gzip members as (text, end) with end 'ok', 'cut' or zlib's complaint, which is the last; byte by byte, since
        zlib keeps what it has when it complains. Then what follows the last member."""
        result, rest = [], self.body
        while rest and rest.strip(b"\0"):
            inflate, text, end = zlib.decompressobj(31), b"", "cut"
            for at in range(len(rest)):
                try:
                    text += inflate.decompress(rest[at:at + 1])
                except zlib.error as error:
                    end = str(error)
                    break
                if inflate.eof:
                    end = "ok"
                    break
            result.append((text, end))
            rest = rest[at + 1:]
            if end not in ("ok", "cut"):
                break
        return result, rest


class Case(unittest.TestCase):
    """A test with a folder, `count` records in it, and certificates where it asks for them."""

    count = 40

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="feed-test-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.records_program = os.environ.get("RECORDS")
        if not cls.records_program:
            cls.records_program = os.path.join(cls.folder, "records")
            subprocess.run(["c++", "-std=c++20", "-O1", "-o", cls.records_program, beside("records.cpp")], check=True)
        cls.records = os.path.join(cls.folder, "records.ndjson")
        with open(cls.records, "wb") as file:
            file.write(cls.generated("--count", cls.count, "--seed", 5))
        with open(cls.records, "rb") as file:
            cls.lines = file.read().splitlines(keepends=True)

    @classmethod
    def generated(cls, *arguments):
        return subprocess.run([cls.records_program, *map(str, arguments)], check=True, stdout=subprocess.PIPE).stdout

    @classmethod
    def certificates(cls):
        folder = os.path.join(cls.folder, "certs")
        if not os.path.exists(folder):
            subprocess.run([beside("certs.sh"), folder], check=True)
        return folder

    def server(self, *arguments, records=None):
        return Server(self.folder, records or self.records, *arguments)

    def text(self, first, last):
        """The records `first` to `last` - 1 as the feed sends them."""
        return b"".join(self.lines[first:last])
