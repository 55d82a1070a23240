"""Workers of lock_torture.py: they run mlock again and again, each on the lock and with the lease that its dice say."""

import mmap
import os
import random
import time

import lock_harness as harness

HOLDER = """
echo "enter $MLOCK_TOKEN $$" >>"$1"
[ "$3" = 0 ] || sleep "$3"
echo "$MLOCK_NAME $MLOCK_TOKEN $$" >"$2"
echo "work $MLOCK_TOKEN $$" >>"$1"
[ "$4" = 0 ] || sleep "$4"
echo "leave $MLOCK_TOKEN $$" >>"$1"
"""
PATIENCE = 10.0  # of a worker for its lock


class Shared:
    """Memory of all processes here: which mlock each worker runs, and whether it is over."""

    def __init__(self, workers):
        self._numbers = memoryview(mmap.mmap(-1, 4 * (workers + 1))).cast("i")
        self.workers = workers

    def running(self, worker):
        return self._numbers[worker]

    def set_running(self, worker, pid):
        self._numbers[worker] = pid

    def over(self):
        return self._numbers[self.workers] != 0

    def end(self):
        self._numbers[self.workers] = 1


class Worker:
    """A process that runs mlock after mlock, each ended before the next; and buries what those leave behind."""

    def __init__(self, number, given, place, shared, store, clocks):
        self._number, self._given, self._place, self._shared, self._store = number, given, place, shared, store
        self._clocks = clocks
        self._dice = random.Random(f"{given.seed}/worker/{number}")
        self._messages = os.open(place / f"messages.{number}", os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_CLOEXEC)

    def run(self):
        harness.become_subreaper()
        with open(self._place / f"runs.{self._number}", "w", buffering=1) as log:
            print("began ended name lease clocks pid code", file=log)
            while not self._shared.over():
                self._one(log)
        # Guardians of those that were killed may still be at their work.
        end = harness.boot_time() + 10
        while harness.boot_time() < end:
            try:
                if os.waitpid(-1, os.WNOHANG) == (0, 0):
                    time.sleep(0.02)
            except ChildProcessError:
                return 0
        return 1

    def _one(self, log):
        dice = self._dice
        name = f"n{dice.randrange(self._given.names)}"
        lease = dice.uniform(*self._given.lease)
        before, after = self._work(lease), self._work(lease)
        clocks = dice.choice(sorted(self._clocks)) if dice.random() < 0.5 else 0
        command = [
            self._given.mlock,
            "run",
            "-q",
            f"--store={self._store}",
            f"--lease={harness.milliseconds(lease)}",
            f"--wait={PATIENCE}s",
            name,
            "--",
            "/bin/sh",
            "-c",
            HOLDER,
            "holder",
            str(self._place / f"events.{name}"),
            str(self._place / "register.pipe"),
            before,
            after,
        ]
        began = harness.boot_time()
        worker, pid = os.getpid(), os.fork()
        if pid == 0:
            try:
                harness.die_with(worker)  # nobody would make it go on if it was stopped
                os.dup2(self._messages, 2)
                if clocks:
                    harness.enter_clocks(self._clocks[clocks])
                os.execv(command[0], command)
            finally:
                os._exit(99)
        self._shared.set_running(self._number, pid)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        self._shared.set_running(self._number, 0)  # before its number may be another's
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        times = f"{began:.3f} {harness.boot_time():.3f}"
        print(times, name, harness.milliseconds(lease), clocks, pid, code, file=log)
        try:
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
        except ChildProcessError:
            pass

    def _work(self, lease):
        """How long a part of the work takes, for sleep(1): mostly no time, now and then longer than the lease."""
        kind = self._dice.random()
        if kind < 0.8:
            return "0"
        if kind < 0.97:
            return f"{self._dice.uniform(0.001, 0.03):.4f}"
        if kind < 0.992:
            return f"{self._dice.uniform(0.05, 0.6) * lease:.4f}"
        return f"{self._dice.uniform(0.6, 1.5) * lease:.4f}"
