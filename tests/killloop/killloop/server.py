# SPDX-License-Identifier: GPL-3.0-or-later
"""The daemon that is killed and started again on the same data."""

import ctypes
import os
import re
import signal
import subprocess
import time
from pathlib import Path

START = re.compile(r"listening on http://127\.0\.0\.1:(\d+)\n")
SETTINGS = {
    "limits.messages": "off", "limits.messages_per_address": "off", "limits.commands": "off", "limits.joins": "off",
    "history.ring": "500",
}
PR_SET_PDEATHSIG = 1


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Server:
    def __init__(self, program, folder, storage, preload=None):
        self.program = program
        self.data = Path(folder, "data")
        self.storage = storage
        self.environment = {**os.environ, **({"LD_PRELOAD": preload} if preload else {})}
        self.log = open(Path(folder, "parlanced.log"), "ab")
        self.process = None
        self.port = 0

    def start(self):
        """Seconds until it listens."""
        options = [f"--set={name}={value}" for name, value in SETTINGS.items()]
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.program, "--listen", "127.0.0.1", "--port", str(self.port), "--storage", self.storage,
             "--data-dir", self.data, "--log-level", "warning", *options],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env=self.environment,
            preexec_fn=end_with_parent)
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
