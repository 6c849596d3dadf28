# SPDX-License-Identifier: GPL-3.0-or-later
"""The embedded database: there is nothing to start, and it dies with the daemon."""

import shutil
import sqlite3
from pathlib import Path

from killloop import journal
from killloop.history import History


class Sqlite:
    def __init__(self, folder):
        self.data = Path(folder, "data")
        self.copy = Path(folder, "copy")

    def start(self):
        pass

    def kill(self):
        pass

    def make_database(self):
        pass

    def storage(self):
        return "sqlite"

    def history(self):
        """Of a copy, so that nobody repairs the original but the daemon."""
        shutil.rmtree(self.copy, ignore_errors=True)
        self.copy.mkdir()
        for name in ("parlance.db", "parlance.db-wal"):
            if (self.data / name).exists():
                shutil.copy(self.data / name, self.copy / name)
        database = sqlite3.connect(self.copy / "parlance.db")
        try:
            return History(
                integrity=database.execute("PRAGMA integrity_check").fetchone()[0],
                epochs=dict(database.execute("SELECT number, epoch FROM epochs")),
                rooms=database.execute("SELECT number, name, head FROM room_heads").fetchall(),
                messages=self._messages(database))
        finally:
            database.close()

    @staticmethod
    def _messages(database):
        """Those that have rows and those that wait for them; one that is in both shows as two."""
        messages = database.execute("SELECT id, epoch, cid, content FROM messages").fetchall()
        for first, last, epoch, data in database.execute("SELECT id, last, epoch, data FROM journal"):
            messages += [(key, epoch, cid, content) for key, cid, content in journal.unpack(first, last, data)]
        return sorted(messages, key=lambda message: message[0])
