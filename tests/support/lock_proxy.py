"""A proxy between lock clients and their store that hurts connections when it is told to, for the tests of mlock.

fault_proxy.py counts bytes to find the place of its next fault, which suits one long stream. Lock clients are many and
short, and their faults go by time, or by what a message says; so here whoever runs the proxy picks the moment.

A piece is what one read of a socket gave: small commands and their replies come whole. An `inspect(connection,
direction, data)` sees each piece and may return a fault for it; do_fault() hurts a connection from outside. Faults:
  {"kind": "cut"}                             both sides are closed at once
  {"kind": "reset"}                           the same with a reset
  {"kind": "cut-request" | "cut-reply"}       the next piece that way is swallowed, and both sides are closed
  {"kind": "torn-request" | "torn-reply"}     half of the next piece passes, then both sides are closed
  {"kind": "delay-request" | "delay-reply", "ms": M}     the next piece that way comes M ms late, whoever waits for it
  {"kind": "stall"}                           nothing passes any more, and nothing is closed
"""

import heapq
import itertools
import json
import selectors
import socket
import struct
import threading
import time

CHUNK = 1 << 16
AT_ONCE = {"cut", "reset"}
KINDS = (
    "cut",
    "reset",
    "cut-request",
    "cut-reply",
    "torn-request",
    "torn-reply",
    "delay-request",
    "delay-reply",
    "stall",
)


def boot_time():
    """Seconds of the one clock that nobody sets and that does not stand still."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Connection:
    def __init__(self, number, client, server):
        self.number, self.client, self.server = number, client, server
        self.plan, self.stalled, self.closing, self.commands = None, False, False, 0
        self.late = {"request": 0, "reply": 0}  # pieces that are still on their way
        self.due = {"request": 0.0, "reply": 0.0}
        self.notes = {}  # for whoever inspects

    def other(self, side):
        return self.server if side is self.client else self.client


class Proxy:
    """Serves in a thread of its own; `target` is where the store is, "HOST:PORT"."""

    def __init__(self, target, inspect=None):
        host, _, port = target.rpartition(":")
        self._target, self._inspect = (host, int(port)), inspect
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.address = "127.0.0.1:%d" % self._listener.getsockname()[1]
        self._selector, self._numbers, self._order = selectors.DefaultSelector(), itertools.count(1), itertools.count()
        self._waker, self._wake = socket.socketpair()
        self._orders, self._lock = [], threading.Lock()
        self._late = []  # (due, order, connection, direction, data): pieces that come late
        self.connections, self.swallow, self.commands = {}, False, 0
        self._over = False
        for readable in (self._listener, self._waker):
            self._selector.register(readable, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self):
        self._over = True
        self._poke()
        self._thread.join()
        for connection in list(self.connections.values()):
            self._close(connection)
        self._listener.close()

    def do_fault(self, fault, pick):
        """Hurts one of the connections that are open; `pick`, from 0 to 1, says which. Pings come last."""
        with self._lock:
            self._orders.append((fault, pick))
        self._poke()

    def cut_off(self):
        """From now on nothing passes, nothing is closed, and new connections get no answer either."""
        self.swallow = True

    def _poke(self):
        try:
            self._wake.send(b"x")
        except OSError:
            pass  # it has gone

    # --- in the proxy's thread

    def _serve(self):
        while not self._over:
            wait = max(0.0, self._late[0][0] - boot_time()) if self._late else None
            for key, _ in self._selector.select(wait):
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj is self._waker:
                    self._waker.recv(CHUNK)
                    self._obey()
                else:
                    self._read(key.data, key.fileobj)
            while self._late and self._late[0][0] <= boot_time():
                _, _, connection, direction, data = heapq.heappop(self._late)
                connection.late[direction] -= 1
                self._send(connection, direction, data)
                if connection.closing and not any(connection.late.values()):
                    self._close(connection)

    def _accept(self):
        client, _ = self._listener.accept()
        try:
            server = socket.create_connection(self._target, timeout=5)
        except OSError:  # no store there: the client sees what it would see without us, a little later
            self._refuse(client)
            return
        connection = Connection(next(self._numbers), client, server)
        self.connections[connection.number] = connection
        for side in (client, server):
            side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            side.settimeout(5)
            self._selector.register(side, selectors.EVENT_READ, connection)

    @staticmethod
    def _refuse(client):
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()

    def _read(self, connection, side):
        if connection.number not in self.connections:
            return  # closed by an event of the same round
        try:
            data = side.recv(CHUNK)
        except OSError:
            data = b""
        if not data:
            return self._ended(connection, side)
        direction = "request" if side is connection.client else "reply"
        if direction == "request" and b"hello" not in data and b"isMaster" not in data:
            connection.commands += 1
            self.commands += 1
        if self.swallow or connection.stalled:
            return None
        fault = self._inspect(connection, direction, data) if self._inspect else None
        if fault is None and connection.plan and connection.plan["kind"].endswith(direction):
            fault, connection.plan = connection.plan, None
        if fault is not None:
            return self._hurt(connection, direction, data, fault)
        if connection.late[direction]:
            return self._hold(connection, direction, data, 0)
        return self._send(connection, direction, data)

    def _hurt(self, connection, direction, data, fault):
        kind = fault["kind"]
        if kind.startswith("torn"):
            self._send(connection, direction, data[: len(data) // 2])
        if kind.startswith("delay"):
            return self._hold(connection, direction, data, fault["ms"] / 1000)
        if kind == "stall":
            connection.stalled = True
            return None
        return self._close(connection, kind == "reset")

    def _hold(self, connection, direction, data, seconds):
        connection.due[direction] = max(connection.due[direction], boot_time() + seconds)
        connection.late[direction] += 1
        heapq.heappush(self._late, (connection.due[direction], next(self._order), connection, direction, data))

    def _send(self, connection, direction, data):
        side = connection.server if direction == "request" else connection.client
        try:
            side.sendall(data)
        except OSError:
            self._close(connection)

    def _ended(self, connection, side):
        """A side has closed. What it sent and is held back arrives all the same: that is what a slow way does."""
        if connection.late["request"] and side is connection.client:
            self._selector.unregister(side)
            connection.closing = True
            return
        self._close(connection)

    def _obey(self):
        with self._lock:
            orders, self._orders = self._orders, []
        for fault, pick in orders:
            open_ones = [one for one in self.connections.values() if not one.closing]
            at_work = [one for one in open_ones if one.commands] or open_ones
            if not at_work:
                continue
            connection = at_work[int(pick * len(at_work))]
            if fault["kind"] in AT_ONCE:
                self._close(connection, fault["kind"] == "reset")
            elif fault["kind"] == "stall":
                connection.stalled = True
            else:
                connection.plan = fault

    def _close(self, connection, reset=False):
        if self.connections.pop(connection.number, None) is None:
            return
        for side in (connection.client, connection.server):
            try:
                self._selector.unregister(side)
            except (KeyError, ValueError):
                pass  # it ended before
            if reset:
                side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            side.close()


def run_in_process(target, orders):
    """A proxy's whole life in a forked process: obeys lines of JSON {"fault", "pick"} from the socket `orders`."""
    proxy = Proxy(target)
    with orders.makefile("rw") as lines:
        print(proxy.address, file=lines, flush=True)
        for line in lines:
            order = json.loads(line)
            proxy.do_fault(order["fault"], order["pick"])
