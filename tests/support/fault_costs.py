#!/usr/bin/python3
"""Says what each kind of fault cost a client of the feed server: connections, records sent again, seconds without.

    fault_costs.py --log SERVERLOG

A line a kind: how often it came, and for the faults that ended their connection, or kept one from streaming, the
connections opened until records flowed again, the records sent once more, and the median and longest time from the
connection's end to the next stream's begin.
"""

import argparse
import json
import statistics
from collections import defaultdict


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", required=True)
    with open(parser.parse_args().log, encoding="utf-8") as file:
        log = [json.loads(line) for line in file]
    entries = sorted((entry for entry in log if entry["event"] == "connection"), key=lambda entry: entry["conn"])
    costs = defaultdict(list)  # kind -> (connections, repeats, seconds) of each fault; zeros where the stream went on
    for at, entry in enumerate(entries):
        after = next((later for later in entries[at + 1:] if later["first"] is not None), None)
        for fault in entry["faults"]:
            cost = (0, 0, 0.0)
            if fault is entry["faults"][-1] and after:
                behind = entry["last"] + 1 - after["first"] if entry["last"] is not None else 0
                cost = (after["conn"] - entry["conn"], max(0, behind), max(0.0, after["opened"] - entry["closed"]))
            costs[fault["name"]].append(cost)
    for entry in log:
        if entry["event"] == "refuse":
            costs["refuse"].append((0, 0, entry["seconds"]))
    costs["all"] = [cost for list_of in costs.values() for cost in list_of]
    print(f"{'fault':13}{'times':>6}{'connects':>10}{'repeats':>9}{'median s':>10}{'longest s':>11}")
    for name, list_of in sorted(costs.items(), key=lambda item: (item[0] == "all", item[0])):
        connects, repeats, seconds = zip(*list_of)
        print(f"{name:13}{len(list_of):6}{sum(connects):10}{sum(repeats):9}{statistics.median(seconds):10.3f}{max(seconds):11.3f}")


if __name__ == "__main__":
    main()
