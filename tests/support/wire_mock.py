#!/usr/bin/python3
"""A scripted MongoDB server, or a whole replica set of them, for what no engine does on demand; on 127.0.0.1 only.

usage: wire_mock.py [SCRIPT] [--members N] [--log FILE] [--dump FILE]

Prints its URI as the first line. SCRIPT (Extended JSON) is an object, every field optional:
  "set": "rs0"          the members form a replica set of that name; without it there is one standalone server
  "members": 3, "primary": 0
  "user": "u", "password": "p"      commands need SCRAM-SHA-256; without them every log-in fails with code 18
  "hello": {...}        fields put over every reply to hello, say {"maxWireVersion": 3}
  "rules": [{"on": "insert", "nth": 2, "times": 1, "node": 0, ACTION...}, ...]

A rule is for one command name, or "*" for all but hello. It fires at the nth such command it sees (1 when not said),
then at the following ones until it has fired `times` times (1; 0 means for ever). Where several want a command, the
first of the list has it and the others wait for the next. ACTION is any of
  "delay_ms": N                 wait first
  "reply": {...}                answer with just that; nothing is applied
  "error": {"code": 10107, "codeName": "...", "errmsg": "...", "errorLabels": [...]}     it fails; nothing is applied
  "merge": {...}                apply, and put these fields over the reply: writeErrors, writeConcernError, errorLabels
  "apply": true|false           overrules whether the command has its effect, with every action
  "cut": "before"|"after"       hang up without a reply: before the command has its effect, or after it
  "swallow": true               apply and never answer; the connection stays open
  "primary": K|null             then an election: K becomes primary, or nobody does
  "election_ms": M              which takes so long, with no primary meanwhile
  "down_ms": M                  then this member hangs up on all its clients, and on all who come, for so long

Everything else is answered from a small store that all members share: `_id` is unique, and a retryable write sent
again gets its first reply, on whichever member. Writes to a member that is not the primary fail as they do on a real
one. --log gets a JSON line for every command but hello: time, node, connection, command, ns, lsid, txnNumber, ids,
rule, applied, outcome; --dump gets the documents at the end (SIGTERM), {"ns", "doc"} a line in canonical Extended
JSON.
"""

import argparse
import itertools
import json
import signal
import socket
import socketserver
import sys
import threading
import time

from bson import json_util

import mock_store
import scram
import wire
from wire import CommandError

WRITES = {
    "insert": "documents",
    "update": "updates",
    "delete": "deletes",
    "findandmodify": None,
    "create": None,
    "createindexes": None,
    "drop": None,
    "dropdatabase": None,
}
HELLO = {"hello", "ismaster"}
ACTIONS = {"delay_ms", "reply", "error", "merge", "apply", "cut", "swallow", "primary", "election_ms", "down_ms"}
OPEN_TO_ALL = HELLO | {"ping", "buildinfo", "saslstart", "saslcontinue", "endsessions"}
PLAIN_OK = {"ping", "endsessions", "create", "createindexes", "dropindexes", "killsessions", "replsetinitiate"}


class HangUp(Exception):
    pass


class Rule:
    def __init__(self, number, given):
        unknown = set(given) - ACTIONS - {"on", "nth", "times", "node"}
        if unknown or "on" not in given:
            sys.exit(
                f"wire_mock: rule {number}: " + (f"unknown {', '.join(sorted(unknown))}" if unknown else "no 'on'")
            )
        self.number, self.action = number, given
        self.on, self.node = given["on"].lower(), given.get("node")
        self.first, self.times = given.get("nth", 1), given.get("times", 1)
        self.seen = self.fired = 0

    def due(self, name, node):
        """Counts the command, and says whether the rule wants it."""
        if not (self.on == name or self.on == "*" and name not in HELLO) or self.node not in (None, node):
            return False
        self.seen += 1
        return self.seen >= self.first and (not self.times or self.fired < self.times)


