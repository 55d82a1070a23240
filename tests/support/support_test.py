#!/usr/bin/python3
"""Tests of the fault proxy, the scripted mock and the null server.

usage: /usr/bin/python3 support_test.py      needs Debian's python3-pymongo, and $NULL_SERVER or g++
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import threading
import time
import unittest

import pymongo
from pymongo import errors

import fault_proxy
from mongo_harness import HERE, address, client, folder, proxied, tool


class Echo:
    """A server that sends back what it gets, and remembers it."""

    def __enter__(self):
        self.got, self.ended, self._listener = b"", threading.Event(), socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._echo, args=(self._listener.accept()[0],), daemon=True).start()

    def _echo(self, connection):
        with connection, contextlib.suppress(OSError):
            while data := connection.recv(4096):
                self.got += data
                connection.sendall(data)
        self.ended.set()

    def __exit__(self, *_):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


class ProxyTest(unittest.TestCase):
    def through(self, fault, send=b"0123456789"):
        """What came back, what the server got, how the connection ended, and how long it took."""
        with Echo() as echo, proxied(f"mongodb://{echo.address}/", [fault], "--raw") as (uri, log):
            host, port = address(uri).split(":")
            began, back, end = time.monotonic(), b"", "open"
            with socket.create_connection((host, int(port))) as connection:
                connection.settimeout(0.5)
                connection.sendall(send)
                try:
                    while len(back) < len(send):
                        if not (data := connection.recv(4096)):
                            end = "closed"
                            break
                        back += data
                except ConnectionResetError:
                    end = "reset"
                except socket.timeout:
                    end = "silent"
                took = time.monotonic() - began
            self.assertTrue(echo.ended.wait(5))
            self.assertEqual([entry["fault"] for entry in log()], [fault["fault"]])
            return back, echo.got, end, took

    def test_faults(self):
        for fault, back, got, end in (
            ({"fault": "cut-before", "byte": 4}, None, b"012", "closed"),
            ({"fault": "cut-after", "byte": 4}, None, b"0123", "closed"),
            ({"fault": "cut-before", "byte": 4, "direction": "reply"}, b"012", b"0123456789", "closed"),
            ({"fault": "cut-after", "byte": 10, "direction": "reply"}, b"0123456789", b"0123456789", "open"),
            ({"fault": "rst", "byte": 4, "direction": "reply"}, None, b"0123456789", "reset"),
            ({"fault": "half-close", "byte": 4}, b"0123", b"0123", "closed"),
            ({"fault": "half-close", "byte": 4, "direction": "reply"}, b"0123", b"0123456789", "closed"),
            ({"fault": "stall", "byte": 4}, b"0123", b"0123", "silent"),
            ({"fault": "delay", "byte": 4, "ms": 200}, b"0123456789", b"0123456789", "open"),
        ):
            with self.subTest(fault):
                was_back, was_got, was_end, took = self.through(fault)
                self.assertEqual((was_got, was_end), (got, end))
                if back is not None:  # of what is on its way when a connection is cut, nothing is promised
                    self.assertEqual(was_back, back)
                self.assertTrue(fault["fault"] != "delay" or took >= 0.2)

    def test_refuse_then_listen_again(self):
        with (
            Echo() as echo,
            proxied(f"mongodb://{echo.address}/", [{"fault": "refuse", "ms": 300}], "--raw") as (uri, _),
        ):
            host, port = address(uri).split(":")
            with socket.create_connection((host, int(port))) as connection:
                connection.sendall(b"x")
                self.assertEqual(connection.recv(1), b"")
            with self.assertRaises(ConnectionRefusedError):
                socket.create_connection((host, int(port)))
            time.sleep(0.5)
            with socket.create_connection((host, int(port))) as connection:
                connection.sendall(b"y")
                self.assertEqual(connection.recv(1), b"y")

    def test_a_seed_draws_the_same_faults(self):
        self.assertEqual(
            fault_proxy.draw(7, 50, 1000, fault_proxy.DRAWN), fault_proxy.draw(7, 50, 1000, fault_proxy.DRAWN)
        )
        self.assertNotEqual(
            fault_proxy.draw(7, 50, 1000, fault_proxy.DRAWN), fault_proxy.draw(8, 50, 1000, fault_proxy.DRAWN)
        )


class MockTest(unittest.TestCase):
    @contextlib.contextmanager
    def mock(self, script, **options):
        """A client of a scripted mock, and its log so far without the driver's housekeeping."""
        with folder() as where:
            (where / "script").write_text(json.dumps(script))
            log = where / "log"
            log.touch()

            def entries():
                return [
                    entry
                    for entry in map(json.loads, log.read_text().splitlines())
                    if entry.get("command") not in ("endsessions", "ping")
                ]

            with (
                tool(HERE / "wire_mock.py", where / "script", "--log", log) as (uri, _),
                client(uri, heartbeatFrequencyMS=500, **options) as one,
            ):
                yield one, entries

    def test_failover_with_label_concern_error_and_cut(self):
        """An election in the middle of a write: the driver's resend goes to the new primary and has one effect."""
        not_primary = {
            "code": 10107,
            "codeName": "NotWritablePrimary",
            "errmsg": "not primary",
            "errorLabels": ["RetryableWriteError"],
        }
        concern = {"writeConcernError": {"code": 91, "errmsg": "shutting down"}, "errorLabels": ["RetryableWriteError"]}
        for action, effects, version in (
            ({"error": not_primary}, 1, 17),
            ({"cut": "after"}, 2, 17),
            ({"cut": "before"}, 1, 17),
            ({"merge": concern}, 2, 8),
        ):  # this old driver looks at the code, not the label, here
            rule = {"on": "update", "primary": 1, "election_ms": 200, **action}
            script = {"set": "rs0", "members": 3, "hello": {"maxWireVersion": version}, "rules": [rule]}
            with self.subTest(action), self.mock(script) as (one, log):
                one.test.c.update_one({"_id": 1}, {"$inc": {"n": 1}}, upsert=True)
                self.assertEqual(one.test.c.find_one(), {"_id": 1, "n": 1})
                sent = [entry for entry in log() if entry["command"] == "update"]
                self.assertEqual([entry["node"] for entry in sent], [0, 1])
                self.assertEqual(len({(entry["lsid"], entry["txnNumber"]) for entry in sent}), 1)
                self.assertEqual(sum(entry["applied"] for entry in sent), effects)

    def test_store(self):
        with self.mock({}) as (one, _):
            things = one.test.c
            things.insert_many([{"_id": i, "x": i % 2} for i in range(300)])
            with self.assertRaises(errors.DuplicateKeyError):
                things.insert_one({"_id": 5})
            self.assertEqual(len(list(things.find(batch_size=50))), 300)
            self.assertEqual(things.count_documents({"x": 1}), 150)
            self.assertEqual(things.delete_many({"_id": {"$gte": 100}}).deleted_count, 200)
            self.assertEqual(
                things.find_one_and_update({"_id": 1}, {"$set": {"x": 9}}, return_document=True), {"_id": 1, "x": 9}
            )
            self.assertEqual(things.replace_one({"_id": 1}, {"y": 1}).modified_count, 1)
            self.assertEqual(things.find_one({"_id": 1}), {"_id": 1, "y": 1})

    def test_what_no_engine_does_on_demand(self):
        with self.mock({"rules": [{"on": "getMore", "error": {"code": 43, "errmsg": "gone"}}]}) as (one, _):
            one.test.c.insert_many([{"_id": i} for i in range(9)])
            with self.assertRaises(errors.CursorNotFound):
                list(one.test.c.find(batch_size=2))
        with (
            self.mock({"hello": {"minWireVersion": 99, "maxWireVersion": 99}}) as (one, _),
            self.assertRaises(errors.ConfigurationError),
        ):
            one.test.c.find_one()
        with (
            self.mock({}, username="ann", password="wrong") as (one, _),
            self.assertRaises(errors.OperationFailure) as raised,
        ):
            one.test.c.find_one()
        self.assertEqual(raised.exception.code, 18)
        concern = {"code": 64, "codeName": "WriteConcernFailed", "errmsg": "waiting for replication timed out"}
        with self.mock({"rules": [{"on": "insert", "merge": {"writeConcernError": concern}}]}) as (one, log):
            with self.assertRaises(errors.WriteConcernError):
                one.test.c.insert_one({"_id": 1})
            self.assertEqual(one.test.c.count_documents({}), 1)
        labels = {"code": 91, "errmsg": "going down", "errorLabels": ["RetryableWriteError", "NoWritesPerformed"]}
        with self.mock({"set": "rs0", "rules": [{"on": "insert", "nth": 2, "times": 2, "error": labels}]}) as (
            one,
            log,
        ):
            one.test.c.insert_one({"_id": 1})
            with self.assertRaises(errors.PyMongoError) as raised:
                one.test.c.insert_one({"_id": 2})
            self.assertTrue(raised.exception.has_error_label("NoWritesPerformed"))
            self.assertEqual([(entry["ids"], entry["outcome"]) for entry in log()], [([1], "ok"), ([2], 91), ([2], 91)])

    def test_swallowed_and_down(self):
        with self.mock(
            {"rules": [{"on": "insert", "swallow": True}, {"on": "insert", "nth": 2, "down_ms": 300}]},
            socketTimeoutMS=200,
        ) as (one, log):
            with self.assertRaises(errors.NetworkTimeout):
                one.test.c.insert_one({"_id": 1})
            with self.assertRaises(errors.AutoReconnect):
                one.test.c.insert_one({"_id": 2})
            self.assertEqual(one.test.c.count_documents({}), 2)
            self.assertEqual([entry["outcome"] for entry in log()][:2], ["swallowed", "ok"])


class NullServerTest(unittest.TestCase):
    def test_counts(self):
        with folder() as where:
            binary = os.environ.get("NULL_SERVER")
            if not binary:
                binary = where / "null_server"
                subprocess.run(["g++", "-std=c++20", "-o", binary, HERE / "null_server.cpp"], check=True)
            with tool(binary) as (port, process):
                with client(f"mongodb://127.0.0.1:{port}/") as one:
                    self.assertEqual(len(one.test.c.insert_many([{"_id": i} for i in range(2500)]).inserted_ids), 2500)
                    self.assertEqual(one.test.c.update_many({}, {"$set": {"a": 1}}).modified_count, 1)
                    one.test.c.with_options(write_concern=pymongo.WriteConcern(w=0)).insert_one({"_id": 1})
                    one.admin.command("ping")
                process.send_signal(signal.SIGTERM)
                counted = json.loads(process.stdout.readline())
            self.assertEqual(counted["documents"], 2502)


if __name__ == "__main__":
    unittest.main()
