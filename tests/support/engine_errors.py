"""Errors of the DocumentDB extension as a MongoDB server would word them.

The extension names an error by an SQLSTATE of its own (`M001C`); inside a write reply the five characters come packed
into an int32, six bits each, as PostgreSQL keeps them. Numbers and names are those of the server's public list of
error codes.
"""

import re

import bson

SERVER_CODES = {
    "M0000": (1, "InternalError"),
    "M0001": (2, "BadValue"),
    "M0003": (9, "FailedToParse"),
    "M00ER": (13, "Unauthorized"),
    "M0004": (14, "TypeMismatch"),
    "M0005": (15, "Overflow"),
    "M00DO": (16, "InvalidLength"),
    "M0006": (20, "IllegalOperation"),
    "M00EW": (24, "LockTimeout"),
    "M0008": (26, "NamespaceNotFound"),
    "M0009": (27, "IndexNotFound"),
    "M000A": (28, "PathNotViable"),
    "M000D": (40, "ConflictingUpdateOperators"),
    "M000E": (43, "CursorNotFound"),
    "M000F": (48, "NamespaceExists"),
    "M00EX": (50, "MaxTimeMSExpired"),
    "M000G": (52, "DollarPrefixedFieldName"),
    "M000J": (56, "EmptyFieldName"),
    "M000K": (57, "DottedFieldName"),
    "M00EY": (59, "CommandNotFound"),
    "M000L": (61, "ShardKeyNotFound"),
    "M000M": (66, "ImmutableField"),
    "M000N": (67, "CannotCreateIndex"),
    "M000O": (68, "IndexAlreadyExists"),
    "M000P": (72, "InvalidOptions"),
    "M000Q": (73, "InvalidNamespace"),
    "M000R": (85, "IndexOptionsConflict"),
    "M000S": (86, "IndexKeySpecsConflict"),
    "M00F0": (91, "ShutdownInProgress"),
    "M00F1": (112, "WriteConflict"),
    "M000U": (115, "CommandNotSupported"),
    "M00CO": (121, "DocumentValidationFailure"),
    "M000W": (146, "ExceededMemoryLimit"),
    "M0013": (224, "QueryFeatureNotAllowed"),
    "M00F5": (225, "TransactionTooOld"),
    "M0015": (241, "ConversionFailure"),
    "M00E8": (10107, "NotWritablePrimary"),
    "M001B": (10334, "BSONObjectTooLarge"),
    "M001C": (11000, "DuplicateKey"),
    "M003A": (17419, "Location17419"),
    "M003B": (17420, "Location17420"),
    "M007T": (40323, "Location40323"),
    "M007U": (40324, "Location40324"),
    "M0088": (40415, "Location40415"),
    # PostgreSQL's own: unique and exclusion constraints, deadlock, serialization, statement timeout
    "23505": (11000, "DuplicateKey"),
    "23P01": (11000, "DuplicateKey"),
    "40P01": (112, "WriteConflict"),
    "40001": (112, "WriteConflict"),
    "57014": (50, "MaxTimeMSExpired"),
}
DUPLICATE_KEY = 11000


def unpack_sqlstate(packed):
    return "".join(chr(((packed >> shift) & 63) + ord("0")) for shift in range(0, 30, 6))


def server_code(sqlstate):
    """(code, codeName) for an SQLSTATE; what is not in the table is an internal error."""
    return SERVER_CODES.get(sqlstate, (1, "InternalError"))


def index_key(cursor, db, collection, name):
    """The key document of an index, from the engine's catalog; None when it is not there."""
    if name == "_id_":
        return {"_id": 1}
    cursor.execute(
        "SELECT ((i.index_spec).index_key)::bytea FROM documentdb_api_catalog.collection_indexes i"
        " JOIN documentdb_api_catalog.collections c USING (collection_id)"
        " WHERE c.database_name = %s AND c.collection_name = %s AND (i.index_spec).index_name = %s",
        (db, collection, name),
    )
    row = cursor.fetchone()
    return bson.decode(bytes(row[0])) if row else None


def index_of_constraint(cursor, constraint):
    """The index name behind a constraint of PostgreSQL: a primary key is `_id_`, others carry their number."""
    number = re.fullmatch(r"documents_rum_index_(\d+)", constraint or "")
    if not number:
        return "_id_"
    cursor.execute(
        "SELECT (index_spec).index_name FROM documentdb_api_catalog.collection_indexes WHERE index_id = %s",
        (number[1],),
    )
    row = cursor.fetchone()
    return row[0] if row else constraint


def duplicate_key(cursor, db, collection, index, source):
    """The fields of an E11000: message, and key pattern and value where they can be known.

    `source` is the document or query that clashed. A value that an update operator made is not in it and is left out.
    """
    found = {"code": DUPLICATE_KEY}
    key, shown = index_key(cursor, db, collection, index), ""
    if key:
        found["keyPattern"] = key
        if source is not None and all(field in source for field in key):
            found["keyValue"] = {field: source[field] for field in key}
            shown = (
                " dup key: { " + ", ".join(f"{field}: {value!r}" for field, value in found["keyValue"].items()) + " }"
            )
    found["errmsg"] = f"E11000 duplicate key error collection: {db}.{collection} index: {index}{shown}"
    return found


def translate_write_errors(cursor, db, collection, reply, source_at):
    """Puts server codes into `writeErrors`. `source_at(i)` gives the document or query of statement i, or None."""
    for error in reply.get("writeErrors", ()):
        code, _ = server_code(unpack_sqlstate(error["code"]))
        error["code"] = code
        if code == DUPLICATE_KEY:
            named = re.search(r"Index '(.*)'", error["errmsg"])
            error.update(
                duplicate_key(cursor, db, collection, named[1] if named else "_id_", source_at(error["index"]))
            )
    return reply