class Mock:
    """The set: its members, who is primary, the rules, the store and the log."""

    def __init__(self, script, members, log):
        self.set_name = script.get("set")
        count = members or script.get("members", 1)
        if count > 1 and not self.set_name:
            sys.exit("wire_mock: several members need a \"set\"")
        self.rules = [Rule(number, rule) for number, rule in enumerate(script.get("rules", []), 1)]
        self.over_hello = script.get("hello", {})
        self.account = scram.Account(script["user"], script["password"]) if "user" in script else None
        self.store, self.lock, self._log = mock_store.Store(), threading.Lock(), log
        self.election = 1
        self._primary, self._primary_from = script.get("primary", 0), 0.0
        self.numbers = itertools.count(1)
        self.nodes = [Node(self, number) for number in range(count)]
        self.hosts = [node.address for node in self.nodes]

    def primary(self):
        with self.lock:
            return self._primary if time.monotonic() >= self._primary_from else None

    def elect(self, primary, after_ms):
        with self.lock:
            self._primary, self._primary_from = primary, time.monotonic() + after_ms / 1000
            self.election += 1

    def rule_for(self, name, node):
        with self.lock:
            due = [rule for rule in self.rules if rule.due(name, node)]
            if not due:
                return None
            due[0].fired += 1
            return due[0]

    def log(self, entry):
        with self.lock:
            if self._log:
                print(
                    json.dumps({"time": round(time.time(), 6), **entry}, default=json_util.default),
                    file=self._log,
                    flush=True,
                )

    def uri(self):
        return "mongodb://" + ",".join(self.hosts) + "/" + (f"?replicaSet={self.set_name}" if self.set_name else "")


class Node(socketserver.ThreadingTCPServer):
    daemon_threads, allow_reuse_address, request_queue_size = True, True, 128

    def __init__(self, mock, number):
        super().__init__(("127.0.0.1", 0), Client)
        self.mock, self.number, self.address = mock, number, "127.0.0.1:%d" % self.server_address[1]
        self._clients, self._down_until = set(), 0.0
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def admits(self, connection):
        with self.mock.lock:
            self._clients.add(connection)
            return time.monotonic() >= self._down_until

    def leaves(self, connection):
        with self.mock.lock:
            self._clients.discard(connection)

    def go_down(self, for_ms):
        with self.mock.lock:
            self._down_until = time.monotonic() + for_ms / 1000
            clients = list(self._clients)
        for connection in clients:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it had gone by itself


