#!/usr/bin/python3
"""A TCP proxy that hurts connections on purpose, for tests; on 127.0.0.1, its port is the first line printed.

usage: fault_proxy.py --to HOST:PORT [--script FILE | --faults N [--seed S] [--between BYTES] [--kinds a,b]]
                      [--on writes|any|NAME,NAME] [--raw] [--log FILE] [--port N]

Faults happen one after the other: each waits for its place, counted from the fault before it, over all traffic it may
touch. That is, without --raw, the requests of the chosen commands and the replies to them (--on: `writes` when not
said), so a driver's monitors and pings neither count nor suffer. With --raw there are no messages, only bytes, and
every byte counts (HTTP, say).

A script is a JSON array of faults; --faults draws N of them from the seed, which is printed on stderr and logged. BYTE
is "byte": N, counted from 1 (1 when not said), and "direction": "request" (when not said) or "reply".
  {"fault": "cut-before", BYTE}         byte N is not passed on, both sides are closed
  {"fault": "cut-after", BYTE}          byte N is passed on, then both sides are closed
  {"fault": "rst", BYTE}                cut-after with a reset instead of an orderly end
  {"fault": "half-close", BYTE}         the receiver sees the end after byte N, the rest is swallowed
  {"fault": "stall", BYTE}              nothing more arrives after byte N, and nothing is closed
  {"fault": "delay", BYTE, "ms": M}     byte N + 1 comes M ms late
  {"fault": "refuse", BYTE, "ms": M}    cut-before of all connections, new ones refused for M ms
  {"fault": "drop-reply", "reply": K}   the K-th reply is swallowed, both sides are closed: the request took its effect
Each may have "repeat": R, and "commands": ["insert", ...] in place of --on. The log gets one JSON object a line for
each fault that happened. In a replica set's hello the proxy puts itself in place of the server, so that drivers do
not go round it.
"""

import argparse
import collections
import json
import random
import signal
import socket
import struct
import sys
import threading
import time

import bson

import wire

WRITES = ("insert", "update", "delete", "findAndModify", "findandmodify")
KINDS = ("cut-before", "cut-after", "rst", "half-close", "stall", "delay", "refuse", "drop-reply")
DRAWN = ("cut-before", "cut-after", "rst", "half-close", "delay", "drop-reply")
CHUNK = 1 << 16


class Cut(Exception):
    """This connection is over."""


class Faults:
    """The faults to come, and the count of what has passed since the last."""

    def __init__(self, faults, chosen, log):
        self._pending = collections.deque(faults)
        self._chosen, self._log, self._lock = chosen, log, threading.Lock()
        self._bytes = self._replies = 0
        self.done = 0

    def left(self):
        return len(self._pending)

    def next_in(self, piece, start, connection):
        """The fault due within `piece` from `start` on, with its offset there, or None. A fault is handed out once."""
        with self._lock:
            if not self._pending:
                return None
            fault = self._pending[0]
            commands = fault.get("commands", self._chosen)
            if commands and piece.command not in commands:
                return None
            if fault["fault"] == "drop-reply":
                if piece.direction != "reply" or start:
                    return None
                self._replies += 1
                if self._replies < fault.get("reply", 1):
                    return None
                offset = 0
            else:
                if piece.direction != fault.get("direction", "request"):
                    return None
                size, due = len(piece.data) - start, fault.get("byte", 1)
                if self._bytes + size < due:
                    self._bytes += size
                    return None
                offset = start + due - self._bytes
            self._pending.popleft()
            self._bytes = self._replies = 0
            self.done += 1
            self._log(
                {**fault, "number": self.done, "connection": connection, "command": piece.command, "offset": offset}
            )
            return fault, offset


Piece = collections.namedtuple("Piece", "direction data command")


class Connection:
    """A client and the server behind it, with a thread for each direction."""

    def __init__(self, proxy, number, client):
        self._proxy, self.number, self._client = proxy, number, client
        self._server = socket.create_connection(proxy.target)
        for side in (self._client, self._server):
            side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._commands = {}  # request number -> command name, for replies that are still to come
        self._open_directions, self._over, self._lock = 2, False, threading.Lock()

    def run(self):
        for direction, source, sink in (("request", self._client, self._server), ("reply", self._server, self._client)):
            threading.Thread(target=self._pump, args=(direction, source, sink), daemon=True).start()

    def close(self, reset=False):
        if self._over:
            return
        self._over = True
        for side in (self._client, self._server):
            try:
                if reset:
                    side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                # This wakes the thread that reads it. A reset goes out with the last close.
                side.shutdown(socket.SHUT_RD if reset else socket.SHUT_RDWR)
            except OSError:
                pass  # the other end was quicker

    def _pump(self, direction, source, sink):
        try:
            for piece in self._pieces(direction, source):
                self._pass_on(piece, source, sink)
            if not self._over:
                sink.shutdown(socket.SHUT_WR)
        except (OSError, Cut, wire.Malformed):
            self.close()
        with self._lock:
            self._open_directions -= 1
            last = self._open_directions == 0
        if last:
            self._client.close()
            self._server.close()
            self._proxy.forget(self)

    def _pieces(self, direction, source):
        if self._proxy.raw:
            while data := source.recv(CHUNK):
                yield Piece(direction, data, None)
            return
        with source.makefile("rb", CHUNK) as stream:
            while (frame := wire.read_frame(stream)) is not None:
                _, request, answered, _ = wire.HEADER.unpack_from(frame)
                if direction == "request":
                    name = command_name(frame)
                    self._commands[request] = name
                else:
                    name = self._commands.pop(answered, None)
                    frame = self._proxy.stand_in(frame, name)
                yield Piece(direction, frame, name)

    def _pass_on(self, piece, source, sink):
        at = 0
        while (hit := self._proxy.faults.next_in(piece, at, self.number)) is not None:
            fault, end = hit
            kind = fault["fault"]
            sink.sendall(piece.data[at : end - (kind in ("cut-before", "refuse"))])
            at = end
            if kind in ("cut-before", "cut-after", "drop-reply"):
                raise Cut
            if kind == "rst":
                self.close(reset=True)
                raise Cut
            if kind in ("half-close", "stall"):
                if kind == "half-close":
                    sink.shutdown(socket.SHUT_WR)
                while source.recv(CHUNK):
                    pass
                raise Cut
            if kind == "refuse":
                self._proxy.refuse(fault.get("ms", 1000) / 1000)
                raise Cut
            time.sleep(fault.get("ms", 100) / 1000)
        sink.sendall(piece.data[at:])


