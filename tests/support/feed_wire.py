"""A feed's bytes: the records of a file, their framing, and the body that carries them (gzip, chunks)."""

import mmap
import random
import re
import sys
import tempfile
import zlib
from array import array

PIECE = 16 * 1024  # the chunk size of common servers


class Records:
    """The lines of a file or of standard input ('-'), by number, without their line ends."""

    def __init__(self, path):
        if path == "-":
            self.bytes = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:
                self.bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.starts = array("Q", [0])
        end = self.bytes.find(b"\n")
        while end >= 0:
            self.starts.append(end + 1)
            end = self.bytes.find(b"\n", end + 1)
        if self.starts[-1] != len(self.bytes):
            raise ValueError(f"{path}: the last record has no line end")

    def __len__(self):
        return len(self.starts) - 1

    def __getitem__(self, number):
        return self.bytes[self.starts[number]:self.starts[number + 1] - 1]


class Framing:
    """How a record and a keep-alive look in the stream. `head` + record + `tail` is one frame."""

    def __init__(self, kind, eol):
        self.kind, self.eol = kind, eol
        self.keepalive = b":\n\n" if kind == "sse" else eol
        self.tail = b"\n\n" if kind == "sse" else eol
        self.content_type = "text/event-stream" if kind == "sse" else "application/json"

    def head(self, number, record):
        if self.kind == "sse":
            return b"id: %d\ndata: " % number
        return b"%d\r\n" % (len(record) + len(self.eol)) if self.kind == "length" else b""

    def frame(self, number, record):
        return self.head(number, record) + record + self.tail


class Body:
    """A response body: frames in, wire bytes out through `send`. `per`: None plain, 0 one gzip member with no
    flush but on demand, N a sync flush after every N frames."""

    def __init__(self, send, per=None, chunked=True, piece=PIECE, rng=None):
        self.send, self.per, self.chunked, self.piece, self.rng = send, per, chunked, piece, rng
        self.held = 0  # frames the compressor may still hold
        self.deflate = None

    def encode(self, frames):
        if self.per is None:
            return b"".join(frames)
        self.deflate = self.deflate or zlib.compressobj(6, zlib.DEFLATED, 31)
        out = []
        for frame in frames:
            out.append(self.deflate.compress(frame))
            self.held += 1
            if self.held == self.per:
                out.append(self.flushed())
        return b"".join(out)

    def flushed(self):
        held, self.held = self.held, 0
        return self.deflate.flush(zlib.Z_SYNC_FLUSH) if self.deflate and held else b""

    def member_end(self):
        """The trailer of the gzip member; the next frame begins another."""
        if self.per is None:
            return b""
        self.deflate = self.deflate or zlib.compressobj(6, zlib.DEFLATED, 31)
        end, self.deflate, self.held = self.deflate.flush(zlib.Z_FINISH), None, 0
        return end

    def write(self, frames):
        self.put(self.encode(frames))

    def flush(self):
        self.put(self.flushed())

    def put(self, data):
        """Encoded bytes, in chunks of `piece` bytes, or of 1 to `piece` bytes when there is an rng."""
        if not self.chunked:
            self.send(data)
            return
        out, at = [], 0
        while at < len(data):
            size = self.rng.randint(1, self.piece) if self.rng else self.piece
            part = data[at:at + size]
            out.append(b"%x\r\n%b\r\n" % (len(part), part))
            at += size
        self.send(b"".join(out))

    def end(self):
        """The HTTP end; the gzip member's end is the caller's to put."""
        if self.chunked:
            self.send(b"0\r\n\r\n")


EMPTY_MEMBER = zlib.compressobj(6, zlib.DEFLATED, 31).flush(zlib.Z_FINISH)


def bad_crc(member_end):
    """A member's end with one bit of its CRC changed."""
    return member_end[:-8] + bytes([member_end[-8] ^ 1]) + member_end[-7:]


def inside_character(record, rng):
    """An index that cuts a multi-byte character of the record, or None."""
    tails = [match.start() for match in re.finditer(rb"[\x80-\xbf]", record)]
    return rng.choice(tails) if tails else None


def whole_body(records, framing, per, piece):
    """A file of the complete chunked body, so that serving it costs nothing but sendfile."""
    file = tempfile.TemporaryFile()
    body, waiting, size = Body(None, per), [], 0

    def put(data, last=False):
        nonlocal waiting, size
        waiting.append(data)
        size += len(data)
        if size < piece and not last:
            return
        joined = b"".join(waiting)
        cut = len(joined) if last else len(joined) - len(joined) % piece
        Body(file.write, piece=piece).put(joined[:cut])
        waiting, size = [joined[cut:]], len(joined) - cut

    for first in range(0, len(records), 64):
        numbers = range(first, min(first + 64, len(records)))
        put(body.encode([framing.frame(number, records[number]) for number in numbers]))
    put(body.member_end(), last=True)
    file.write(b"0\r\n\r\n")
    file.flush()
    return file


def cut_rng(seed, fault):
    """The place of a cut depends on the plan and the fault alone, not on what happened before."""
    return random.Random(f"{seed} {fault.name} {fault.at}")
