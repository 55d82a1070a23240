#!/usr/bin/env python3
"""Holds the figures of a report in JSON against wanted ones.

    values.py REPORT.json <WANTED

A line of WANTED is a path into the report and numbers, as `tail.0.hist_var 0.0124`, or `assets.*.ccr 0.1 0.2` for one
of each asset; `within 1e-10` changes the relative tolerance, at first 1e-12, for the lines behind it. Prints what is
off and then how many figures agree.
"""
import json
import sys


def find(value, path):
    for at, key in enumerate(path):
        if key == "*":
            return [find(one, path[at + 1:]) for one in value]
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        report = json.load(file)
    tolerance = 1e-12
    agree = 0
    for line in sys.stdin:
        path, *numbers = line.split("#")[0].split() or [""]
        if path == "within":
            tolerance = float(numbers[0])
            continue
        if not path:
            continue
        try:
            found = find(report, path.split("."))
        except (KeyError, IndexError, TypeError):
            print(f"{path}: not in the report")
            continue
        found = found if isinstance(found, list) else [found]
        if len(found) != len(numbers):
            print(f"{path}: {len(found)} figures, wanted {len(numbers)}")
            continue
        for one, wanted in zip(found, map(float, numbers)):
            if one is None or not abs(one - wanted) <= tolerance * abs(wanted):
                print(f"{path}: {one!r}, wanted {wanted!r}")
            else:
                agree += 1
    print(f"{agree} figures agree")


main()
