#!/usr/bin/python3
"""How soon a writer writes again after its server was away: recovery.py MONGO_RETRY NULL_SERVER

Kills the server under the work and starts it again on the same port after outages of different length. Prints for each
the time from the server's start to the tool's word that it has written again, and the processor time that the tool used
while it waited.
"""
import os
import subprocess
import sys
import time


def start(server, port):
    process = subprocess.Popen([server, str(port)], stdout=subprocess.PIPE, text=True)
    return process, int(process.stdout.readline())


def cpu_of(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    tool, server = sys.argv[1:]
    process, port = start(server, 0)
    writer = subprocess.Popen(
        [tool, "insert", "--log-format=json", "--linger=0", f"--uri=mongodb://127.0.0.1:{port}/", "--into=d.c"],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    writer.stdin.write('{"a":1}\n')
    writer.stdin.flush()
    time.sleep(1)
    for outage in (0.3, 1, 2, 3.7, 6.1, 9.3):
        process.kill()
        process.wait()
        writer.stdin.write('{"a":1}\n')
        writer.stdin.flush()
        used = cpu_of(writer.pid)
        time.sleep(outage)
        used = cpu_of(writer.pid) - used
        began = time.monotonic()
        process, _ = start(server, port)
        for line in writer.stderr:
            if '"recovered"' in line:
                break
        back = time.monotonic() - began
        print(f"outage of {outage:4} s: written again after {back * 1000:4.0f} ms; "
              f"{used / outage * 100:.1f} % of a processor while waiting")
        time.sleep(1.2)
    writer.stdin.close()
    writer.wait()
    process.kill()


if __name__ == "__main__":
    main()
