"""What the tests of mlock share: stores, processes and their signals, clocks that are an hour off."""

import contextlib
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
CLONE_NEWTIME = 0x80
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
GUARDIAN = "mlock-guardian"
_libc = ctypes.CDLL(None, use_errno=True)


def boot_time():
    """Seconds of the one clock that nobody sets and that does not stand still."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def duration(text):
    """Seconds, from `600ms`, `2s` or a bare number of seconds."""
    for unit, factor in (("ms", 1e-3), ("s", 1.0)):
        if text.endswith(unit):
            return float(text[: -len(unit)]) * factor
    return float(text)


def milliseconds(seconds):
    return f"{round(seconds * 1000)}ms"


def find_tool(given):
    found = shutil.which(given)
    if not found:
        sys.exit(f"{given} is not on PATH")
    return os.path.abspath(found)


# --- stores


def engine(verb, where, *arguments):
    """Runs engine.sh and returns what it printed."""
    command = [HERE / "engine.sh", verb, where, *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"engine.sh {verb}: {result.stderr}")
    return result.stdout.strip()


def address_of(uri):
    return uri.removeprefix("mongodb://").partition("/")[0]


@contextlib.contextmanager
def running_engine(where, mode="standalone"):
    """Its URI. Ends the program with code 77 where there can be none."""
    if subprocess.run([HERE / "engine.sh", "available"], check=False).returncode:
        sys.exit(77)
    try:
        yield engine("start", where, f"--mode={mode}")
    finally:
        engine("stop", where)


@contextlib.contextmanager
def folder(given=None):
    """The folder for logs: `given`, which stays, or one that goes."""
    if given:
        pathlib.Path(given).mkdir(parents=True, exist_ok=True)
        yield pathlib.Path(given).resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="mlock-") as name:
            yield pathlib.Path(name)


# --- processes


def become_subreaper():
    """Orphans of our children become our children."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, ctypes.c_ulong(1), 0, 0, 0)


def die_with(parent):
    """Ends this process when its parent, `parent`, ends, however that comes about."""
    _libc.prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def children_of(pid):
    try:
        text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in text.split()]


def name_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def parent_of(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def guardian_of(mlock):
    return next((child for child in children_of(mlock) if name_of(child) == GUARDIAN), 0)


def command_of(mlock):
    """The command that runs under a lock, and its guardian; 0 when there is none."""
    guardian = guardian_of(mlock)
    return next(iter(children_of(guardian)), 0) if guardian else 0, guardian


class Handle:
    """A process that cannot be mistaken for a later one with the same number."""

    def __init__(self, pid):
        self.pid, self.fd = pid, os.pidfd_open(pid)

    def send(self, number):
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.fd, number)

    def close(self):
        os.close(self.fd)


def handle_of(pid, is_still):
    """A Handle, or None when there is no such process any more; `is_still` is asked once it is there."""
    try:
        handle = Handle(pid)
    except OSError:
        return None
    if is_still():
        return handle
    handle.close()
    return None


# --- clocks


def shifted_clocks(seconds):
    """A descriptor of a time namespace whose clocks, but for the wall's, are `seconds` ahead. OSError: not permitted."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            if _libc.unshare(CLONE_NEWTIME) != 0:
                os._exit(1)
            offsets = f"monotonic {seconds} 0\nboottime {seconds} 0\n"
            pathlib.Path("/proc/self/timens_offsets").write_text(offsets)
            os.write(writer, b"x")
            signal.pause()
        finally:
            os._exit(1)
    os.close(writer)
    try:
        if not os.read(reader, 1):
            raise PermissionError("no time namespace may be made here")
        return os.open(f"/proc/{child}/ns/time_for_children", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        os.close(reader)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def enter_clocks(descriptor):
    """Moves this process, which has one thread, into a time namespace."""
    if _libc.setns(descriptor, CLONE_NEWTIME) != 0:
        raise OSError(ctypes.get_errno(), "setns")
