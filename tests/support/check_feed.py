#!/usr/bin/python3
"""Says whether a client of the feed server printed what the server sent, or names the first line that is wrong.

    check_feed.py --records FILE --log SERVERLOG [--no-repeats] [--until-last] [--extra-ok] OUTPUT

The output must hold whole records, byte for byte, one a line; each record that a connection sent completely at least
once; repeats only of what was sent again; and within one connection the order of the feed. The last means: the
output can be read as the connections' records one connection after the other, with some left out. A record that was
sent only in part, or passed unsent (--skip), may not be there at all unless another connection sent it.

--no-repeats  the client removes duplicates: each record at most once
--until-last  the client stopped by itself: records after the highest one printed are not missed
--extra-ok    lines the server put in between (garbage, huge) may have been passed on

Exit code 0, or 1 after a line `torn|altered|foreign|repeated|out of order|lost: ...`.
"""

import argparse
import json
import re
import sys

from feed_wire import Records


class Wrong(Exception):
    """The first thing that is wrong."""


def connections(log):
    """The (first, last, tried) record numbers of each connection that sent any, in order of their opening."""
    with open(log, encoding="utf-8") as file:
        entries = [entry for entry in map(json.loads, file) if entry["event"] == "connection"]
    entries.sort(key=lambda entry: entry["conn"])
    last_of = lambda entry: entry["first"] - 1 if entry["last"] is None else entry["last"]
    return [(entry["first"], last_of(entry), entry["tried"]) for entry in entries if entry["tried"] is not None], entries


def why_unknown(line, records, by_id):
    """Tells a torn line from a changed one."""
    if line.endswith(b"\r") and len(line) > 1:
        return "altered: carries a carriage return"
    named = [by_id[found] for found in re.findall(rb'"id_str":"(\d+)"', line) if found in by_id]
    for number in named:
        if line.endswith(records[number]):
            return f"torn: a part of a record and then record {number}"
        if line.startswith(records[number]):
            return f"torn: record {number} and then a part of a record"
        if records[number].startswith(line):
            return f"torn: the first {len(line)} of {len(records[number])} bytes of record {number}"
    if len(line) > 1 and records.bytes.find(line + b"\n") >= 0:
        return "torn: the end of a record"
    if not named:
        return "torn: the start of a record" if len(line) > 1 and records.bytes.find(line) >= 0 else "foreign: no record"
    record = records[named[0]]
    same = next((i for i, (a, b) in enumerate(zip(line, record)) if a != b), min(len(line), len(record)))
    return f"altered: record {named[0]} differs from byte {same}"


def numbered(output, records, extra_ok):
    """The record number of each output line; Wrong at the first line that is no record."""
    numbers = {hash(records[number]): number for number in range(len(records))}
    by_id, result, extra = None, [], 0
    with open(output, "rb") as file:
        for at, line in enumerate(file, 1):
            text = line[:-1]
            number = numbers.get(hash(text))
            if line.endswith(b"\n") and number is not None and records[number] == text:
                result.append((at, number))
                continue
            if by_id is None:  # only now: for a good output nobody needs it
                ids = (re.search(rb'"id_str":"(\d+)"', records[n]) for n in range(len(records)))
                by_id = {found[1]: n for n, found in enumerate(ids) if found}
            if not line.endswith(b"\n"):
                raise Wrong(f"torn: line {at}, the last, has no line end")
            reason = why_unknown(text, records, by_id)
            if not (extra_ok and reason.startswith("foreign")):
                raise Wrong(reason.replace(":", f": line {at}:", 1))
            extra += 1
    return result, extra


def check(records, spans, lines, no_repeats, until_last):
    """Counts; Wrong when the lines are not a sub-sequence of the spans, or miss a record that was sent."""
    sent, tried, seen = ([0] * len(records) for _ in range(3))
    for first, last, reach in spans:
        for number in range(first, reach + 1):
            tried[number] += 1
            sent[number] += number <= last
    at_span, position = 0, -1
    for at, number in lines:
        seen[number] += 1
        if seen[number] > max(1, tried[number]) or (no_repeats and seen[number] > 1):
            raise Wrong(f"repeated: line {at}: record {number} is printed {seen[number]} times, sent {tried[number]} times")
        if not tried[number]:
            raise Wrong(f"foreign: line {at}: record {number} was never sent completely")
        where, after = at_span, position
        while where < len(spans) and not (max(spans[where][0], after + 1) <= number <= spans[where][2]):
            where, after = where + 1, -1
        if where == len(spans):
            raise Wrong(f"out of order: line {at}: record {number} after record {position} of connection {at_span + 1}")
        at_span, position = where, number
    end = max((number for _, number in lines), default=-1) + 1 if until_last else len(records)
    lost = [number for number in range(end) if sent[number] and not seen[number]]
    if lost:
        raise Wrong(f"lost: {len(lost)} records that were sent, the first is record {lost[0]}")
    return {"records": sum(map(bool, seen)), "repeats": len(lines) - sum(map(bool, seen)),
            "sent_again": sum(tried) - sum(map(bool, tried)), "never_sent": sum(not count for count in sent[:end])}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--records", "--log"):
        parser.add_argument(name, required=True, metavar="FILE")
    for name in ("--no-repeats", "--until-last", "--extra-ok"):
        parser.add_argument(name, action="store_true")
    parser.add_argument("output")
    options = parser.parse_args()
    records = Records(options.records)
    spans, entries = connections(options.log)
    try:
        lines, extra = numbered(options.output, records, options.extra_ok)
        counts = check(records, spans, lines, options.no_repeats, options.until_last)
    except Wrong as wrong:
        print(wrong)
        return 1
    faults = sum(len(entry["faults"]) for entry in entries)
    print(f"ok: {counts['records']} records, 0 lost, 0 torn, {counts['repeats']} repeats of {counts['sent_again']} sent "
          f"again, {counts['never_sent']} never sent, {extra} extra lines, {len(entries)} connections, {faults} faults")
    return 0


if __name__ == "__main__":
    sys.exit(main())
