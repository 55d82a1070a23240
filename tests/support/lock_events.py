"""Judges a run under a lock by what its holders wrote down, and keeps a register as a fenced resource would.

Each lock has a file to which its holders append, a line in one write(2): `enter TOKEN PID`, then `work` and `leave`
the same way. Nothing else is asked: not the store, not mlock, not the clock.
"""

import collections

EVENTS = ("enter", "work", "leave")


class Verdict:
    """What was found, over all locks."""

    def __init__(self):
        self.grants = self.overlaps = self.repeated = self.disordered = self.foreign = self.left = 0
        self.examples = []

    def found(self, what, where, line):
        setattr(self, what, getattr(self, what) + 1)
        if len(self.examples) < 20:
            self.examples.append(f"{what}: {where}: {line}")

    def violations(self):
        return self.overlaps + self.repeated + self.disordered + self.foreign


def judge(verdict, where, lines):
    """Reads the events of one lock, in the order of its file.

    An overlap is any event of a holder after another with a larger token has entered: the earlier one was to be dead.
    """
    newest, seen = 0, set()
    for number, line in enumerate(lines, 1):
        place = f"{where}:{number}"
        words = line.split()
        if len(words) != 3 or words[0] not in EVENTS or not words[1].isdigit() or not words[2].isdigit():
            verdict.found("foreign", place, line)
            continue
        event, token = words[0], int(words[1])
        if token < newest:
            verdict.found("overlaps", place, f"{line}, after {newest} entered")
        if event == "enter":
            verdict.grants += 1
            if token in seen:
                verdict.found("repeated", place, line)
            elif token < newest:
                verdict.found("disordered", place, f"{line}, after {newest}")
            seen.add(token)
            newest = max(newest, token)
        elif token not in seen:
            verdict.found("foreign", place, f"{line}, which never entered")
        verdict.left += event == "leave"
    return verdict


class Register:
    """A resource with a fence: it takes a write unless one with a larger token came before."""

    def __init__(self):
        self._newest = collections.Counter()
        self.accepted = self.rejected = 0

    def write(self, line):
        """`NAME TOKEN PID`; whether it was accepted."""
        name, token, _ = line.split()
        fresh = int(token) >= self._newest[name]
        self._newest[name] = max(self._newest[name], int(token))
        self.accepted += fresh
        self.rejected += not fresh
        return fresh


def self_test():
    """Hands the judge logs that are wrong in every way it knows, and sees that it finds just that."""
    good = ["enter 5 1", "work 5 1", "leave 5 1", "enter 7 2", "enter 8 3", "work 8 3", "leave 8 3"]
    cases = [
        ("good", good, {}),
        ("empty", [], {}),
        ("works after the next has entered", good[:4] + ["work 5 1"] + good[4:], {"overlaps": 1}),
        ("leaves after the next has entered", ["enter 5 1", "enter 6 2", "leave 5 1"], {"overlaps": 1}),
        ("overtaken twice", ["enter 5 1", "enter 6 2", "work 5 1", "leave 5 1"], {"overlaps": 2}),
        ("a token twice, one after the other", ["enter 5 1", "leave 5 1", "enter 5 2"], {"repeated": 1}),
        ("a token twice, later", good + ["enter 5 9"], {"repeated": 1, "overlaps": 1}),
        ("a smaller token", good + ["enter 6 9"], {"disordered": 1, "overlaps": 1}),
        ("never entered", good + ["work 9 9"], {"foreign": 1}),
        ("half a line", good + ["enter 9"], {"foreign": 1}),
        ("two in one line", good + ["enter 9 1enter 10 2"], {"foreign": 1}),
    ]
    wrong = []
    for name, lines, wanted in cases:
        verdict = judge(Verdict(), name, lines)
        found = {key: getattr(verdict, key) for key in ("overlaps", "repeated", "disordered", "foreign")}
        found = {key: count for key, count in found.items() if count}
        if found != wanted or bool(verdict.violations()) != bool(wanted):
            wrong.append(f"{name}: wanted {wanted}, found {found}")
    register = Register()
    answers = [register.write(line) for line in ("a 5 1", "b 3 1", "a 7 2", "a 5 1", "a 7 2", "b 4 1")]
    if answers != [True, True, True, False, True, True] or (register.accepted, register.rejected) != (5, 1):
        wrong.append(f"register: {answers}")
    return wrong
