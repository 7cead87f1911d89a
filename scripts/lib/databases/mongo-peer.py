#!/usr/bin/env python3
"""A MongoDB server for tests: mockupdb speaks the wire protocol, mongomock keeps the documents.

    mongo-peer.py PORT_FILE

Listens on a free port of 127.0.0.1, or that of a PORT_FILE that is there, writes the port to PORT_FILE, and serves until it is told to stop (SIGTERM). It answers the
commands that the store of sessions, its tests and pymongo send, and tells other commands that it doesn't know them. mockupdb
hands over one request at a time, so that each is atomic.
"""

import os
import signal
import sys
import traceback

import mockupdb
import mongomock
import pymongo.errors
from bson.int64 import Int64

HELLO = {
    "ismaster": True,
    "isWritablePrimary": True,
    "helloOk": True,
    "maxBsonObjectSize": 16777216,
    "maxMessageSizeBytes": 48000000,
    "maxWriteBatchSize": 100000,
    "logicalSessionTimeoutMinutes": 30,
    "minWireVersion": 0,
    "maxWireVersion": 17,
    "readOnly": False,
}


class CommandError(Exception):
    """What a command fails with."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


class Database:
    """Answers commands from a mongomock client."""

    def __init__(self):
        self.client = mongomock.MongoClient()

    def answer(self, name, command):
        """The reply to a command; None for one that isn't known."""
        method = getattr(self, "do_" + name.lower(), None)
        if method is None:
            raise CommandError(59, f"no such command: '{name}'")
        return method(command)

    def collection(self, command, name):
        return self.client[command["$db"]][command[name]]

    def do_hello(self, _command):
        return dict(HELLO)

    do_ismaster = do_hello

    def do_ping(self, _command):
        return {}

    def do_buildinfo(self, _command):
        return {"version": "6.0.0", "versionArray": [6, 0, 0, 0]}

    def do_endsessions(self, _command):
        return {}

    def do_find(self, command):
        collection = self.collection(command, "find")
        found = collection.find(
            command.get("filter", {}), projection=command.get("projection"), limit=command.get("limit", 0)
        )
        return cursor(f"{command['$db']}.{command['find']}", list(found))

    def do_insert(self, command):
        collection = self.collection(command, "insert")
        return written(command["documents"], collection.insert_one, lambda result: 1)

    def do_update(self, command):
        collection, replies = self.collection(command, "update"), {"nModified": 0, "upserted": []}

        def apply(update):
            change, options = update["u"], {"upsert": update.get("upsert", False)}
            if not any(key.startswith("$") for key in change):
                check_keys(change)
                result = collection.replace_one(update["q"], change, **options)
            elif update.get("multi"):
                result = collection.update_many(update["q"], change, **options)
            else:
                result = collection.update_one(update["q"], change, **options)
            replies["nModified"] += result.modified_count or 0
            if result.upserted_id is not None:
                replies["upserted"].append({"index": 0, "_id": result.upserted_id})
                return 1
            return result.matched_count

        reply = written(command["updates"], apply, int)
        return reply | {key: value for key, value in replies.items() if value != []}

    def do_delete(self, command):
        collection = self.collection(command, "delete")

        def apply(delete):
            remove = collection.delete_one if delete["limit"] else collection.delete_many
            return remove(delete["q"])

        return written(command["deletes"], apply, lambda result: result.deleted_count)

    def do_createindexes(self, command):
        collection = self.collection(command, "createIndexes")
        for index in command["indexes"]:
            existing = collection.index_information().get(index["name"])
            if existing and existing.get("expireAfterSeconds") != index.get("expireAfterSeconds"):
                raise CommandError(85, "An index of this name already exists with different options")
            options = {key: value for key, value in index.items() if key not in ("key", "v")}
            collection.create_index(list(index["key"].items()), **options)
        return {}

    def do_listindexes(self, command):
        name = command["listIndexes"]
        database = self.client[command["$db"]]
        if name not in database.list_collection_names():
            raise CommandError(26, f"ns does not exist: {command['$db']}.{name}")
        indexes = [
            {"v": 2, "name": index, "key": dict(options["key"])}
            | {key: options[key] for key in ("unique", "expireAfterSeconds") if key in options}
            for index, options in database[name].index_information().items()
        ]
        return cursor(f"{command['$db']}.{name}", indexes)

    def do_drop(self, command):
        self.collection(command, "drop").drop()
        return {}


def cursor(namespace, documents):
    """A cursor whose documents are all in the first batch."""
    return {"cursor": {"id": Int64(0), "ns": namespace, "firstBatch": documents}}


def written(items, apply, count):
    """Applies each item, and tells how many documents they were and what went wrong."""
    total, errors = 0, []
    for index, item in enumerate(items):
        try:
            total += count(apply(item))
        except pymongo.errors.DuplicateKeyError as error:
            errors.append({"index": index, "code": 11000, "errmsg": str(error)})
        except pymongo.errors.PyMongoError as error:
            errors.append({"index": index, "code": error.code or 2, "errmsg": str(error)})
    return {"n": total} | ({"writeErrors": errors} if errors else {})


def check_keys(document):
    """Refuses keys that servers before 5.0 refuse."""
    for key, value in document.items():
        if key.startswith("$"):
            raise pymongo.errors.WriteError(f"The dollar ($) prefixed field '{key}' is not valid for storage.", 52)
        if isinstance(value, dict):
            check_keys(value)


def main():
    sys.setrecursionlimit(10_000)  # mongomock copies documents level by level.
    database = Database()
    # One that is started again listens where it did before.
    port = int(open(sys.argv[1]).read()) if os.path.exists(sys.argv[1]) else 0
    server = mockupdb.MockupDB(port=port)
    server._address = ("127.0.0.1", port)  # It would listen on every address of "localhost".

    def respond(request):
        try:
            reply = database.answer(request.command_name, request.doc)
        except (CommandError, pymongo.errors.PyMongoError) as error:
            reply = {"ok": 0, "code": getattr(error, "code", None) or 2, "errmsg": str(error)}
        except Exception as error:  # Whatever a client sends, the next one is served.
            traceback.print_exc()
            reply = {"ok": 0, "code": 1, "errmsg": f"{type(error).__name__}: {error}"}
        request.replies(reply)
        return True

    server.autoresponds(respond)
    port = server.run()
    temporary = sys.argv[1] + ".new"
    with open(temporary, "w") as file:
        file.write(str(port))
    os.rename(temporary, sys.argv[1])
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    while True:
        signal.pause()


if __name__ == "__main__":
    main()