class Client(socketserver.StreamRequestHandler):
    disable_nagle_algorithm, rbufsize = True, 1 << 16

    def handle(self):
        self._mock, self._node, self._log_in = self.server.mock, self.server.number, None
        self._number = next(self._mock.numbers)
        try:
            if not self.server.admits(self.request):
                return
            while (message := wire.read_message(self.rfile)) is not None:
                self._serve(message)
        except (ConnectionError, HangUp):
            pass
        except wire.Malformed as error:
            self._mock.log({"node": self._node, "connection": self._number, "malformed": str(error)})
        finally:
            self.server.leaves(self.request)

    def _serve(self, message):
        command = message.document()
        command.setdefault("$db", message.namespace.partition(".")[0])
        name = next(iter(command)).lower()
        rule = self._mock.rule_for(name, self._node)
        action = rule.action if rule else {}
        time.sleep(action.get("delay_ms", 0) / 1000)
        applies = action.get("apply", not ("reply" in action or "error" in action or action.get("cut") == "before"))
        try:
            reply = self._default(name, command) if applies else None
        except CommandError as error:
            reply = error.reply
        if "reply" in action:
            reply = action["reply"]
        elif "error" in action:
            reply = {"ok": 0.0, **action["error"]}
        if reply is not None:
            reply = {**reply, **action.get("merge", {})}
        if name not in HELLO:
            self._record(name, command, rule, applies, reply)
        if "primary" in action:
            self._mock.elect(action["primary"], action.get("election_ms", 0))
        if "down_ms" in action:
            self.server.go_down(action["down_ms"])
        if "cut" in action:
            raise HangUp
        if message.wants_reply and not action.get("swallow"):
            self.request.sendall(wire.reply_frame(message, reply))

    def _record(self, name, command, rule, applied, reply):
        statements = command.get(WRITES.get(name) or "", [])
        action = rule.action if rule else {}
        outcome = (
            "cut"
            if "cut" in action
            else "swallowed" if action.get("swallow") else "ok" if reply.get("ok") else reply.get("code")
        )
        self._mock.log(
            {
                "node": self._node,
                "connection": self._number,
                "command": name,
                "ns": f"{command['$db']}.{next(iter(command.values()))}",
                "lsid": bytes(command["lsid"]["id"]).hex() if "lsid" in command else None,
                "txnNumber": command.get("txnNumber"),
                "ids": [one["_id"] if "_id" in one else one.get("q", {}).get("_id") for one in statements]
                or [command.get("query", {}).get("_id")],
                "rule": rule.number if rule else None,
                "applied": applied,
                "outcome": outcome,
            }
        )

    # --- what an ordinary server would answer

    def _default(self, name, command):
        mock = self._mock
        if name in HELLO:
            return self._hello(command)
        if mock.account and name not in OPEN_TO_ALL and not (self._log_in and self._log_in.done):
            raise CommandError(13, "Unauthorized", f"command {name} requires authentication")
        if mock.set_name and mock.primary() != self._node:
            if name in WRITES:
                raise CommandError(
                    10107,
                    "NotWritablePrimary",
                    "not primary",
                    errorLabels=["RetryableWriteError"] if "txnNumber" in command else [],
                )
            if (
                mock.store.knows(name)
                and name not in ("getmore", "killcursors")
                and command.get("$readPreference", {}).get("mode", "primary") == "primary"
            ):
                raise CommandError(13435, "NotPrimaryNoSecondaryOk", "not primary and secondaryOk=false")
        if mock.store.knows(name):
            if not mock.set_name and "txnNumber" in command:
                raise CommandError(
                    20, "IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos"
                )
            return mock.store.run(name, command)
        if name == "saslstart":
            if not mock.account:
                raise CommandError(18, "AuthenticationFailed", "Authentication failed.")
            self._log_in = scram.Conversation(mock.account)
            return self._log_in.start(command)
        if name == "saslcontinue" and self._log_in:
            return self._log_in.proceed(command)
        if name == "buildinfo":
            return {"version": "6.0.0", "versionArray": [6, 0, 0, 0], "maxBsonObjectSize": 16 * 1024 * 1024, "ok": 1.0}
        if name in PLAIN_OK:
            return {"ok": 1.0}
        raise CommandError(59, "CommandNotFound", f"no such command: '{name}'")

    def _hello(self, command):
        mock, address = self._mock, self.server.address
        over = {"connectionId": self._number, **mock.over_hello}
        if mock.account and "saslSupportedMechs" in command:
            over["saslSupportedMechs"] = ["SCRAM-SHA-256"]
        if not mock.set_name:
            return wire.hello(over, address)
        primary = mock.primary()
        return wire.hello(
            over,
            address,
            mock.set_name,
            mock.hosts,
            mock.hosts[primary] if primary is not None else None,
            mock.election,
            secondary=primary != self._node,
        )


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("script", nargs="?")
    options.add_argument("--members", type=int)
    options.add_argument("--log")
    options.add_argument("--dump")
    given = options.parse_args()
    script = json_util.loads(open(given.script).read()) if given.script else {}
    mock = Mock(script, given.members, open(given.log, "a") if given.log else None)
    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    print(mock.uri(), flush=True)
    over.wait()
    mock.log({"end": True, "unfired": [rule.number for rule in mock.rules if not rule.fired]})
    if given.dump:
        with mock.store.lock, open(given.dump, "w") as file:
            for namespace, collection in sorted(mock.store.collections.items()):
                for document in collection.values():
                    print(
                        json_util.dumps(
                            {"ns": namespace, "doc": document}, json_options=json_util.CANONICAL_JSON_OPTIONS
                        ),
                        file=file,
                    )


if __name__ == "__main__":
    main()
