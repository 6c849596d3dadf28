# SPDX-License-Identifier: GPL-3.0-or-later
"""A PostgreSQL of our own: own data, own port of 127.0.0.1, killed together with the daemon. Never an existing one."""

import csv
import io
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from killloop.history import History

PASSWORD = "of the loop"
PATIENCE_S = 30


def newest_binaries():
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "postgres").exists()]
    if not versions:
        raise RuntimeError("PostgreSQL is not installed (package postgresql)")
    return max(versions, key=lambda path: float(path.parent.name))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    def __init__(self, folder):
        self.folder = Path(folder, "postgres")
        self.folder.mkdir()
        self.binaries = newest_binaries()
        self.port = free_port()
        self.process = None
        # PostgreSQL does not run as root; its package makes a user for that.
        self.prefix = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            os.chmod(Path(folder), 0o711)
            self.prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--pdeathsig=KILL"]
        password = self.folder / "password"
        password.write_text(PASSWORD)
        if self.prefix:
            shutil.chown(password, "postgres")
        self.run("initdb", "--pgdata", self.folder / "data", "--username", "chat", "--pwfile", password,
                 "--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--no-sync")

    def run(self, program, *arguments):
        done = subprocess.run([*self.prefix, self.binaries / program, *arguments], cwd=self.folder,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    def start(self):
        """Nothing where it runs."""
        if self.process and self.process.poll() is None:
            return
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            with open(self.folder / "log", "ab") as log:
                self.process = subprocess.Popen(
                    [*self.prefix, self.binaries / "postgres", "-D", self.folder / "data", "-p", str(self.port),
                     "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}"],
                    cwd=self.folder, stdout=log, stderr=log)
            if self.is_ready_before(until):
                return
            time.sleep(0.05)  # what is left of the killed one is still going
        raise RuntimeError(f"PostgreSQL did not start, see {self.folder / 'log'}")

    def is_ready_before(self, until):
        while self.process.poll() is None and time.monotonic() < until:
            ready = subprocess.run([self.binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)], check=False)
            if ready.returncode == 0:
                return True
            time.sleep(0.02)
        return False

    def make_database(self):
        self.ask("CREATE DATABASE kill TEMPLATE template0", database="postgres")

    def kill(self):
        """As a power cut ends it, but for the disk's cache: the server and everybody who works for it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def ask(self, statement, database="kill"):
        done = subprocess.run(
            [self.binaries / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "chat", "-d", database, "-X", "-q",
             "--csv", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement],
            env={**os.environ, "PGPASSWORD": PASSWORD}, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"psql: {done.stderr}")
        return list(csv.reader(io.StringIO(done.stdout)))

    def storage(self):
        return f"postgresql://chat:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{self.port}/kill"

    def history(self):
        return History(
            integrity="ok",  # what it finds at its start it repairs from its log, or does not start
            epochs={int(number): text for number, text in self.ask("SELECT number, epoch FROM epochs")},
            rooms=[(int(number), name, int(head)) for number, name, head in self.ask("SELECT number, name, head FROM room_heads")],
            messages=[(int(key), int(epoch), cid or None, content) for key, epoch, cid, content
                      in self.ask("SELECT id, epoch, cid, content FROM messages ORDER BY id")])
