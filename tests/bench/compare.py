#!/usr/bin/python3
"""Runs commands in turn, A B C A B C, and compares what they cost.

    compare.py [--rounds N] [--bytes B] [--check] NAME=COMMAND NAME=COMMAND...

Each COMMAND runs by sh with its output thrown away; its cost is the CPU time (user + system) of all its processes, as
the kernel counts it, and the largest memory of one of them. Commands take turns so that a machine that slows down
slows all of them down. Prints the median of each, with --bytes also the median and the least per GB that went
through, and the ratio to the first, pair by pair. --check first runs each once more and prints how many lines and bytes come out,
so that a command that skips its work is seen.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys


def run(command, stdout):
    """(CPU seconds, peak KiB, wall is not told: machines are shared) of one run by a child that counts for itself."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        status = subprocess.call(["sh", "-c", command], stdout=stdout)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.write(writer, f"{status} {used.ru_utime + used.ru_stime} {used.ru_maxrss}".encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        status, cpu, memory = pipe.read().split()
    os.waitpid(child, 0)
    if status != "0":
        sys.exit(f"compare.py: exit code {status}: {command}")
    return float(cpu), int(memory)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bytes", type=int, default=0)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    options = parser.parse_args()
    pairs = [text.split("=", 1) for text in options.commands]

    if options.check:
        for name, command in pairs:
            counted = subprocess.run(["sh", "-c", f"{{ {command}; }} | wc -lc"], capture_output=True, check=True, text=True)
            lines, size = counted.stdout.split()
            print(f"{name:24} {lines:>12} lines {size:>14} bytes")
    costs = {name: [] for name, _ in pairs}
    memories = dict.fromkeys(costs, 0)
    for _ in range(options.rounds):
        for name, command in pairs:
            cpu, memory = run(command, subprocess.DEVNULL)
            costs[name].append(cpu)
            memories[name] = max(memories[name], memory)
    first = pairs[0][0]
    print(f"{'':24} {'CPU s':>8} {'CPU s/GB':>9} {'least':>9} {'peak MiB':>9} {'ratio to ' + first:>22}   load {os.getloadavg()[0]:.1f}")
    for name, _ in pairs:
        median = statistics.median(costs[name])
        per_gb = f"{median / options.bytes * 1e9:9.2f}" if options.bytes else " " * 9
        least = f"{min(costs[name]) / options.bytes * 1e9:9.2f}" if options.bytes else " " * 9
        ratio = statistics.median(cost / own for cost, own in zip(costs[name], costs[first]))
        print(f"{name:24} {median:8.2f} {per_gb} {least} {memories[name] / 1024:9.1f} {ratio:22.2f}")


main()
