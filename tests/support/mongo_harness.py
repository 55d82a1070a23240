"""What the tests of the engine, the proxy, the mock and the null server share: starting them, and talking to them."""

import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile

import pymongo

import wire

HERE = pathlib.Path(__file__).resolve().parent


@contextlib.contextmanager
def tool(*arguments):
    """A program that prints its address as the first line; ended with SIGTERM."""
    process = subprocess.Popen([str(argument) for argument in arguments], stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip(), process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        process.stdout.close()


@contextlib.contextmanager
def folder():
    with tempfile.TemporaryDirectory() as name:
        yield pathlib.Path(name)


@contextlib.contextmanager
def client(uri, **options):
    with pymongo.MongoClient(uri, serverSelectionTimeoutMS=5000, **options) as one:
        yield one


def engine(verb, where, *arguments, **environment):
    """Runs engine.sh and returns what it printed."""
    command = [HERE / "engine.sh", verb, where, *arguments]
    result = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)
    if result.returncode:
        raise RuntimeError(f"engine.sh {verb}: {result.stderr}")
    return result.stdout.strip()


def why_no_engine():
    """The reason why there can be none on this machine, or an empty text."""
    result = subprocess.run([HERE / "engine.sh", "available"], capture_output=True, text=True)
    return result.stderr.strip() if result.returncode else ""


def address(uri):
    host, port = pymongo.uri_parser.parse_uri(uri)["nodelist"][0]
    return f"{host}:{port}"


@contextlib.contextmanager
def proxied(uri, faults, *options):
    """The URI that leads through a fault proxy, and a function that gives the proxy's log so far."""
    with folder() as where:
        script, log = where / "script", where / "log"
        script.write_text(json.dumps(faults))
        command = (HERE / "fault_proxy.py", "--to", address(uri), "--script", script, "--log", log, *options)
        with tool(*command) as (port, _):
            through = uri.replace(address(uri), f"127.0.0.1:{port}")
            yield through, lambda: [json.loads(line) for line in log.read_text().splitlines()]


def call(uri, command):
    """One command over a connection of its own, without a driver's help."""
    host, port = address(uri).split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection, connection.makefile("rwb") as stream:
        return wire.call(stream, command)
