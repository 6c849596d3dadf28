# SPDX-License-Identifier: GPL-3.0-or-later
"""The daemon that is killed and started again on the same data, and a look at what it left behind."""

import ctypes
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

START = re.compile(r"listening on http://127\.0\.0\.1:(\d+)\n")
SEQ_BITS = 36  # of messages.id, see core/storage/schema.h
SETTINGS = {
    "limits.messages": "off", "limits.messages_per_address": "off", "limits.commands": "off", "limits.joins": "off",
    "history.ring": "200000", "history.bytes": "1GiB",
}
PR_SET_PDEATHSIG = 1


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Server:
    def __init__(self, program, folder):
        self.program = program
        self.folder = Path(folder)
        self.data = self.folder / "data"
        self.log = open(self.folder / "parlanced.log", "ab")
        self.process = None
        self.port = 0

    def start(self):
        """Seconds until it listens."""
        options = [f"--set={name}={value}" for name, value in SETTINGS.items()]
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.program, "--listen", "127.0.0.1", "--port", str(self.port), "--storage", "sqlite",
             "--data-dir", self.data, "--log-level", "warning", *options],
            stdout=subprocess.PIPE, stderr=self.log, text=True, preexec_fn=end_with_parent)
        line = self.process.stdout.readline()
        found = START.fullmatch(line)
        if not found:
            self.process.kill()
            raise RuntimeError(f"parlanced did not start: {line!r}, see {self.log.name}")
        self.port = int(found[1])
        return time.monotonic() - began

    def signal_kill(self):
        self.process.kill()

    def kill(self):
        """Returns when it is dead."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        """The exit status after SIGTERM."""
        self.process.terminate()
        status = self.process.wait(30)
        self.process.stdout.close()
        return status

    def history(self):
        """What a copy of the dead server's database holds; the copy, so that nobody repairs the original."""
        copy = self.folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for name in ("parlance.db", "parlance.db-wal"):
            if (self.data / name).exists():
                shutil.copy(self.data / name, copy / name)
        database = sqlite3.connect(copy / "parlance.db")
        try:
            return History(database)
        finally:
            database.close()


class History:
    """The rooms of a database with their messages in seq order."""

    def __init__(self, database):
        self.integrity = database.execute("PRAGMA integrity_check").fetchone()[0]
        epochs = dict(database.execute("SELECT number, epoch FROM epochs"))
        self.heads = {}
        self.rooms = {}  # name: [(seq, id, cid, content)]
        names = {}
        for number, name, head in database.execute("SELECT number, name, head FROM rooms"):
            names[number] = name
            self.heads[name] = head
            self.rooms[name] = []
        for key, epoch, cid, content in database.execute("SELECT id, epoch, cid, content FROM messages ORDER BY id"):
            room, seq = key >> SEQ_BITS, key & ((1 << SEQ_BITS) - 1)
            self.rooms[names[room]].append((seq, f"{epochs[epoch]}-{room}-{seq}", cid, content))
