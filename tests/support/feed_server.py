#!/usr/bin/python3
"""A feed of numbered records over HTTP that breaks on a script, and says in its log what it sent.

    feed_server.py --records FILE [--script "cut-line@120,503=2@300" | --faults N --seed S] [OPTION]...

It listens on a free port of 127.0.0.1, prints the port as one line, serves every path, and stops on SIGTERM, when
its parent dies, or after --max-seconds. There is one feed: a new connection takes it over from the one before, and
begins --replay records before the first record that was not sent completely. `--list-faults` prints what can break.

The log holds a JSON object a line: "start", one "connection" for each (with the numbers of the first and last
record sent completely, the last one tried, which differs when the client left, the faults, and how it ended),
"refuse", and "stop" with the faults that never came.
"""

import argparse
import json
import mmap
import os
import random
import select
import signal
import socket
import ssl
import sys
import threading
import time

import feed_faults
from feed_session import Session
from feed_wire import PIECE, Framing, Records, whole_body


def listening_socket():
    """A listener on a free port that survives shutdown() and listen() again: only a port that was asked for by
    number stays bound through a shutdown, so one socket finds a free number and a second asks for it."""
    def bound(port):
        made = socket.socket()
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(("127.0.0.1", port))
        return made
    with bound(0) as finder:
        listener = bound(finder.getsockname()[1])
    listener.listen(128)
    return listener


