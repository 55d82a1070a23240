"""The faults of lock_torture.py, drawn from a seed: what is done to processes and connections, and to the engine."""

import collections
import heapq
import itertools
import json
import random
import signal
import threading
import time

import lock_harness as harness
import lock_proxy

WEIGHTS = {
    "engine": {"connection": 55, "stop-holder": 12, "stop-mlock": 15, "stop-both": 12, "kill-mlock": 6},
    "file": {"stop-holder": 25, "stop-mlock": 35, "stop-both": 30, "kill-mlock": 10},
}


class Faults:
    """Draws one after the other, and does it to whoever is there."""

    def __init__(self, given, shared, proxy, log):
        self._given, self._shared, self._proxy, self._log = given, shared, proxy, log
        self._dice = random.Random(f"{given.seed}/faults")
        self._stopped, self._order = [], itertools.count()  # (until, order, Handle)
        self._asleep = set()  # their numbers
        self._weights = WEIGHTS[given.store]
        self.done, self.missed, self.number = collections.Counter(), 0, 0
        self.next = harness.boot_time()

    def work(self):
        """What is due by now."""
        now = harness.boot_time()
        while self._stopped and self._stopped[0][0] <= now:
            self._go_on(heapq.heappop(self._stopped)[2])
        if now >= self.next:
            self.next = max(self.next + self._dice.expovariate(1 / self._given.fault_every), now - 1)
            self._one()

    def wait(self):
        due = min([self.next] + [one[0] for one in self._stopped[:1]])
        time.sleep(min(max(due - harness.boot_time(), 0), 0.05))

    def release(self):
        for _, _, handle in self._stopped:
            self._go_on(handle)
        self._stopped.clear()

    def _go_on(self, handle):
        self._asleep.discard(handle.pid)
        handle.send(signal.SIGCONT)
        handle.close()

    def _one(self):
        dice, self.number = self._dice, self.number + 1
        kind = dice.choices(list(self._weights), self._weights.values())[0]
        # Always as many draws, so that what comes later does not hang on what was hit.
        pick, held_only, ms = dice.random(), dice.random() < 0.15, dice.uniform(1, 50)
        length = dice.random()
        if length < 0.3:
            ms = dice.uniform(50, 300)
        if length < 0.04:
            ms = 1000 * dice.uniform(0.8, 1.6) * self._given.lease[1]
        wire = {"kind": dice.choice(lock_proxy.KINDS), "ms": round(ms)}
        entry = {"time": round(harness.boot_time(), 4), "number": self.number, "kind": kind}
        if kind == "connection":
            kind, hit = wire["kind"], True
            entry.update(wire)
            print(json.dumps({"fault": wire, "pick": pick}), file=self._proxy, flush=True)
        else:
            hit = self._strike(kind, pick, held_only, ms / 1000, entry)
            if not hit and kind != "kill-mlock":  # then anybody
                kind = entry["kind"] = "stop-mlock"
                hit = self._strike(kind, pick, False, ms / 1000, entry)
        self.done[kind] += hit
        self.missed += not hit
        print(json.dumps(entry), file=self._log)

    def _strike(self, kind, pick, held_only, seconds, entry):
        """To a mlock or its holder, from worker number `pick` on; whether there was one."""
        first = int(pick * self._shared.workers)
        for step in range(self._shared.workers):
            worker = (first + step) % self._shared.workers
            mlock = self._shared.running(worker)
            if not mlock:
                continue
            handles = []
            if held_only or kind in ("stop-holder", "stop-both"):
                holder, guardian = harness.command_of(mlock)
                if not holder:
                    continue
                if kind in ("stop-holder", "stop-both"):
                    handles.append(harness.handle_of(holder, lambda: harness.parent_of(holder) == guardian))
                if kind == "stop-both" and self._given.break_promise:
                    handles.append(harness.handle_of(guardian, lambda: harness.parent_of(guardian) == mlock))
            if kind != "stop-holder":
                handles.append(harness.handle_of(mlock, lambda: self._shared.running(worker) == mlock))
            handles = [handle for handle in handles if handle]
            # One stop at a time, or the end of the shorter would end the longer.
            if kind != "kill-mlock" and any(handle.pid in self._asleep for handle in handles):
                for handle in handles:
                    handle.close()
                continue
            if not handles:
                continue
            entry.update(worker=worker, pids=[handle.pid for handle in handles])
            if kind != "kill-mlock":
                entry["seconds"] = round(seconds, 3)
            for handle in handles:
                if kind == "kill-mlock":
                    handle.send(signal.SIGKILL)
                    handle.close()
                    continue
                handle.send(signal.SIGSTOP)
                self._asleep.add(handle.pid)
                heapq.heappush(self._stopped, (harness.boot_time() + seconds, next(self._order), handle))
            return True
        return False


class Restarts(threading.Thread):
    """Kills the engine and brings it back, every so often."""

    def __init__(self, given, where, log):
        super().__init__(daemon=True)
        self._dice, self._every, self._where, self._log = random.Random(f"{given.seed}/engine"), given.restart_every, where, log
        self._over, self.done, self.error = threading.Event(), 0, None

    def run(self):
        try:
            while not self._over.wait(self._dice.uniform(0.5, 1.5) * self._every):
                down = self._dice.uniform(0, 1.5)
                entry = {"time": round(harness.boot_time(), 4), "kind": "engine", "down": round(down, 3)}
                harness.engine("kill", self._where)
                time.sleep(down)
                harness.engine("cont", self._where)
                entry["back"] = round(harness.boot_time(), 4)
                print(json.dumps(entry), file=self._log)
                self.done += 1
        except RuntimeError as error:
            self.error = str(error)

    def end(self):
        self._over.set()
        self.join()
