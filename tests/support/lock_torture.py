#!/usr/bin/python3
"""Mutual exclusion of `mlock run` while everything goes wrong: many workers, few locks, a fault every few milliseconds.

usage: lock_torture.py --store engine|file [--grants N] [--processes N] [--names K] [--seed S] [--fault-every TIME]
                       [--restart-every TIME] [--lease TIME[,TIME]] [--mlock PROGRAM] [--break-promise] [--log DIR]
       lock_torture.py --self-test

Workers run `mlock run NAME -- holder` again and again. A holder appends `enter`, `work` and `leave` with its token to
the lock's event log and writes to a register that a fence guards; some take no time, some longer than their lease.
lock_events.py judges the logs, and nothing else does.

Faults are drawn from the seed, which is printed, and logged with what they hit:
  what lock_proxy.py can do to a connection       (engine)
  SIGKILL of all of the engine, and its return    (engine; apart from the others, every --restart-every)
  SIGSTOP of mlock, of the holder, or both, and SIGCONT, sometimes after more than a lease
  SIGKILL of mlock
  clocks an hour ahead or behind for one run      (time namespaces; needs root; not the wall clock, which has none)
The guardian is never stopped: with it and mlock both stopped, only a fence helps, and mlock promises no more. With
--break-promise it is, which must be found: overlaps, and writes that the fence rejects.

Prints a summary. Exit code 1: a violation, or the grants were not reached; 77: it cannot run here. The folder of --log
holds the events, the register, every run of mlock, its messages, and the faults; without --log it is thrown away.
"""

import argparse
import collections
import json
import os
import random
import shutil
import signal
import socket
import sys
import threading
import time

import lock_events
import lock_harness as harness
import lock_proxy
from lock_faults import Faults, Restarts
from lock_worker import PATIENCE, Shared, Worker

EXPECTED = {0: "done", 75: "busy", 69: "no store", 124: "lost", -signal.SIGKILL: "killed"}
STILL = 90.0  # without a grant for so long, it is over


# --- the register


def keep_register(place, orders):
    """A process of its own: takes the writes in the order of their arrival, until `orders` is closed."""
    register, ready = lock_events.Register(), threading.Event()
    pipe = os.open(place / "register.pipe", os.O_RDWR | os.O_CLOEXEC)

    def serve():
        with os.fdopen(os.dup(pipe), "r", closefd=True) as lines, open(place / "register", "w", buffering=1) as log:
            for line in lines:
                if line == "end\n":
                    break
                print("accepted" if register.write(line) else "rejected", line, end="", file=log)
        ready.set()

    threading.Thread(target=serve, daemon=True).start()
    while orders.recv(1):
        pass
    os.write(pipe, b"end\n")
    ready.wait()


# --- the whole


class Count:
    """Counts entrances while they are written."""

    def __init__(self, place, names):
        self._files = [open(place / f"events.n{number}", "a+b") for number in range(names)]
        for file in self._files:
            file.seek(0)
        self.grants, self.last = 0, harness.boot_time()

    def look(self):
        found = sum(file.read().count(b"enter") for file in self._files)
        if found:
            self.last = harness.boot_time()
        self.grants += found
        return self.grants


def forked(work, *arguments):
    """A child that does one thing, and ends with us."""
    parent, child = os.getpid(), os.fork()
    if child == 0:
        code = 70
        try:
            harness.die_with(parent)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            code = work(*arguments) or 0
        finally:
            sys.stderr.flush()
            os._exit(code)
    return child


def forked_server(work, *arguments):
    """A child with a socket to talk to it, whose end ends it."""
    ours, theirs = socket.socketpair()

    def serve():
        ours.close()
        work(*arguments, theirs)

    child = forked(serve)
    theirs.close()
    return ours, child


def clocks_here():
    try:
        return {seconds: harness.shifted_clocks(seconds) for seconds in (-3600, 3600)}
    except OSError as error:
        print(f"no clocks an hour off: {error}", file=sys.stderr)
        return {0: -1}


def wait_for(children, seconds):
    """Those that have not ended by then, and those that ended badly."""
    bad, end = 0, harness.boot_time() + seconds
    while children and harness.boot_time() < end:
        for child in list(children):
            pid, status = os.waitpid(child, os.WNOHANG)
            if pid:
                children.remove(child)
                bad += status != 0
        time.sleep(0.02)
    return children, bad


def torture(given, place, store, proxy, restarts, fault_log):
    """Everything while it goes on. Returns what the judge need not know."""
    shared = Shared(given.processes)
    clocks = clocks_here()
    os.mkfifo(place / "register.pipe")
    register, register_child = forked_server(keep_register, place)
    workers = [
        forked(lambda n: Worker(n, given, place, shared, store, clocks).run(), number)
        for number in range(given.processes)
    ]
    faults, count = Faults(given, shared, proxy, fault_log), Count(place, given.names)
    began, told = harness.boot_time(), 0.0
    if restarts:
        restarts.start()
    with open(place / "progress", "w", buffering=1) as progress:
        while count.look() < given.grants and harness.boot_time() - count.last < STILL:
            faults.work()
            faults.wait()
            if harness.boot_time() - told > 5:
                told = harness.boot_time()
                print(f"{told - began:.0f} s: {count.grants} grants, {faults.number} faults", file=progress)
            if restarts and restarts.error:
                break
    seconds = harness.boot_time() - began
    shared.end()
    faults.release()
    if restarts:
        restarts.end()
    stuck, bad = wait_for(workers, PATIENCE + 30)
    for worker in stuck:
        mlock = next(iter(harness.children_of(worker)), 0)
        print(f"worker {worker} does not end, its mlock is {mlock}", file=sys.stderr)
        for pid in (mlock, worker):
            if pid:
                os.kill(pid, signal.SIGKILL)
    register.close()
    os.waitpid(register_child, 0)
    return faults, seconds, len(stuck) + bad


