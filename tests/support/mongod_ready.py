#!/usr/bin/python3
"""Waits until a mongod just started answers; as a member of rs0 (mode setname), makes it the primary of a set of one.

usage: mongod_ready.py PORT standalone|setname [SECONDS]      exit 1 when it is not ready in time
"""

import socket
import sys
import time

import wire

ALREADY_INITIALIZED = 23


def ready(port, mode):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection, connection.makefile("rwb") as stream:
        if mode == "setname":
            member = {"_id": 0, "host": f"127.0.0.1:{port}"}
            reply = wire.call(stream, {"replSetInitiate": {"_id": "rs0", "members": [member]}, "$db": "admin"})
            if not reply["ok"] and reply.get("code") != ALREADY_INITIALIZED:
                sys.exit(f"replSetInitiate: {reply['errmsg']}")
        return wire.call(stream, {"hello": 1, "$db": "admin"}).get("isWritablePrimary", False)


def main():
    port, mode = int(sys.argv[1]), sys.argv[2]
    deadline = time.monotonic() + (float(sys.argv[3]) if len(sys.argv) > 3 else 30)
    while time.monotonic() < deadline:
        try:
            if ready(port, mode):
                return
        except (OSError, wire.Malformed):
            pass  # not listening yet
        time.sleep(0.1)
    sys.exit(f"mongod on port {port} was not ready in time")


if __name__ == "__main__":
    main()
