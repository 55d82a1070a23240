"""What the scripted mock keeps: documents by `_id`, open cursors, and the retryable writes already done.

It knows just enough of the query and update language for tests of clients: equality and comparisons on top-level
fields, a few update operators, sort on one field. The members of a mocked set share one store, as if replication took
no time.
"""

import copy
import operator
import threading

import bson

from wire import OPTIONS, CommandError

COMPARE = {
    "$gt": operator.gt,
    "$gte": operator.ge,
    "$lt": operator.lt,
    "$lte": operator.le,
    "$ne": operator.ne,
    "$in": lambda value, wanted: value in wanted,
    "$nin": lambda value, wanted: value not in wanted,
}
OK = {"ok": 1.0}


def type_of(value):
    """The number of the value's BSON type, as an element's first byte gives it."""
    return bson.encode({"": value}, codec_options=OPTIONS)[4]


def matches(document, query):
    for field, wanted in query.items():
        if field == "$and":
            if not all(matches(document, one) for one in wanted):
                return False
        elif field == "$or":
            if not any(matches(document, one) for one in wanted):
                return False
        elif isinstance(wanted, dict) and wanted and next(iter(wanted)).startswith("$"):
            for name, value in wanted.items():
                if name == "$exists":
                    if (field in document) != bool(value):
                        return False
                elif name == "$type":
                    if field not in document or type_of(document[field]) not in value:
                        return False
                elif name not in COMPARE:
                    raise CommandError(2, "BadValue", f"the mock does not know {name}")
                elif field not in document and name != "$ne" or not COMPARE[name](document.get(field), value):
                    return False
        elif document.get(field) != wanted:
            return False
    return True


def updated(document, change, inserting=False):
    """A new document: replaced by `change`, or changed by its operators."""
    if isinstance(change, list):
        raise CommandError(2, "BadValue", "the mock does not know pipelines")
    if not change or not next(iter(change)).startswith("$"):
        return {"_id": document["_id"], **change} if "_id" in document else dict(change)
    result = copy.deepcopy(document)
    for name, fields in change.items():
        for field, value in fields.items():
            if name == "$set" or name == "$setOnInsert" and inserting:
                result[field] = value
            elif name == "$unset":
                result.pop(field, None)
            elif name == "$inc":
                result[field] = result.get(field, 0) + value
            elif name == "$push":
                result[field] = [*result.get(field, []), value]
            elif name != "$setOnInsert":
                raise CommandError(9, "FailedToParse", f"Unknown modifier: {name}")
    return result


class Duplicate(Exception):
    def __init__(self, namespace, key):
        super().__init__(f"E11000 duplicate key error collection: {namespace} index: _id_ dup key: {{ _id: {key!r} }}")
        self.key = key


