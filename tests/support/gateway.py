#!/usr/bin/python3
"""A MongoDB front for PostgreSQL with the DocumentDB extension, for tests.

usage: gateway.py --postgres SOCKET_DIR [--port N] [--port-file FILE] [--set-name NAME] [--user U --password-file F]

Listens on 127.0.0.1 only; port 0 (the default) lets the kernel choose, and FILE then holds the number once the
gateway answers. Without --set-name it is a standalone server: drivers do not retry writes. With it, it says that it
is the primary of a replica set of one, so drivers do, and every resend of a (session, transaction number) is answered
from the record of the first. Commands go to the extension as the client wrote them; only errors, cursors and sessions
are dealt with here.
Not there: transactions, change streams, tailable cursors, and any meaning of write concern and read preference.
"""

import argparse
import itertools
import os
import pathlib
import signal
import socketserver
import sys
import threading
import time

import bson
import psycopg2
from bson.raw_bson import RawBSONDocument

import engine_errors
import scram
import wire
from wire import CommandError

SCHEMA = pathlib.Path(__file__).with_name("gateway.sql")
WRITES = {"insert": "documents", "update": "updates", "delete": "deletes", "findAndModify": None}
FIRST_PAGES = {
    "find": "find",
    "aggregate": "aggregate",
    "listCollections": "list_collections",
    "listIndexes": "list_indexes",
}
WHOLE_REPLIES = {"count": "count_query", "distinct": "distinct_query", "create": "create_collection_view"}
OPEN_TO_ALL = {
    "hello",
    "ismaster",
    "isMaster",
    "ping",
    "buildInfo",
    "buildinfo",
    "saslStart",
    "saslContinue",
    "endSessions",
}
LIMITS = {"maxWriteBatchSize": 25_000}  # more is refused by the extension
RACE_TRIES = 10
OK = {"ok": 1.0}


class LostEngine(Exception):
    """PostgreSQL went away in the middle of a command: its fate is unknown, so the client's connection is cut."""


class Engine:
    """Connections to PostgreSQL, one in use by each client connection; those given back are used again."""

    def __init__(self, socket_dir):
        self._socket_dir, self._idle, self._lock = socket_dir, [], threading.Lock()

    def take(self):
        with self._lock:
            if self._idle:
                return self._idle.pop()
        try:
            connection = psycopg2.connect(host=self._socket_dir, user="postgres", dbname="postgres")
        except psycopg2.OperationalError as error:
            raise LostEngine(str(error)) from error
        connection.autocommit = True
        return connection

    def give_back(self, connection):
        with self._lock:
            if not connection.closed and len(self._idle) < 16:
                self._idle.append(connection)
            else:
                connection.close()


class Cursors:
    """Where open cursors go on. A cursor belongs to no connection: any client may ask for its next page."""

    def __init__(self):
        self._open, self._lock = {}, threading.Lock()

    def keep(self, cursor_id, continuation):
        with self._lock:
            self._open[cursor_id] = continuation

    def take(self, cursor_id):
        with self._lock:
            return self._open.pop(cursor_id, None)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads, allow_reuse_address, request_queue_size = True, True, 128

    def __init__(self, port, engine, set_name, account):
        super().__init__(("127.0.0.1", port), Client)
        self.engine, self.cursors, self.set_name, self.account = engine, Cursors(), set_name, account
        self.address = "127.0.0.1:%d" % self.server_address[1]
        self.numbers = itertools.count(1)