class Feed:
    """What all connections share: the records, how far the feed has come, the faults to come, the log."""

    def __init__(self, options):
        self.options = options
        self.records = Records(options.records)
        self.framing = Framing(options.framing, b"\r\n" if options.crlf else b"\n")
        self.tls = None
        if options.tls:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*options.tls)
        self.plan = feed_faults.script(options.script)
        if options.faults:
            kinds = list(feed_faults.ALL) if options.kinds == ["all"] else options.kinds
            self.plan = feed_faults.drawn(options.faults, len(self.records), options.seed, options.per is not None, kinds)
        self.planned = len(self.plan)
        self.body_file = self.body_bytes = None
        if options.bulk:
            self.body_file = whole_body(self.records, self.framing, options.per, options.piece)
            self.body_bytes = mmap.mmap(self.body_file.fileno(), 0, access=mmap.ACCESS_READ)
        self.chunk_rng = random.Random(options.seed) if options.random_chunks else None
        self.next = 0          # the first record that no connection has sent completely
        self.ended = False     # the last record was sent and the body ended cleanly
        self.nonces = set()
        self.sessions = set()
        self.holder = None
        self.changed = threading.Condition()
        self.log = open(options.log, "w", buffering=1, encoding="utf-8") if options.log else None
        self.stopping, self.refusing = False, 0.0
        self.listener = listening_socket()
        # A small send buffer, inherited by each connection, keeps short what a client that leaves has not read.
        if not options.bulk:
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
        self.port = self.listener.getsockname()[1]
        self.write_log({"event": "start", "time": time.time(), "port": self.port, "records": len(self.records),
                        "planned_faults": self.planned, "replay": options.replay, "skip": options.skip})

    def write_log(self, entry):
        if self.log:
            with self.changed:
                self.log.write(json.dumps(entry, ensure_ascii=False) + "\n")

    # --- who holds the feed, and where it stands ---------------------------------------------------------------

    def claim(self, session):
        """Makes `session` the one that streams; the one before is ended first, as real feeds do."""
        with self.changed:
            while self.holder:
                self.holder.log["ended"] = "superseded"
                self.holder.kick()
                self.changed.wait()
            self.holder = session

    def release(self, session):
        with self.changed:
            if self.holder is session:
                self.holder = None
                self.changed.notify_all()

    def begin(self, last_event_id):
        """The number a new stream starts with; called by the holder only."""
        if last_event_id and last_event_id.isdecimal():
            return min(int(last_event_id) + 1, len(self.records))
        if self.next and not self.ended:
            self.next = min(self.next + self.options.skip, len(self.records))
        return max(0, self.next - self.options.replay)

    def settle(self, number):
        self.next = max(self.next, number)

    def due_fault(self, number):
        """The fault that comes before this record; none within a replay."""
        return self.plan[0] if self.plan and number >= self.next and self.plan[0].at <= number else None

    def next_place(self, number):
        """The first record after this one before which something may happen."""
        places = [self.next] + [fault.at for fault in list(self.plan)[:1]]
        return min((place for place in places if place > number), default=len(self.records))

    def take_answer_fault(self):
        # "refuse" is the listener's; a connection from before it shuts may come here first.
        due = self.plan and self.plan[0].of_answer and self.plan[0].name != "refuse" and self.plan[0].at <= self.next
        return self.plan.popleft() if due else None

    def first_use(self, nonce):
        with self.changed:
            fresh = bool(nonce) and nonce not in self.nonces
            self.nonces.add(nonce)
            return fresh

    # --- listening ---------------------------------------------------------------------------------------------

    def refuse_if_due(self):
        """Shuts the listener when the plan says so. The socket stays bound, so the port stays ours."""
        with self.changed:
            if self.stopping or not self.plan or self.plan[0].name != "refuse" or self.plan[0].at > self.next:
                return
            fault = self.plan.popleft()
            self.refusing = fault.seconds
            self.listener.shutdown(socket.SHUT_RDWR)
        self.write_log({"event": "refuse", "at": fault.at, "seconds": fault.seconds, "time": time.time()})

    def accept(self):
        number = 0
        while not self.stopping:
            try:
                connection, peer = self.listener.accept()
            except OSError:  # shut down: for a while, or for good
                time.sleep(self.refusing)
                if not self.stopping:
                    self.listener.listen(128)
                continue
            number += 1
            session = Session(number, self, connection, peer)
            with self.changed:
                self.sessions.add(session)
            session.start()

    def stop(self, reason):
        self.stopping, self.refusing = True, 0.0
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # refusing just now
        with self.changed:
            running = list(self.sessions)
        for session in running:
            session.log["ended"] = session.log["ended"] or "stop"
            session.kick()
        for session in running:
            session.join(2)
        self.write_log({"event": "stop", "time": time.time(), "reason": reason, "next": self.next,
                        "faults_left": [f"{fault.name}@{fault.at}" for fault in self.plan]})


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--records", metavar="FILE", help="the records, one a line; - is standard input")
    add("--log", metavar="FILE", help="what was asked and sent, JSON lines")
    add("--port-file", metavar="FILE", help="write the port there instead of to standard output")
    add("--tls", nargs=2, metavar=("CERT", "KEY"))
    add("--basic", metavar="USER:PASSWORD")
    add("--bearer", metavar="TOKEN")
    add("--oauth1", action="store_true", help="ask for the OAuth 1.0a fields and a nonce never seen before")
    add("--framing", choices=("lines", "length", "sse"), default="lines",
        help="lines; a decimal length before each; server-sent events, which honour Last-Event-ID")
    add("--crlf", action="store_true", help="lines end in CR LF")
    add("--gzip", default="none", metavar="none|one|per-line|per-N", help="one member, flushed at its end (and before "
        "a fault), after every line or after every N")
    add("--chunk", default=str(PIECE), metavar="BYTES|random", help="size of the chunks (default 16384)")
    add("--pace", type=float, metavar="N", help="records a second")
    add("--keep-alive", type=float, default=0, metavar="SECONDS", help="an empty line when idle so long")
    add("--replay", type=int, default=0, metavar="N", help="a new connection gets the last N records again")
    add("--skip", type=int, default=0, metavar="N", help="N records pass unsent at each break (a feed with no replay)")
    add("--at-end", choices=("close", "hold"), default="close", help="after the last record")
    add("--after-end", type=int, metavar="STATUS", help="answer later requests so (default: the replay again)")
    add("--script", default="", metavar="NAME[=ARG]@RECORD,...")
    add("--faults", type=int, default=0, metavar="N", help="N random faults")
    add("--kinds", type=lambda text: text.split(","), metavar="NAME[=ARG],...|all", help="the kinds to draw from")
    add("--seed", type=int, default=1)
    add("--huge-bytes", type=int, default=feed_faults.HUGE_BYTES)
    add("--bulk", action="store_true", help="no faults: make the whole body first, serve it with sendfile to all")
    add("--client-timeout", type=float, default=600, metavar="SECONDS", help="give up on a client that does not read")
    add("--max-seconds", type=float, default=3600)
    add("--watch", type=int, default=os.getppid(), metavar="PID", help="stop when this process ends (default: the parent)")
    add("--list-faults", action="store_true")
    options = parser.parse_args(arguments)
    if options.list_faults:
        for name, what in feed_faults.ALL.items():
            print(f"{name:13} {what}")
        raise SystemExit(0)
    if not options.records:
        parser.error("--records is needed")
    per = {"none": None, "one": 0, "per-line": 1}
    try:
        options.per = per[options.gzip] if options.gzip in per else int(options.gzip.removeprefix("per-"))
        options.random_chunks = options.chunk == "random"
        options.piece = PIECE if options.random_chunks else int(options.chunk)
        feed_faults.script(options.script)
    except ValueError as error:
        parser.error(str(error))
    return options


def main():
    options = parse(sys.argv[1:])
    # Both ends of the server's life are descriptors to wait for: a signal's byte, the watched process's end.
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    try:
        watched = os.pidfd_open(options.watch)
    except ProcessLookupError:
        return 0
    feed = Feed(options)
    feed.refuse_if_due()
    threading.Thread(target=feed.accept, daemon=True).start()
    if options.port_file:
        with open(options.port_file + ".part", "w", encoding="ascii") as file:
            file.write(f"{feed.port}\n")
        os.rename(options.port_file + ".part", options.port_file)
    else:
        print(feed.port, flush=True)
    ready, _, _ = select.select([wake, watched], [], [], options.max_seconds)
    feed.stop("signal" if wake in ready else "parent" if ready else "time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