class Store:
    def __init__(self):
        self.collections, self._cursors, self._done = {}, {}, {}
        self.lock = threading.RLock()
        self._last_cursor = 0

    def run(self, name, command):
        """Answers a command. A retryable write seen before gets its first reply again and has no second effect."""
        with self.lock:
            session = None
            if "txnNumber" in command:
                session = (bytes(command["lsid"]["id"]), command["txnNumber"])
                if session in self._done:
                    return copy.deepcopy(self._done[session])
            reply = getattr(self, "_" + name.lower())(command)
            if session:
                self._done[session] = copy.deepcopy(reply)
            return reply

    @staticmethod
    def knows(name):
        return name.lower() in {
            "insert",
            "update",
            "delete",
            "findandmodify",
            "find",
            "getmore",
            "killcursors",
            "count",
            "aggregate",
            "drop",
            "dropdatabase",
        }

    # --- documents

    def _collection(self, command):
        collection = next(iter(command.values()))
        return self.collections.setdefault(f"{command['$db']}.{collection}", {})

    @staticmethod
    def _key(value):
        return bson.encode({"": value}, codec_options=OPTIONS)

    def _put(self, command, document):
        collection, key = self._collection(command), self._key(document["_id"])
        if key in collection:
            raise Duplicate(f"{command['$db']}.{next(iter(command.values()))}", document["_id"])
        collection[key] = document

    def _found(self, command, query):
        collection = self._collection(command)
        if "_id" in query and not isinstance(query["_id"], dict):
            key = self._key(query["_id"])
            return [key] if key in collection and matches(collection[key], query) else []
        return [key for key, document in collection.items() if matches(document, query)]

    def _upsert(self, command, query, change):
        equal = {
            field: value for field, value in query.items() if not field.startswith("$") and not isinstance(value, dict)
        }
        fresh = updated(equal, change, inserting=True)
        fresh = {"_id": fresh.pop("_id") if "_id" in fresh else bson.ObjectId(), **fresh}
        self._put(command, fresh)
        return fresh

    # --- writes

    def _each(self, command, field, one):
        """Runs the statements of a write; collects their errors as an ordered or unordered command does."""
        errors = []
        for index, statement in enumerate(command[field]):
            try:
                one(index, statement)
            except Duplicate as clash:
                errors.append(
                    {
                        "index": index,
                        "code": 11000,
                        "keyPattern": {"_id": 1},
                        "keyValue": {"_id": clash.key},
                        "errmsg": str(clash),
                    }
                )
            except CommandError as error:
                errors.append({"index": index, "code": error.reply["code"], "errmsg": error.reply["errmsg"]})
            if errors and command.get("ordered", True):
                break
        return {"writeErrors": errors} if errors else {}

    def _insert(self, command):
        done = []

        def one(_, document):
            self._put(command, document)
            done.append(document)

        errors = self._each(command, "documents", one)
        return {"n": len(done), **errors, **OK}

    def _update(self, command):
        counts, upserted = {"n": 0, "nModified": 0}, []

        def one(index, statement):
            keys = self._found(command, statement["q"])
            if not keys and statement.get("upsert"):
                upserted.append({"index": index, "_id": self._upsert(command, statement["q"], statement["u"])["_id"]})
                counts["n"] += 1
            for key in keys if statement.get("multi") else keys[:1]:
                old = self._collection(command)[key]
                new = updated(old, statement["u"])
                self._collection(command)[key] = new
                counts["n"] += 1
                counts["nModified"] += new != old

        errors = self._each(command, "updates", one)
        return {**counts, **({"upserted": upserted} if upserted else {}), **errors, **OK}

    def _delete(self, command):
        gone = []

        def one(_, statement):
            keys = self._found(command, statement["q"])
            for key in keys[:1] if statement.get("limit") else keys:
                gone.append(self._collection(command).pop(key))

        errors = self._each(command, "deletes", one)
        return {"n": len(gone), **errors, **OK}

    def _findandmodify(self, command):
        query = command.get("query", {})
        keys = self._found(command, query)[:1]
        last = {"n": len(keys), "updatedExisting": bool(keys)}
        value = self._collection(command)[keys[0]] if keys else None
        if command.get("remove"):
            if keys:
                del self._collection(command)[keys[0]]
            last = {"n": len(keys)}
        elif keys:
            new = self._collection(command)[keys[0]] = updated(value, command["update"])
            value = new if command.get("new") else value
        elif command.get("upsert"):
            try:
                new = self._upsert(command, query, command["update"])
            except Duplicate as clash:
                raise CommandError(
                    11000, "DuplicateKey", str(clash), keyPattern={"_id": 1}, keyValue={"_id": clash.key}
                ) from clash
            last = {"n": 1, "updatedExisting": False, "upserted": new["_id"]}
            value = new if command.get("new") else None
        return {"lastErrorObject": last, "value": value, **OK}

    # --- reads

    def _page(self, command, found, size):
        first, rest, identity = found[:size], found[size:], 0
        if rest:
            self._last_cursor += 1
            identity = self._last_cursor
            self._cursors[identity] = rest
        namespace = f"{command['$db']}.{command.get('collection') or next(iter(command.values()))}"
        return {"id": bson.Int64(identity), "ns": namespace}, first

    def _find(self, command):
        found = [self._collection(command)[key] for key in self._found(command, command.get("filter", {}))]
        for field, direction in reversed(list(command.get("sort", {}).items())):
            found.sort(key=lambda document: document[field], reverse=direction < 0)
        limit = command.get("limit") or len(found)
        found = found[command.get("skip", 0) :][:limit]
        cursor, first = self._page(
            command, found, len(found) if command.get("singleBatch") else command.get("batchSize", 101)
        )
        return {"cursor": {**cursor, "firstBatch": first}, **OK}

    def _getmore(self, command):
        if command["getMore"] not in self._cursors:
            raise CommandError(43, "CursorNotFound", f"cursor id {command['getMore']} not found")
        rest = self._cursors.pop(command["getMore"])
        cursor, following = self._page(command, rest, command.get("batchSize", len(rest)))
        return {"cursor": {**cursor, "nextBatch": following}, **OK}

    def _killcursors(self, command):
        killed = [one for one in command["cursors"] if self._cursors.pop(one, None) is not None]
        return {
            "cursorsKilled": killed,
            "cursorsNotFound": [one for one in command["cursors"] if one not in killed],
            "cursorsAlive": [],
            "cursorsUnknown": [],
            **OK,
        }

    def _count(self, command):
        return {"n": len(self._found(command, command.get("query", {}))), **OK}

    def _aggregate(self, command):
        """`$match` stages, then perhaps the `$group` with which drivers count."""
        found = list(self._collection(command).values())
        for stage in command["pipeline"]:
            if "$match" in stage:
                found = [document for document in found if matches(document, stage["$match"])]
            elif stage.get("$group", {}).get("n") == {"$sum": 1}:
                found = [{"_id": stage["$group"]["_id"], "n": len(found)}] if found else []
            else:
                raise CommandError(40324, "Location40324", f"the mock does not know the stage {next(iter(stage))}")
        cursor, first = self._page(command, found, command.get("cursor", {}).get("batchSize", 101))
        return {"cursor": {**cursor, "firstBatch": first}, **OK}

    def _drop(self, command):
        self._collection(command).clear()
        return dict(OK)

    def _dropdatabase(self, command):
        for namespace in [one for one in self.collections if one.startswith(command["$db"] + ".")]:
            del self.collections[namespace]
        return dict(OK)