def summary(given, place, faults, seconds, unended, restarts):
    """Prints it, and says whether all was well."""
    verdict = lock_events.Verdict()
    for number in range(given.names):
        path = place / f"events.n{number}"
        lock_events.judge(verdict, path.name, path.read_text(errors="replace").splitlines())
    rejected = sum(line.startswith("rejected") for line in open(place / "register"))
    codes, clocks = collections.Counter(), collections.Counter()
    for number in range(given.processes):
        for line in open(place / f"runs.{number}").readlines()[1:]:
            words = line.split()
            codes[int(words[6])] += 1
            clocks[int(words[4])] += 1
    done = dict(faults.done.most_common())
    if restarts:
        done["engine"] = restarts.done
    strange = {code: times for code, times in codes.items() if code not in EXPECTED}
    outcomes = [f"{word} {codes[code]}" for code, word in EXPECTED.items()]
    outcomes += [f"code {code}: {times}" for code, times in sorted(strange.items())]
    short = max(0, given.grants - verdict.grants)
    missing = max(0, codes[0] - verdict.left)
    print(f"store {given.store}, seed {given.seed}, processes {given.processes}, names {given.names}", end="")
    print(", leases " + " to ".join(harness.milliseconds(lease) for lease in given.lease))
    print(f"faults {sum(done.values())}: " + ", ".join(f"{kind} {times}" for kind, times in done.items()), end="")
    print(f"; found nobody: {faults.missed}")
    print(f"runs {sum(codes.values())}: " + ", ".join(outcomes))
    print(f"clocks an hour ahead {clocks[3600]}, an hour behind {clocks[-3600]}")
    print(f"grants {verdict.grants}, {seconds:.0f} s, {verdict.grants / seconds:.1f} a second")
    print(f"grants missing {short}")
    print(f"overlaps {verdict.overlaps}")
    print(f"tokens out of order {verdict.disordered}")
    print(f"tokens given twice {verdict.repeated}")
    print(f"stale writes rejected {rejected}")
    print(f"lines torn or foreign {verdict.foreign}")
    print(f"done without a trace {missing}")
    print(f"strange exit codes {sum(strange.values())}")
    print(f"processes that did not end {unended}", flush=True)
    for example in verdict.examples:
        print(f"violation: {example}")
    if restarts and restarts.error:
        print(f"the engine failed: {restarts.error}")
    wrong = short + verdict.violations() + rejected + missing + sum(strange.values()) + unended
    return not wrong and not (restarts and restarts.error)


def run(given, place):
    print(f"lock_torture: seed {given.seed}", file=sys.stderr, flush=True)
    with open(place / "faults", "w", buffering=1) as fault_log:
        print(json.dumps({"seed": given.seed, "fault_every": given.fault_every}), file=fault_log)
        if given.store == "file":
            outcome = torture(given, place, f"file:{place / 'locks'}", None, None, fault_log)
            return summary(given, place, *outcome, None)
        with harness.running_engine(place / "engine") as uri:
            control, child = forked_server(lock_proxy.run_in_process, harness.address_of(uri))
            restarts = Restarts(given, place / "engine", fault_log) if given.restart_every else None
            with control, control.makefile("rw") as proxy:
                store = f"mongodb://{proxy.readline().strip()}/"
                outcome = torture(given, place, store, proxy, restarts, fault_log)
            os.waitpid(child, 0)
            return summary(given, place, *outcome, restarts)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--self-test", action="store_true")
    options.add_argument("--store", choices=("engine", "file"))
    options.add_argument("--grants", type=int, default=5000)
    options.add_argument("--processes", type=int, default=16)
    options.add_argument("--names", type=int, default=4)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options.add_argument("--fault-every", type=harness.duration, default=0.05, metavar="TIME")
    options.add_argument("--restart-every", type=harness.duration, default=20.0, metavar="TIME", help="0: never")
    options.add_argument("--lease", default="600ms,2s", metavar="TIME[,TIME]", help="one, or from one to another")
    options.add_argument("--mlock", default="mlock", metavar="PROGRAM")
    options.add_argument("--break-promise", action="store_true")
    options.add_argument("--log", metavar="DIR")
    given = options.parse_args()
    if given.self_test:
        wrong = lock_events.self_test()
        print("\n".join(wrong))
        return 1 if wrong else 0
    if not given.store:
        options.error("--store is needed")
    leases = [harness.duration(text) for text in given.lease.split(",")]
    given.lease = leases[0], leases[-1]
    with harness.folder(given.log) as place:
        # A copy: it may be built anew while this goes on.
        given.mlock = shutil.copy(harness.find_tool(given.mlock), place / "mlock")
        return 0 if run(given, place) else 1


if __name__ == "__main__":
    sys.exit(main())
