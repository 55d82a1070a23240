#!/usr/bin/python3
"""Loses the first reply to each acquire, renew and release: each is right all the same, and nobody locks itself out.

usage: lock_lost_replies.py [--rounds N] [--at-once N] [--count N] [--mlock PROGRAM]

A round takes a lock, renews it and gives it back, each by a process of its own, whose first request the store answers
and whose answer the way loses. Then the store is asked directly: the lock has one holder, with the token that was
printed; its lease was begun anew; it is free. --count: as a semaphore of so many places.

Prints what was counted. Exit code 1: something was wrong; 77: it cannot run here.
"""

import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys

import lock_harness as harness
from lock_proxy import Proxy


class LoseOne:
    """Cuts the connection at the first reply to a findAndModify."""

    def __init__(self):
        self.lost, self._asked = 0, set()

    def __call__(self, connection, direction, data):
        if direction == "request" and b"findAndModify" in data:
            self._asked.add(connection.number)
        elif direction == "reply" and connection.number in self._asked and not self.lost:
            self.lost = 1
            return {"kind": "cut"}
        return None


class Round:
    def __init__(self, number, given, uri):
        self._name, self._given, self._uri = f"round{number}", given, uri
        self.lost, self.wrong = 0, []

    def _mlock(self, store, command, *arguments):
        words = [self._given.mlock, command, "-q", f"--store={store}", *arguments, self._name]
        return subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)

    def _through_loss(self, command, *arguments):
        loss = LoseOne()
        proxy = Proxy(harness.address_of(self._uri), loss)
        try:
            done = self._mlock(f"mongodb://{proxy.address}/", command, *arguments)
        finally:
            proxy.close()
        self.lost += loss.lost
        if done.returncode or not loss.lost:
            self.wrong.append(f"{self._name} {command}: exit code {done.returncode}, lost {loss.lost}: {done.stderr}")
        return done.stdout

    def _state(self):
        return json.loads(self._mlock(self._uri, "status", "--json").stdout)

    def _expect(self, what, good, state):
        if not good:
            self.wrong.append(f"{self._name} {what}: {json.dumps(state)}")

    def play(self):
        got = json.loads(self._through_loss("acquire", "--lease=60s", f"--count={self._given.count}") or "{}")
        state = self._state()
        tokens = [holder["token"] for holder in state["holders"]]
        self._expect("acquired", tokens == [got.get("token")] and state["token"] == tokens[0], state)
        self._through_loss("renew", f"--nonce={got.get('nonce')}", "--lease=1h")
        state = self._state()
        self._expect("renewed", len(state["holders"]) == 1 and state["holders"][0]["left"] > 3000, state)
        self._through_loss("release", f"--nonce={got.get('nonce')}")
        state = self._state()
        self._expect("released", not state["held"] and not state["expired"], state)
        return self


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=12)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--mlock", type=harness.find_tool, default="mlock")
    given = parser.parse_args()
    with harness.folder() as place, harness.running_engine(pathlib.Path(place) / "engine") as uri:
        with concurrent.futures.ThreadPoolExecutor(given.at_once) as pool:
            rounds = list(pool.map(lambda number: Round(number, given, uri).play(), range(given.rounds)))
    wrong = [text for one in rounds for text in one.wrong]
    print(f"rounds {len(rounds)}, replies lost {sum(one.lost for one in rounds)}")
    print(f"wrong {len(wrong)}")
    print("\n".join(wrong[:20]), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
