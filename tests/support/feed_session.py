"""One connection to the feed server: its request, the answer, the records, and the faults on the way."""

import base64
import email.utils
import fcntl
import re
import select
import socket
import ssl
import struct
import threading
import time

from feed_wire import EMPTY_MEMBER, Body, bad_crc, cut_rng, inside_character

SIOCOUTQ = 0x5411  # Linux: bytes in the send queue that the peer's kernel has not acknowledged
BATCH = 16         # records a write, when the feed is not paced
GARBAGE = [b"this is no JSON", b'{"id":1,"text":"no end', b"<html><body>502</body></html>", b'{"id":01}',
           b'{"text":"\xff\xfe"}', b"[1,2", b'{"text":"\x01"}', b"}{", b"nul"]


class Left(Exception):
    """The client closed the connection, or a newer connection took the feed over."""


class Session(threading.Thread):
    def __init__(self, number, feed, connection, peer):
        super().__init__(daemon=True, name=f"connection {number}")
        self.feed, self.options, self.socket = feed, feed.options, connection
        self.log = {"event": "connection", "conn": number, "opened": time.time(), "peer": peer[1], "status": None,
                    "first": None, "last": None, "tried": None, "faults": [], "wire_bytes": 0, "ended": None}

    def run(self):
        try:
            self.socket.settimeout(self.options.client_timeout)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.feed.tls:
                self.socket = self.feed.tls.wrap_socket(self.socket, server_side=True)
            self.read_request()
            self.answer()
        except (Left, OSError) as error:  # ssl.SSLError is an OSError
            self.log["ended"] = self.log["ended"] or "client"
            self.log["error"] = str(error)
        finally:
            self.feed.release(self)
            self.socket.close()
            self.feed.write_log({**self.log, "closed": time.time()})
            self.feed.sessions.discard(self)  # last: the server's stop waits for what is in there

    def kick(self):
        """Ends this connection from another thread."""
        try:
            socket.socket.shutdown(self.socket, socket.SHUT_RDWR)
        except OSError:
            pass  # it had just ended

    # --- the request -------------------------------------------------------------------------------------------

    def read_request(self):
        data = b""
        while b"\r\n\r\n" not in data:
            more = self.socket.recv(65536)
            if not more or len(data) > 1 << 20:
                raise Left("no complete request")
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        self.request, *lines = head.decode("latin-1").split("\r\n")
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if self.headers.get("expect", "").lower() == "100-continue":
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        while len(body) < int(self.headers.get("content-length", 0)):
            body += self.socket.recv(65536) or self.gone("the request's body is cut")
        self.path = (self.request.split(" ") + ["", ""])[1]
        self.log.update(request=self.request, body=body.decode("utf-8", "replace"), **{
            name.replace("-", "_"): self.headers.get(name)
            for name in ("host", "user-agent", "accept", "accept-encoding", "last-event-id")})

    def gone(self, reason="the client has closed"):
        raise Left(reason)

    def authorized(self):
        """True when the request carries what the options ask for; says in the log what was found."""
        given = self.headers.get("authorization", "")
        scheme, _, credentials = given.partition(" ")
        self.log["authorization"] = scheme or None
        if self.elsewhere:  # reached by a redirect to another host, where a credential must not go
            self.log["leaked"] = bool(given)
            return True
        if self.options.basic:
            return scheme == "Basic" and credentials == base64.b64encode(self.options.basic.encode()).decode()
        if self.options.bearer:
            return scheme == "Bearer" and credentials == self.options.bearer
        if self.options.oauth1:
            fields = dict(re.findall(r'(oauth_\w+)="([^"]*)"', credentials))
            needed = {"oauth_" + name for name in ("consumer_key", "nonce", "signature", "signature_method",
                                                    "timestamp", "token", "version")}
            self.log["oauth"] = {"nonce": fields.get("oauth_nonce"), "timestamp": fields.get("oauth_timestamp"),
                                 "missing": sorted(needed - fields.keys()),
                                 "fresh": self.feed.first_use(fields.get("oauth_nonce"))}
            return scheme == "OAuth" and not self.log["oauth"]["missing"] and self.log["oauth"]["fresh"]
        return True

    # --- the answer --------------------------------------------------------------------------------------------

    def answer(self):
        self.elsewhere = self.path.startswith("/elsewhere")
        if not self.authorized():
            challenge = "Bearer" if self.options.bearer else "OAuth" if self.options.oauth1 else "Basic"
            return self.short(401, b"{}", {"WWW-Authenticate": f'{challenge} realm="feed"'})
        if self.feed.body_file:
            return self.serve_file()
        self.feed.claim(self)
        if self.feed.ended and self.options.after_end:
            return self.short(self.options.after_end)
        fault = self.feed.take_answer_fault()
        if fault:
            self.note(fault)
            if fault.name not in ("slow-headers", "http10"):
                return self.bad_answer(fault)
        self.stream(fault)

    def head(self, status, headers, version="1.1"):
        self.log["status"] = status
        fields = {"Date": email.utils.formatdate(usegmt=True), "Connection": "close", **headers}
        lines = [f"HTTP/{version} {status} {'OK' if status == 200 else 'Status'}"]
        return "\r\n".join(lines + [f"{name}: {value}" for name, value in fields.items()] + ["", ""]).encode()

    def short(self, status, body=b"", headers=None, content_type="application/json"):
        """A complete answer that is no stream."""
        length = {} if status == 204 else {"Content-Length": len(body), "Content-Type": content_type}
        self.send(self.head(status, {**length, **(headers or {})}) + body)
        self.close_cleanly()

    def bad_answer(self, fault):
        if fault.name == "empty":
            self.send(self.head(200, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}) + b"0\r\n\r\n")
            return self.close_cleanly()
        if fault.name == "type":
            return self.short(200, b"<!DOCTYPE html><title>Log in</title>\n", content_type="text/html; charset=utf-8")
        status, argument, headers = int(fault.name), fault.argument, {}
        if 300 <= status < 400:
            name, _, port = self.headers.get("host", "127.0.0.1").partition(":")
            path = "/moved" + self.path
            if argument:
                name, path = "127.0.0.1" if name == "localhost" else "localhost", "/elsewhere" + self.path
            headers["Location"] = f"{'https' if self.feed.tls else 'http'}://{name}:{port}{path}"
        elif argument.startswith("reset"):
            headers = {"x-rate-limit-limit": "50", "x-rate-limit-remaining": "0",
                       "x-rate-limit-reset": str(int(time.time()) + int(argument[5:]))}
        elif argument.startswith("date"):
            headers["Retry-After"] = email.utils.formatdate(time.time() + int(argument[4:]), usegmt=True)
        elif argument:
            headers["Retry-After"] = argument
        if status == 401:
            headers["WWW-Authenticate"] = 'Basic realm="feed"'
        return self.short(status, b'{"errors":[{"code":%d}]}\n' % status, headers)

    def serve_file(self):
        """The whole body from a file made beforehand: the client's CPU is what such a run measures."""
        self.send(self.stream_head(gzipped=self.options.per is not None))
        self.log.update(first=0, tried=len(self.feed.records) - 1)
        self.socket.settimeout(None)
        if self.feed.tls:  # sendfile knows no TLS
            with memoryview(self.feed.body_bytes) as whole:
                for start in range(0, len(whole), 1 << 18):
                    self.send(whole[start:start + (1 << 18)])
        else:
            self.log["wire_bytes"] += self.socket.sendfile(self.feed.body_file, 0)
        self.log["last"] = self.log["tried"]
        self.close_cleanly()

    def stream_head(self, gzipped, version="1.1"):
        headers = {"Content-Type": self.feed.framing.content_type}
        if gzipped:
            headers["Content-Encoding"] = "gzip"
        if version == "1.1":
            headers["Transfer-Encoding"] = "chunked"
        return self.head(200, headers, version)

    # --- the records -------------------------------------------------------------------------------------------

    def stream(self, fault):
        """Records from where the feed stands, less what is replayed, until a fault, the end or the client's leaving."""
        per = self.options.per if "gzip" in self.headers.get("accept-encoding", "") else None
        old = bool(fault and fault.name == "http10")
        head = self.stream_head(per is not None, "1.0" if old else "1.1")
        if fault and fault.name == "slow-headers":
            for byte in head:
                self.send(bytes([byte]))
                self.wait(fault.seconds / len(head))
        else:
            self.send(head)
        self.body = Body(self.send, per, not old, self.options.piece, self.feed.chunk_rng)
        feed, total = self.feed, len(self.feed.records)
        number = self.log["first"] = feed.begin(self.headers.get("last-event-id"))
        started, origin = time.monotonic(), number
        while number < total:
            fault = feed.due_fault(number)
            if fault and not (fault.name == "cut-utf8" and inside_character(feed.records[number], cut_rng(0, fault)) is None):
                if fault.of_answer:  # this connection ends, the next one meets the fault
                    self.catch_up(number)
                    return self.cut()
                feed.plan.popleft()
                self.note(fault)
                if not self.inject(fault, number):
                    return None
                continue
            stop = min(number + (1 if self.options.pace or fault else BATCH), feed.next_place(number), total)
            self.log["tried"] = stop - 1
            self.body.write([feed.framing.frame(n, feed.records[n]) for n in range(number, stop)])
            number = stop
            self.log["last"] = number - 1
            if not self.body.held:
                feed.settle(number)
            if self.options.pace:
                self.wait(started + (number - origin) / self.options.pace - time.monotonic(), keep_alive=True)
        self.catch_up(number)
        if self.options.at_end == "hold":
            self.wait(float("inf"), keep_alive=True)
        self.feed.ended = True
        return self.end()

    def catch_up(self, number):
        """Has every record before `number` at the client's side, where a break cannot take it back."""
        self.body.flush()
        self.feed.settle(number)
        deadline = time.monotonic() + self.options.client_timeout
        while struct.unpack("i", fcntl.ioctl(self.socket, SIOCOUTQ, b"\0\0\0\0"))[0]:
            if time.monotonic() > deadline:
                raise Left("the client does not read")
            self.wait(0.001)  # also sees a client that is gone, whose queue would stay as it is

    def inject(self, fault, number):
        """Does the fault; True when the stream goes on after it."""
        body, rng = self.body, cut_rng(self.options.seed, fault)
        record = self.feed.records[number]
        frame, head = self.feed.framing.frame(number, record), len(self.feed.framing.head(number, record))
        self.catch_up(number)
        if fault.name in ("stall", "hush"):
            self.wait(fault.seconds, keep_alive=fault.name == "hush")
        elif fault.name in ("garbage", "huge"):
            line = rng.choice(GARBAGE) if fault.name == "garbage" else \
                b'{"huge":"%b"}' % (b"x" * max(0, int(fault.argument or self.options.huge_bytes) - 11))
            self.log["faults"][-1]["bytes"] = len(line)
            body.write([self.feed.framing.frame(number, line)])
            self.catch_up(number)
        elif fault.name in ("members", "empty-member"):
            body.put(body.member_end())
            if fault.name == "empty-member" and body.per is not None:
                body.put(EMPTY_MEMBER)
        elif fault.name in ("crc", "no-trailer", "zeros", "end"):
            trailer = {"crc": bad_crc, "no-trailer": lambda _: b"", "zeros": lambda end: end + bytes(512),
                       "end": bytes}[fault.name]
            if body.per is not None:
                body.put(trailer(body.member_end()))
            body.end()
            self.close_cleanly()
        elif fault.name in ("fin", "cut-chunk"):
            if fault.name == "cut-chunk" and body.chunked:
                size = b"%x\r\n" % len(frame)
                self.send(size[:rng.randrange(1, len(size))])
            self.cut()
        else:
            self.cut_record(fault, frame, head, number, rng)
        return not fault.ends

    def cut_record(self, fault, frame, head, number, rng):
        """Some of the record's bytes, never all of its JSON, then FIN or RST."""
        whole = head + len(self.feed.records[number])
        at = head + inside_character(frame[head:whole], rng) if fault.name == "cut-utf8" else rng.randrange(1, whole)
        if fault.name == "cut-gzip" and self.body.per is not None:
            coded = self.body.encode([frame]) + self.body.flushed()
            # The flush marker and the last symbols stay behind: 16 bytes are more than a whole line could end in.
            part = coded[:rng.randrange(1, max(2, len(coded) - 16))]
        else:
            part = self.body.encode([frame[:at]]) + self.body.flushed()
            self.log["faults"][-1]["cut_at"] = at
        self.body.put(part)
        self.log["faults"][-1]["partial"] = number
        self.catch_up(number)
        if fault.name == "rst":
            return self.reset()
        return self.cut()

    # --- bytes and endings -------------------------------------------------------------------------------------

    def note(self, fault):
        self.log["faults"].append({"name": fault.name, "at": fault.at, **({"arg": fault.argument} if fault.argument else {})})

    def send(self, data):
        self.socket.sendall(data)
        self.log["wire_bytes"] += len(data)

    def wait(self, seconds, keep_alive=False):
        """Waits with the connection open; Left as soon as the client has closed or another took over."""
        end, every = time.monotonic() + seconds, self.options.keep_alive if keep_alive else 0
        while (left := end - time.monotonic()) > 0 or seconds == float("inf"):
            pause = min(left, every or left, 3600)
            if select.select([self.socket], [], [], pause)[0]:
                self.gone()  # a client that has sent its request has nothing more to say but goodbye
            if every and left > every:
                self.body.write([self.feed.framing.keepalive])
                self.body.flush()

    def end(self):
        self.body.put(self.body.member_end())
        self.body.end()
        self.close_cleanly()

    def ending(self, how):
        self.log["ended"] = how
        self.feed.refuse_if_due()  # before the client can see the end and come back

    def close_cleanly(self):
        """TLS close_notify, FIN, and the client's own FIN awaited, so that no RST overtakes the last bytes."""
        self.ending("end")
        self.socket.settimeout(2)
        try:
            if self.feed.tls:
                self.socket = self.socket.unwrap()
            self.socket.shutdown(socket.SHUT_WR)
            while self.socket.recv(4096):
                pass
        except OSError:
            pass  # the client was quicker

    def cut(self):
        """FIN with nothing before it: no terminating chunk, no close_notify."""
        self.ending("fin")
        self.socket.shutdown(socket.SHUT_WR)  # for an ssl.SSLSocket too this is the bare TCP shutdown

    def reset(self):
        self.ending("rst")
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
