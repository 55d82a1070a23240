#!/usr/bin/python3
"""Tests of the engine for tests and its gateway; two engines are started, one in each mode.

usage: /usr/bin/python3 engine_test.py      needs Debian's python3-pymongo; skipped, loudly, where there is no engine
"""

import concurrent.futures
import os
import pathlib
import shutil
import sys
import tempfile
import unittest

from pymongo import errors

from mongo_harness import call, client, engine, proxied, why_no_engine

SESSION = {"id": b"0123456789abcdef"}


class EngineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if reason := why_no_engine():
            if os.environ.get("CI") == "true":
                raise RuntimeError(f"CI must have an engine: {reason}")
            print(f"SKIPPED, no engine: {reason}", file=sys.stderr)
            raise unittest.SkipTest(reason)
        cls.where = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.where)
        cls.uris = {}
        for mode in ("standalone", "setname"):
            cls.uris[mode] = engine("start", cls.where / mode, f"--mode={mode}")
            cls.addClassCleanup(engine, "stop", cls.where / mode)
        cls.uri = cls.uris["setname"]

    def collection(self, one):
        collection = one.test[self.id().rpartition(".")[2]]
        collection.drop()
        return collection

    def test_duplicates_carry_code_index_and_key(self):
        for uri in self.uris.values():
            with self.subTest(uri), client(uri) as one:
                things = self.collection(one)
                things.insert_one({"_id": 1})
                with self.assertRaises(errors.DuplicateKeyError) as raised:
                    things.insert_one({"_id": 1})
                self.assertEqual(raised.exception.details["keyPattern"], {"_id": 1})
                with self.assertRaises(errors.BulkWriteError) as raised:
                    things.insert_many([{"_id": i} for i in (2, 1, 3)], ordered=False)
                details = raised.exception.details
                self.assertEqual([(error["index"], error["code"]) for error in details["writeErrors"]], [(1, 11000)])
                self.assertEqual(details["nInserted"], 2)
                with self.assertRaises(errors.DuplicateKeyError):
                    things.find_one_and_update({"_id": 1, "no": "match"}, {"$set": {"a": 1}}, upsert=True)
                self.assertEqual(things.count_documents({}), 3)

    def test_unique_index_guards_at_once(self):
        with client(self.uri) as one:
            things = self.collection(one)
            things.insert_many([{"_id": 1, "name": "a"}, {"_id": 2, "name": "b"}])
            things.create_index("name", unique=True)
            with self.assertRaises(errors.DuplicateKeyError) as raised:
                things.insert_one({"name": "a"})
            self.assertEqual(raised.exception.details["keyPattern"], {"name": 1})
            with self.assertRaises(errors.DuplicateKeyError):
                things.update_one({"_id": 2}, {"$set": {"name": "a"}})
            with self.assertRaises(errors.DuplicateKeyError) as raised:
                things.find_one_and_update({"_id": 2}, {"$set": {"name": "a"}})
            self.assertEqual(raised.exception.details["keyPattern"], {"name": 1})
            things.drop_index("name_1")
            things.insert_one({"name": "a"})

    def test_cursors(self):
        with client(self.uri) as one:
            things = self.collection(one)
            things.insert_many([{"_id": i, "back": -i} for i in range(1000)])
            self.assertEqual([each["_id"] for each in things.find(batch_size=99).sort("_id", 1)], list(range(1000)))
            self.assertEqual(
                [each["_id"] for each in things.find(batch_size=300).sort("back", 1)], list(range(999, -1, -1))
            )
            self.assertEqual(len(list(things.aggregate([{"$match": {"_id": {"$gte": 500}}}], batchSize=7))), 500)
            self.assertEqual(sorted(things.distinct("back", {"_id": {"$lt": 2}})), [-1, 0])
            cursor = things.find(batch_size=10)
            next(cursor)
            one.test.command("killCursors", things.name, cursors=[cursor.cursor_id])
            with self.assertRaises(errors.CursorNotFound):
                list(cursor)

    def test_server_errors(self):
        with client(self.uri) as one:
            for code, command in (
                (59, {"noSuchCommand": 1}),
                (26, {"drop": "nothing"}),
                (9, {"findAndModify": "c", "update": {"$foo": 1}}),
            ):
                with self.subTest(code), self.assertRaises(errors.OperationFailure) as raised:
                    one.test.command(command)
                self.assertEqual(raised.exception.code, code)
        reply = call(
            self.uris["standalone"], {"insert": "c", "documents": [{}], "$db": "test", "lsid": SESSION, "txnNumber": 1}
        )
        self.assertEqual(reply["code"], 20)

    def test_atomic_increments(self):
        with client(self.uri) as one:
            things = self.collection(one)

            def increment(_):
                for _ in range(50):
                    things.find_one_and_update({"_id": "n"}, {"$inc": {"n": 1}}, upsert=True)

            with concurrent.futures.ThreadPoolExecutor(4) as pool:
                list(pool.map(increment, range(4)))
            self.assertEqual(things.find_one()["n"], 200)

    def writes(self, things):
        """Writes that each leave one more in `things`, when they have one effect."""
        return {
            "insert": lambda: things.insert_one({"n": 1}),
            "update": lambda: things.update_one({"_id": "u"}, {"$inc": {"n": 1}}, upsert=True),
            "findAndModify": lambda: things.find_one_and_update({"_id": "f"}, {"$inc": {"n": 1}}, upsert=True),
        }

    def test_lost_replies_have_one_effect(self):
        for lost in (1, 2):
            for name in ("insert", "update", "findAndModify"):
                with (
                    self.subTest(name, lost=lost),
                    proxied(self.uri, [{"fault": "drop-reply", "repeat": lost}]) as (uri, log),
                    client(uri) as one,
                    client(self.uri) as direct,
                ):
                    things = self.collection(direct)
                    write = self.writes(one.test[things.name])[name]
                    if lost == 1:
                        write()  # the driver sends it again by itself
                    else:
                        with self.assertRaises(errors.AutoReconnect):
                            write()
                    self.assertEqual(len(log()), lost)
                    self.assertEqual([each["n"] for each in things.find()], [1])

    def test_any_number_of_resends_also_after_a_crash(self):
        where = self.where / "setname"
        command = {
            "update": "resent",
            "updates": [{"q": {"_id": 1}, "u": {"$inc": {"n": 1}}, "upsert": True}],
            "$db": "test",
            "lsid": SESSION,
        }
        replies = [call(self.uri, {**command, "txnNumber": 7}) for _ in range(3)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            replies += pool.map(lambda _: call(self.uri, {**command, "txnNumber": 7}), range(4))
        with client(self.uri) as one:
            one.test.kept.insert_many([{"_id": i} for i in range(5000)])
            engine("kill", where)
            with self.assertRaises(OSError):
                call(self.uri, {"ping": 1, "$db": "admin"})
            self.assertEqual(engine("cont", where), self.uri)
            self.assertEqual(one.test.kept.count_documents({}), 5000)
            replies.append(call(self.uri, {**command, "txnNumber": 7}))
            self.assertTrue(all(reply == replies[0] for reply in replies), replies)
            self.assertEqual(one.test.resent.find_one(), {"_id": 1, "n": 1})
            self.assertEqual(call(self.uri, {**command, "txnNumber": 8})["n"], 1)
            self.assertEqual(call(self.uri, {**command, "txnNumber": 7})["code"], 225)
            self.assertEqual(one.test.resent.find_one(), {"_id": 1, "n": 2})

    def test_log_in(self):
        where = self.where / "user"
        uri = engine("start", where, ENGINE_USER="ann", ENGINE_PASSWORD="se=cr,et")
        self.addCleanup(engine, "stop", where)
        with client(uri, username="ann", password="se=cr,et") as one:
            one.test.c.insert_one({})
        for credentials, code in (
            ({"username": "ann", "password": "wrong"}, 18),
            ({"username": "bob", "password": "se=cr,et"}, 18),
            ({}, 13),
        ):
            with (
                self.subTest(code),
                client(uri, **credentials) as one,
                self.assertRaises(errors.OperationFailure) as raised,
            ):
                one.test.c.insert_one({})
            self.assertEqual(raised.exception.code, code)


if __name__ == "__main__":
    unittest.main()
