#!/usr/bin/python3
"""How soon a lock that is given back is somebody else's, while a hundred wait; and what the waiting asks of the store.

    handover.py STORE [--waiters N] [--grants N] [--hold TIME] [--mlock PROGRAM]

STORE is `file` or `engine` (a real one, behind a proxy that counts what is asked). All the time N run `mlock run` for
one lock; its command notes when it begins and ends. Prints the median and the 99th percentile of what lies between an
end and the next beginning, the exit of one command and the start of the next included, and operations a second a
waiter (engine).
"""

import argparse
import contextlib
import os
import pathlib
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))

import lock_harness as harness  # noqa: E402
from lock_proxy import Proxy  # noqa: E402

COMMAND = 'echo "$EPOCHREALTIME begins" >>log; sleep "$HOLD"; echo "$EPOCHREALTIME ends" >>log'


def keep_asking(given, store, place, over):
    words = [given.mlock, "run", "-q", f"--store={store}", "--wait=inf", "x", "--", "bash", "-c", COMMAND]
    while not over.is_set():
        with contextlib.suppress(subprocess.TimeoutExpired):
            process = subprocess.Popen(words, cwd=place, env={**os.environ, "HOLD": str(given.hold)})
            while process.poll() is None:
                if over.wait(0.2):
                    process.terminate()
                    process.wait(30)


def measure(given, store, place, commands):
    log, over = pathlib.Path(place) / "log", threading.Event()
    log.touch()
    threads = [threading.Thread(target=keep_asking, args=(given, store, place, over)) for _ in range(given.waiters + 1)]
    for thread in threads:
        thread.start()
    time.sleep(3)  # all of them wait by now
    warm, asked, began = len(log.read_text().splitlines()), commands(), time.monotonic()
    while len(log.read_text().splitlines()) - warm < 2 * given.grants:
        time.sleep(0.2)
    seconds, asked = time.monotonic() - began, commands() - asked
    over.set()
    for thread in threads:
        thread.join()
    lines = [line.split() for line in log.read_text().splitlines()[warm : warm + 2 * given.grants]]
    gaps = sorted(
        1000 * (float(after[0]) - float(before[0]))
        for before, after in zip(lines, lines[1:])
        if before[1] == "ends" and after[1] == "begins"
    )
    print(f"{given.store}: {given.waiters} waiters, {len(gaps)} times handed over")
    print(f"  ms from one to the next: median {gaps[len(gaps) // 2]:.1f}, p99 {gaps[int(len(gaps) * 0.99)]:.1f}")
    if asked:
        # Each grant costs two: they are the holder's.
        print(f"  operations a second a waiter: {(asked - 2 * len(gaps)) / seconds / given.waiters:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", choices=("file", "engine"))
    parser.add_argument("--waiters", type=int, default=100)
    parser.add_argument("--grants", type=int, default=200)
    parser.add_argument("--hold", type=harness.duration, default=0.1)
    parser.add_argument("--mlock", type=harness.find_tool, default="mlock")
    given = parser.parse_args()
    with harness.folder() as place:
        if given.store == "file":
            return measure(given, f"file:{place}/locks", place, lambda: 0)
        with harness.running_engine(pathlib.Path(place) / "engine") as uri:
            proxy = Proxy(harness.address_of(uri))
            measure(given, f"mongodb://{proxy.address}/", place, lambda: proxy.commands)
            return proxy.close()


if __name__ == "__main__":
    sys.exit(main())
