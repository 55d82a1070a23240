"""The faults a feed server can inject: their names, scripts of them and seeded plans."""

import random
import re
from collections import deque
from dataclasses import dataclass

# Faults of a body that runs, injected just before the record they name. The ones that end the connection first
# make sure that every earlier record has reached the client, so that "sent" means "could be read".
ENDING = {
    "cut-line": "half of the record, then FIN",
    "cut-utf8": "the record up to the middle of a multi-byte character, then FIN",
    "cut-gzip": "the record with its gzip block cut, then FIN (a plain body: as cut-line)",
    "cut-chunk": "a part of the chunk's size line, then FIN",
    "rst": "half of the record, then RST",
    "fin": "FIN with no terminating chunk",
    "end": "a clean end: gzip trailer and terminating chunk",
    "crc": "a clean end but for a wrong CRC in the gzip trailer",
    "no-trailer": "a clean HTTP end of a gzip member that has no end",
    "zeros": "the gzip member's end, 512 zero bytes, a clean HTTP end",
}
PASSING = {
    "stall": "nothing at all for ARG seconds, then on",
    "hush": "keep-alives but no record for ARG seconds, then on",
    "garbage": "a line that is not JSON, then on",
    "huge": "a line of ARG bytes of JSON, then on",
    "members": "the end of the gzip member and another one begun",
    "empty-member": "the same with an empty gzip member between the two",
}
# Faults of the answer; a body that runs when their record comes is ended with FIN first.
ANSWERS = {
    "empty": "200 and a body of nothing",
    "refuse": "no listener for ARG seconds",
    "slow-headers": "a header byte at a time over ARG seconds, then the feed",
    "http10": "HTTP/1.0: no chunks, the body ends where the connection does",
    "type": "200 and an HTML page",
}
STATUSES = {code: "this status; ARG: N, dateN (Retry-After) or resetN (x-rate-limit-reset)"
            for code in ("400", "401", "403", "404", "406", "408", "410", "420", "429", "500", "502", "503", "504")}
REDIRECTS = {code: "a redirect; ARG 'other': to another name of this host, which needs no authorization"
             for code in ("301", "302", "303", "307", "308")}
ALL = {**ENDING, **PASSING, **ANSWERS, **STATUSES, **REDIRECTS}

GZIP_ONLY = {"crc", "no-trailer", "zeros", "members", "empty-member"}
SECONDS = {"stall": 1.0, "hush": 1.0, "refuse": 0.3, "slow-headers": 0.5}
HUGE_BYTES = 20_000_000

# What a seeded plan draws from. Statuses that no client should outlive and the 20 MB line must be asked for.
DRAWN = [*ENDING, "stall", "garbage", "members", "empty-member", "empty", "refuse", "slow-headers",
         "401", "403", "420", "429", "500", "503", "302", "307"]


@dataclass(frozen=True)
class Fault:
    """One fault and the number of the record before which it comes."""
    name: str
    at: int
    argument: str = ""

    @property
    def of_answer(self):
        return self.name in ANSWERS or self.name in STATUSES or self.name in REDIRECTS

    @property
    def ends(self):
        return self.name in ENDING

    @property
    def seconds(self):
        return float(self.argument or SECONDS[self.name])


def check(fault):
    """The fault itself; ValueError when its name or argument makes no sense."""
    if fault.name not in ALL:
        raise ValueError(f"no fault is called '{fault.name}'")
    pattern = (r"(date|reset)?\d+" if fault.name in STATUSES else "other" if fault.name in REDIRECTS
               else r"\d+(\.\d+)?" if fault.name in SECONDS else r"\d+" if fault.name == "huge" else r"(?!)")
    if fault.argument and not re.fullmatch(pattern, fault.argument):
        raise ValueError(f"{fault.name} cannot take '{fault.argument}'")
    return fault


def script(text):
    """A plan from "NAME[=ARG]@RECORD,..."; faults at one record keep their order."""
    plan = []
    for item in filter(None, text.split(",")):
        match = re.fullmatch(r"([a-z0-9-]+)(?:=([a-z0-9.]+))?@(\d+)", item.strip())
        if not match:
            raise ValueError(f"'{item}' is not NAME[=ARG]@RECORD")
        plan.append(check(Fault(match[1], int(match[3]), match[2] or "")))
    return deque(sorted(plan, key=lambda fault: fault.at))


def drawn(count, total, seed, gzip, kinds=None):
    """A plan of `count` faults over `total` records, the same for the same seed. A kind is NAME or NAME=ARG.

    Kinds come in shuffled decks, so a long plan holds each about equally often. A fault of the answer follows the
    break before it when that was one of the body's, so that at most one answer in a row is bad: clients may give
    up after a few refusals in a row, and that is not what such a plan is to test.
    """
    rng = random.Random(seed)
    kinds = [kind for kind in kinds or DRAWN if gzip or kind not in GZIP_ONLY]
    places = sorted(rng.randrange(1, total) for _ in range(count))
    plan, deck = [], []
    for place in places:
        deck = deck or rng.sample(kinds, len(kinds))
        name, _, argument = deck.pop().partition("=")
        fault = check(Fault(name, place, argument))
        if fault.name in ("420", "429", "503") and not argument:
            fault = Fault(fault.name, place, rng.choice(["", "1", "date1", "reset1"]))
        if fault.of_answer and plan and plan[-1].ends:
            fault = Fault(fault.name, plan[-1].at, fault.argument)
        plan.append(fault)
    return deque(plan)