class Client(socketserver.StreamRequestHandler):
    """One client connection: reads a command, answers it, and so on."""

    disable_nagle_algorithm, rbufsize = True, 1 << 16

    def setup(self):
        super().setup()
        self._connection = self._log_in = None
        self._number = next(self.server.numbers)

    def handle(self):
        try:
            while (message := wire.read_message(self.rfile)) is not None:
                body = self._answer(message)
                if message.wants_reply:
                    self.request.sendall(wire.reply_frame(message, body))
        except (ConnectionError, LostEngine):
            pass
        except wire.Malformed as error:
            print(f"connection {self._number}: {error}", file=sys.stderr, flush=True)

    def finish(self):
        super().finish()
        if self._connection is not None:
            self.server.engine.give_back(self._connection)

    def _answer(self, message):
        command = RawBSONDocument(message.command, wire.OPTIONS.with_options(document_class=RawBSONDocument))
        name = next(iter(command))
        try:
            if self.server.account and name not in OPEN_TO_ALL and not (self._log_in and self._log_in.done):
                raise CommandError(13, "Unauthorized", f"command {name} requires authentication")
            if command.get("startTransaction") or command.get("autocommit") is False:
                raise CommandError(20, "IllegalOperation", "transactions are not supported by this engine")
            db = command.get("$db") or message.namespace.partition(".")[0]
            return self._run("findAndModify" if name == "findandmodify" else name, db, command, message)
        except CommandError as error:
            return error.reply

    def _run(self, name, db, command, message):
        if name in WRITES:
            return self._write(name, db, command, message)
        if name in FIRST_PAGES:
            return self._first_page(name, db, command, message)
        if name in WHOLE_REPLIES:
            return self._call(
                f"SELECT documentdb_api.{WHOLE_REPLIES[name]}(%s, %s::bytea)::bytea", db, message.command
            )[0]
        special = getattr(self, "_on_" + name.lower(), None)
        if special is None:
            raise CommandError(59, "CommandNotFound", f"no such command: '{name}'")
        return special(db, command, message)

    # --- to PostgreSQL and back

    def _call(self, sql, *arguments):
        """One statement; its first row, bytes for a bytea. Races inside the engine are run again, as a server does."""
        for attempt in range(1, RACE_TRIES + 1):
            if self._connection is None:
                self._connection = self.server.engine.take()
            try:
                with self._connection.cursor() as cursor:
                    cursor.execute(sql, arguments)
                    row = cursor.fetchone() if cursor.description else ()
                    return [bytes(field) if isinstance(field, memoryview) else field for field in row]
            except psycopg2.Error as error:
                if self._connection.closed or (error.pgcode or "57P").startswith("57P"):
                    raise LostEngine(str(error)) from error
                # A clash in the catalog is two clients making the same collection, not a duplicate of the user's.
                race = error.pgcode in ("40P01", "40001", "42P07") or (
                    error.pgcode == "23505" and error.diag.schema_name != "documentdb_data"
                )
                if not race or attempt == RACE_TRIES:
                    raise self._as_command_error(error) from error

    def _as_command_error(self, error):
        code, name = engine_errors.server_code(error.pgcode)
        failure = CommandError(code, name, error.diag.message_primary or str(error))
        failure.constraint = error.diag.constraint_name
        return failure

    def _write(self, verb, db, command, message):
        session = number = None
        if "txnNumber" in command:
            if not self.server.set_name:
                raise CommandError(
                    20, "IllegalOperation", "Transaction numbers are only allowed on a replica set member or mongos"
                )
            session, number = bytes(command["lsid"]["id"]), int(command["txnNumber"])
        collection = command[verb] if verb in command else command["findandmodify"]
        raw = message.sequences.get(WRITES[verb])
        try:
            reply, clean = self._call(
                "SELECT * FROM gateway.write(%s, %s, %s, %s, %s, %s)", verb, db, message.command, raw, session, number
            )
        except CommandError as error:
            if error.reply["code"] == engine_errors.DUPLICATE_KEY:
                self._explain_duplicate(error, db, collection, command)
            raise
        if clean or b"writeErrors" not in reply:
            return reply
        with self._connection.cursor() as cursor:
            return engine_errors.translate_write_errors(
                cursor, db, collection, bson.decode(reply, wire.OPTIONS), lambda at: _statement(verb, message, at)
            )

    def _explain_duplicate(self, error, db, collection, command):
        query = bson.decode(command["query"].raw, wire.OPTIONS) if "query" in command else {}
        with self._connection.cursor() as cursor:
            index = engine_errors.index_of_constraint(cursor, error.constraint)
            error.reply.update(engine_errors.duplicate_key(cursor, db, collection, index, query))

    # --- reading

    def _first_page(self, name, db, command, message):
        page, continuation, cursor_id = self._call(
            "SELECT cursorpage::bytea, continuation::bytea, cursorid"
            f" FROM documentdb_api.{FIRST_PAGES[name]}_cursor_first_page(%s, %s::bytea)",
            db,
            message.command,
        )
        if continuation and cursor_id:
            self.server.cursors.keep(cursor_id, continuation)
        return page

    def _on_getmore(self, db, command, message):
        continuation = self.server.cursors.take(command["getMore"])
        if continuation is None:
            raise CommandError(43, "CursorNotFound", f"cursor id {command['getMore']} not found")
        page, onward = self._call(
            "SELECT cursorpage::bytea, continuation::bytea"
            " FROM documentdb_api.cursor_get_more(%s, %s::bytea, %s::bytea)",
            db,
            message.command,
            continuation,
        )
        if onward:
            self.server.cursors.keep(command["getMore"], onward)
        return page

    def _on_killcursors(self, db, command, message):
        killed = [one for one in command["cursors"] if self.server.cursors.take(one) is not None]
        missing = [one for one in command["cursors"] if one not in killed]
        return {"cursorsKilled": killed, "cursorsNotFound": missing, "cursorsAlive": [], "cursorsUnknown": [], **OK}

    # --- collections and indexes

    def _on_createindexes(self, db, command, message):
        # The engine only queues the work, for a job that runs every two seconds; here the queue is worked off at once,
        # so that a unique index guards from the reply on, as on a real server.
        reply, requests = self._call(
            "SELECT retval::bytea, requests::bytea FROM documentdb_api.create_indexes_background(%s, %s::bytea)",
            db,
            message.command,
        )
        complete = not _decoded(requests)  # nothing queued: the collection was new, or the indexes were there
        while not complete:
            self._call("CALL documentdb_api_internal.build_index_concurrently(1)")
            reply, complete = self._call(
                "SELECT retval::bytea, complete FROM documentdb_api_internal.check_build_index_status(%s::bytea)",
                requests,
            )
            if not complete:
                time.sleep(0.02)  # another client holds the queue
        reply = _decoded(reply)
        reply = reply.get("raw", {}).get("defaultShard", reply)
        if not reply["ok"]:
            code, name = engine_errors.server_code(engine_errors.unpack_sqlstate(reply.get("code", 0)))
            raise CommandError(code, name, reply["errmsg"])
        return reply

    def _on_dropindexes(self, db, command, message):
        reply = self._call(
            "CALL documentdb_api.drop_indexes(%s, %s::bytea::documentdb_core.bson, NULL)", db, message.command
        )[0]
        return {**_decoded(bytes.fromhex(reply[len("BSONHEX") :])), **OK}  # an INOUT cannot be cast to bytea

    def _on_drop(self, db, command, message):
        if not self._call("SELECT documentdb_api.drop_collection(%s, %s)", db, command["drop"])[0]:
            raise CommandError(26, "NamespaceNotFound", "ns not found")
        return {"ns": f"{db}.{command['drop']}", "nIndexesWas": 1, **OK}

    def _on_dropdatabase(self, db, command, message):
        self._call("SELECT documentdb_api.drop_database(%s)", db)
        return {"dropped": db, **OK}

    def _on_listdatabases(self, db, command, message):
        return self._call("SELECT documentdb_api.list_databases(%s::bytea)::bytea", message.command)[0]

    # --- the server itself

    def _on_hello(self, db, command, message):
        server = self.server
        reply = wire.hello(
            {**LIMITS, "connectionId": self._number}, server.address, server.set_name, primary=server.address
        )
        if server.account and "saslSupportedMechs" in command:
            reply["saslSupportedMechs"] = ["SCRAM-SHA-256"]
        return reply

    _on_ismaster = _on_hello

    def _on_ping(self, db, command, message):
        return OK

    _on_endsessions = _on_ping

    def _on_buildinfo(self, db, command, message):
        return {
            "version": "6.0.0",
            "versionArray": [6, 0, 0, 0],
            "maxBsonObjectSize": 16 * 1024 * 1024,
            "bits": 64,
            "debug": False,
            **OK,
        }

    def _on_saslstart(self, db, command, message):
        if not self.server.account:
            raise CommandError(334, "MechanismUnavailable", "this engine was started without a user")
        self._log_in = scram.Conversation(self.server.account)
        return self._log_in.start(message.document())

    def _on_saslcontinue(self, db, command, message):
        if self._log_in is None:
            raise CommandError(17, "ProtocolError", "No SASL session state found")
        return self._log_in.proceed(message.document())


def _decoded(reply):
    return bson.decode(reply, wire.OPTIONS)


def _statement(verb, message, at):
    """What statement number `at` of a write clashed with: the document inserted or the query of an update."""
    field = WRITES[verb]
    raw = message.sequences.get(field)
    if raw is not None:
        one = bson.decode(next(itertools.islice(wire.documents(raw), at, None)), wire.OPTIONS)
    else:
        one = message.document()[field][at]
    return one if verb == "insert" else one.get("q")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--postgres", required=True, metavar="SOCKET_DIR")
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--port-file", type=pathlib.Path)
    options.add_argument("--set-name")
    options.add_argument("--user")
    options.add_argument("--password-file", type=pathlib.Path)
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    account = scram.Account(given.user, given.password_file.read_text().rstrip("\n")) if given.user else None
    engine = Engine(given.postgres)
    first = engine.take()
    with first.cursor() as cursor:
        cursor.execute(SCHEMA.read_text())
    engine.give_back(first)
    with Server(given.port, engine, given.set_name, account) as server:
        if given.port_file:
            aside = given.port_file.with_suffix(".new")
            aside.write_text(f"{server.server_address[1]}\n")
            aside.rename(given.port_file)
        server.serve_forever()


if __name__ == "__main__":
    main()