class Proxy:
    def __init__(self, target, port, faults, raw):
        self.target, self.faults, self.raw = target, faults, raw
        self._connections, self._lock, self._down = set(), threading.Lock(), 0
        self._listener = self._listen(port)
        self.port = self._listener.getsockname()[1]

    @staticmethod
    def _listen(port):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
        return listener

    def serve(self):
        number = 0
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # refuse() woke us
                self._listener.close()
                time.sleep(self._down)
                self._listener = self._listen(self.port)
                continue
            number += 1
            try:
                connection = Connection(self, number, client)
            except OSError:  # no server there: the client sees what it would see without us, a little later
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.close()
                continue
            with self._lock:
                self._connections.add(connection)
            connection.run()

    def refuse(self, seconds):
        self._down = seconds
        self._listener.shutdown(socket.SHUT_RDWR)
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            connection.close()

    def forget(self, connection):
        with self._lock:
            self._connections.discard(connection)

    def stand_in(self, frame, command):
        """The hello of a set's member with the proxy's address in place of the server's."""
        if command not in ("hello", "isMaster", "ismaster"):
            return frame
        _, request, answered, opcode = wire.HEADER.unpack_from(frame)
        start = wire.HEADER.size + (20 if opcode == wire.OP_REPLY else 5)
        reply = bson.decode(frame[start:], wire.OPTIONS)
        behind, here = "%s:%d" % self.target, f"127.0.0.1:{self.port}"
        if behind not in reply.get("hosts", ()):
            return frame
        reply["hosts"] = [here if host == behind else host for host in reply["hosts"]]
        reply.update({field: here for field in ("me", "primary") if reply.get(field) == behind})
        raw = bson.encode(reply, codec_options=wire.OPTIONS)
        return wire.HEADER.pack(start + len(raw), request, answered, opcode) + frame[wire.HEADER.size : start] + raw


def command_name(frame):
    """The name of the command in a request, which is the first key of its document."""
    command = wire.parse(frame).command
    return command[5 : command.index(b"\0", 5)].decode()


def draw(seed, count, between, kinds):
    """`count` faults from a seed, on average `between` bytes apart."""
    dice, faults = random.Random(seed), []
    for _ in range(count):
        kind = dice.choice(kinds)
        fault = {"fault": kind}
        if kind == "drop-reply":
            fault["reply"] = dice.randint(1, 3)
        else:
            fault["direction"] = dice.choice(("request", "reply"))
            # Replies are a few dozen bytes: the same distance would hardly ever be reached there.
            fault["byte"] = dice.randint(1, 2 * between if fault["direction"] == "request" else 200)
        if kind in ("delay", "refuse"):
            fault["ms"] = dice.randint(1, 200)
        faults.append(fault)
    return faults


def read_script(path):
    with open(path) as file:
        script = json.load(file)
    for fault in script:
        if fault.get("fault") not in KINDS:
            sys.exit(f"fault_proxy: {path}: unknown fault {fault.get('fault')!r}")
    return [dict(fault) for fault in script for _ in range(fault.pop("repeat", 1))]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--to", required=True, metavar="HOST:PORT")
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--script")
    options.add_argument("--faults", type=int, default=0)
    options.add_argument("--seed", type=int)
    options.add_argument("--between", type=int, default=100_000, metavar="BYTES")
    options.add_argument("--kinds", default=",".join(DRAWN))
    options.add_argument("--on", default="writes")
    options.add_argument("--raw", action="store_true")
    options.add_argument("--log")
    given = options.parse_args()
    host, _, port = given.to.rpartition(":")
    log_file = open(given.log, "a") if given.log else None

    def log(entry):
        if log_file:
            print(json.dumps({"time": round(time.time(), 6), **entry}), file=log_file, flush=True)

    faults = read_script(given.script) if given.script else []
    if given.faults:
        seed = random.SystemRandom().randrange(1 << 32) if given.seed is None else given.seed
        faults = draw(seed, given.faults, given.between, given.kinds.split(","))
        print(f"fault_proxy: seed {seed}", file=sys.stderr, flush=True)
        log({"seed": seed, "faults": given.faults})
    if given.raw and any(fault["fault"] == "drop-reply" for fault in faults):
        sys.exit("fault_proxy: drop-reply needs messages: not with --raw")
    chosen = {"writes": WRITES, "any": ()}.get(given.on, given.on.split(","))
    pending = Faults(faults, () if given.raw else chosen, log)
    proxy = Proxy((host, int(port)), given.port, pending, given.raw)

    def end(*_):
        log({"end": True, "done": pending.done, "left": pending.left()})
        sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    print(proxy.port, flush=True)
    proxy.serve()


if __name__ == "__main__":
    main()
