"""The wire protocol of MongoDB: framing and replies, shared by the gateway, the scripted mock and the fault proxy.

A message is a header of four little-endian int32 (length, request, response to, opcode) and a body. Clients open with
OP_QUERY on older drivers and speak OP_MSG afterwards; an OP_MSG holds flags, one command document and any number of
document sequences.
"""

import datetime
import struct

import bson

OP_REPLY, OP_QUERY, OP_MSG = 1, 2004, 2013
CHECKSUM_PRESENT, MORE_TO_COME = 1, 2
MAX_MESSAGE_BYTES = 48_000_000
HEADER = struct.Struct("<iiii")
INT32 = struct.Struct("<i")
# Sub-documents stay dicts in their order, and a UUID stays the bytes that it was on the wire.
OPTIONS = bson.codec_options.CodecOptions(uuid_representation=bson.binary.UuidRepresentation.UNSPECIFIED)


class Malformed(Exception):
    """Bytes that are no message of this protocol; the connection is beyond help."""


class CommandError(Exception):
    """A command that fails as a whole: `{ok: 0, code, codeName, errmsg}` and perhaps labels."""

    def __init__(self, code, name, text, **more):
        super().__init__(text)
        self.reply = {"ok": 0.0, "errmsg": text, "code": code, "codeName": name, **more}


class Message:
    """A request. `command` is raw BSON, `sequences` has raw documents back to back, by name."""

    def __init__(self, request, opcode, command, sequences, wants_reply=True, namespace=""):
        self.request, self.opcode, self.command, self.sequences = request, opcode, command, sequences
        self.wants_reply, self.namespace = wants_reply, namespace

    def document(self):
        """The whole command decoded, its sequences put back in as arrays."""
        whole = bson.decode(self.command, OPTIONS)
        for name, raw in self.sequences.items():
            whole[name] = [bson.decode(one, OPTIONS) for one in documents(raw)]
        return whole


def documents(raw):
    """The single documents of a sequence, each still raw."""
    at = 0
    while at < len(raw):
        size = INT32.unpack_from(raw, at)[0]
        if size < 5 or at + size > len(raw):
            raise Malformed(f"document of {size} bytes at {at} of a sequence of {len(raw)}")
        yield raw[at : at + size]
        at += size


def read_frame(stream):
    """One whole message, header included, from a buffered reader; None at a clean end."""
    head = stream.read(HEADER.size)
    if not head:
        return None
    if len(head) < HEADER.size:
        raise Malformed("connection ended inside a header")
    size = INT32.unpack_from(head)[0]
    if not HEADER.size <= size <= MAX_MESSAGE_BYTES + HEADER.size:
        raise Malformed(f"message length {size}")
    rest = stream.read(size - HEADER.size)
    if len(rest) < size - HEADER.size:
        raise Malformed("connection ended inside a message")
    return head + rest


def parse(frame):
    """The request in a frame: OP_MSG, or the OP_QUERY with which older drivers say hello."""
    _, request, _, opcode = HEADER.unpack_from(frame)
    if opcode == OP_QUERY:
        end = frame.index(b"\0", HEADER.size + 4)
        namespace = frame[HEADER.size + 4 : end].decode()
        return Message(request, opcode, next(documents(frame[end + 9 :])), {}, namespace=namespace)
    if opcode != OP_MSG:
        raise Malformed(f"opcode {opcode}")
    flags = INT32.unpack_from(frame, HEADER.size)[0]
    end = len(frame) - (4 if flags & CHECKSUM_PRESENT else 0)
    at, command, sequences = HEADER.size + 4, None, {}
    while at < end:
        kind = frame[at]
        size = INT32.unpack_from(frame, at + 1)[0]
        if size < 5 or at + 1 + size > end:
            raise Malformed(f"section of {size} bytes")
        if kind == 0:
            command = frame[at + 1 : at + 1 + size]
        elif kind == 1:
            name_end = frame.index(b"\0", at + 5)
            sequences[frame[at + 5 : name_end].decode()] = frame[name_end + 1 : at + 1 + size]
        else:
            raise Malformed(f"section of kind {kind}")
        at += 1 + size
    if command is None:
        raise Malformed("no command document")
    return Message(request, opcode, command, sequences, not flags & MORE_TO_COME)


def read_message(stream):
    """The next request on a buffered reader; None at a clean end."""
    frame = read_frame(stream)
    return None if frame is None else parse(frame)


def reply_frame(message, body):
    """The answer to `message`; `body` is a dict or raw BSON."""
    raw = body if isinstance(body, bytes) else bson.encode(body, codec_options=OPTIONS)
    if message.opcode == OP_QUERY:
        head = struct.pack("<iqii", 8, 0, 0, 1)
        return HEADER.pack(HEADER.size + len(head) + len(raw), 0, message.request, OP_REPLY) + head + raw
    return HEADER.pack(HEADER.size + 5 + len(raw), 0, message.request, OP_MSG) + b"\0\0\0\0\0" + raw


def request_frame(command, request=1):
    """A command as a client sends it, for the few places here that are one."""
    raw = bson.encode(command, codec_options=OPTIONS)
    return HEADER.pack(HEADER.size + 5 + len(raw), request, 0, OP_MSG) + b"\0\0\0\0\0" + raw


def call(stream, command):
    """Sends a command on a read-write stream (`socket.makefile("rwb")`) and returns the reply decoded."""
    stream.write(request_frame(command))
    stream.flush()
    frame = read_frame(stream)
    if frame is None:
        raise Malformed("connection closed before the reply")
    return bson.decode(parse(frame).command, OPTIONS)


def hello(limits, address, set_name=None, hosts=(), primary=None, election=1, secondary=False):
    """The reply to hello: a standalone server, or one member of a replica set. `limits` wins over every other field."""
    reply = {
        "helloOk": True,
        "ismaster": not secondary,
        "isWritablePrimary": not secondary,
        "maxBsonObjectSize": 16 * 1024 * 1024,
        "maxMessageSizeBytes": MAX_MESSAGE_BYTES,
        "maxWriteBatchSize": 100_000,
        "localTime": datetime.datetime.utcnow(),
        "logicalSessionTimeoutMinutes": 30,
        "connectionId": 1,
        "minWireVersion": 0,
        "maxWireVersion": 17,
        "readOnly": False,
    }
    if set_name:
        # Drivers compare (setVersion, electionId) across members and restarts, so both may only grow.
        reply.update(
            setName=set_name,
            setVersion=1,
            secondary=secondary,
            hosts=list(hosts) or [address],
            me=address,
            lastWrite={"lastWriteDate": reply["localTime"]},
        )
        if primary:
            reply["primary"] = primary
        if not secondary:
            reply["electionId"] = bson.ObjectId(f"7fffffff{election:016x}")
    reply.update(limits, ok=1.0)
    return reply
