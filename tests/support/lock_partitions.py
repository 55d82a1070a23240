#!/usr/bin/python3
"""Cuts holders off their store for good: everything that came of the command is dead in time, every time.

usage: lock_partitions.py [--rounds N] [--at-once N] [--seed S] [--lease TIME] [--mlock PROGRAM] [--store engine|file]

A round runs `mlock run` with a command that makes a tree of processes: a child, one in a session of its own whose
parents have gone, one that does not listen to SIGTERM. At a random moment of its lease the way to the store is cut
(engine), nothing is closed, and in half of the rounds mlock is stopped as well; on the file store mlock is stopped. The
last of the tree has to be dead before the request that last got or renewed the lease is 9/10 of the lease old. That
request counts from its arrival here, which is a moment after mlock sent it.

Prints how much time was left in the worst round. Exit code 1: a violation; 77: it cannot run here.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import select
import shutil
import signal
import subprocess
import sys
import time

import lock_harness as harness
from lock_proxy import Proxy, boot_time

TREE = """
note() { echo "$1" >>"$PIDS"; }
(setsid sh -c '(trap "" TERM; sh -c "echo \\$\\$ >>$PIDS; exec sleep 1000") & exit 0' &)
(trap "" TERM; sh -c 'echo $$ >>"$PIDS"; exec sleep 1000') &
sleep 1000 &
note $!
note $$
wait
"""
PROCESSES = 4


class Watch:
    """Sees on a proxy when the last request was sent that was answered: since then the lease counts."""

    def __init__(self):
        self.granted, self._sent = None, {}

    def __call__(self, connection, direction, data):
        if direction == "request" and b"findAndModify" in data:
            self._sent[connection.number] = boot_time()
        elif direction == "reply" and connection.number in self._sent:
            self.granted = self._sent.pop(connection.number)


def until(what, seconds=60):
    end = boot_time() + seconds
    while not what():
        if boot_time() > end:
            raise RuntimeError("nothing came to be")
        time.sleep(0.01)


def newest_renewal(folder):
    """When the lock in this folder was last got or renewed."""
    while True:
        try:
            newest = max(path for path in folder.glob("*.lock/*"))
            return json.loads(newest.read_text())["holders"][0]["renewed"] / 1e9
        except (FileNotFoundError, ValueError):
            continue  # replaced meanwhile


def watcher_of(pids):
    """A process of its own, that nobody delays: at its end it prints when the last of these ended. Is at work already."""
    command = [sys.executable, __file__, "--watch", *map(str, pids)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    if process.stdout.readline() != "ready\n":
        raise RuntimeError("the watcher did not begin")
    return process


def watch(pids):
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(2))
    except PermissionError:
        pass
    poll, ended = select.poll(), 0.0
    waiting = {os.pidfd_open(pid): pid for pid in pids}
    for descriptor in waiting:
        poll.register(descriptor, select.POLLIN)
    print("ready", flush=True)
    while waiting:
        events = poll.poll(60_000)
        if not events:
            raise RuntimeError("some live on: " + " ".join(map(str, waiting.values())))
        ended = boot_time()
        for descriptor, _ in events:
            poll.unregister(descriptor)
            os.close(descriptor)
            del waiting[descriptor]
    return ended


def play(number, given, place, uri):
    """One round: the seconds that were left, and mlock's exit code."""
    dice, lease = random.Random(f"{given.seed}/{number}"), given.lease
    folder = place / str(number)
    folder.mkdir()
    pids, watch = folder / "pids", Watch()
    proxy = Proxy(harness.address_of(uri), watch) if uri else None
    store = f"mongodb://{proxy.address}/" if proxy else f"file:{folder / 'locks'}"
    command = [given.mlock, "run", f"--store={store}", f"--lease={harness.milliseconds(lease)}", "--wait=30s"]
    mlock = subprocess.Popen(
        [*command, f"round{number}", "--", "sh", "-c", TREE],
        env={**os.environ, "PIDS": str(pids)},
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: pids.exists() and len(pids.read_text().splitlines()) >= PROCESSES)
        watcher = watcher_of(int(pid) for pid in pids.read_text().split())
        time.sleep(dice.uniform(0, lease))
        stops = proxy is None or number % 2 == 1
        if stops:
            mlock.send_signal(signal.SIGSTOP)
        if proxy:
            proxy.cut_off()
        ended = float(watcher.communicate(timeout=90)[0])
        granted = watch.granted if proxy else newest_renewal(folder / "locks")
        mlock.send_signal(signal.SIGCONT)
        return granted + 0.9 * lease - ended, mlock.wait(60), stops
    finally:
        mlock.kill()
        if proxy:
            proxy.close()
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--at-once", type=int, default=16)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--lease", type=harness.duration, default=1.5)
    parser.add_argument("--mlock", type=harness.find_tool, default="mlock")
    parser.add_argument("--store", choices=("engine", "file"), default="engine")
    given = parser.parse_args()
    print(f"lock_partitions: seed {given.seed}", file=sys.stderr, flush=True)
    with harness.folder() as place:
        if given.store == "file":
            return judge(given, place, None)
        with harness.running_engine(pathlib.Path(place) / "engine") as uri:
            return judge(given, place, uri)


def judge(given, place, uri):
    with concurrent.futures.ThreadPoolExecutor(given.at_once) as pool:
        rounds = list(pool.map(lambda number: play(number, given, place, uri), range(given.rounds)))
    late = sum(left < 0 for left, _, _ in rounds)
    strange = sum(code != 124 for _, code, _ in rounds)
    stopped = sum(stops for _, _, stops in rounds)
    left = sorted(left for left, _, _ in rounds)
    print(f"rounds {len(rounds)}, mlock stopped as well in {stopped}, store {given.store}")
    print(
        f"time left, of a lease of {harness.milliseconds(given.lease)}: least {harness.milliseconds(left[0])}, "
        f"median {harness.milliseconds(left[len(left) // 2])}"
    )
    print(f"dead too late {late}")
    print(f"exit codes other than 124 {strange}")
    return 1 if late or strange else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--watch"]:
        sys.exit(print(watch([int(pid) for pid in sys.argv[2:]])))
    sys.exit(main())
