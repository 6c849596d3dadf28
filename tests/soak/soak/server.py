# SPDX-License-Identifier: GPL-3.0-or-later
"""The server under test: a real parlanced, and what the kernel and /metrics say about it."""

import ctypes
import os
import re
import signal
import subprocess
from pathlib import Path

START = re.compile(r"listening on http://127\.0\.0\.1:(\d+)\n")
# Short deadlines, so that each is met many times, but heartbeats that last over the stalls of a busy machine. Small
# queues, so that slow readers are dropped. The limits on the connections of one address stay as they
# are: visitors come from several.
SETTINGS = {
    "limits.head_timeout": "2s", "limits.body_timeout": "2s", "limits.send_stall": "3s",
    "limits.send_queue_bytes": "128KiB", "limits.messages": "60/1s",
    "limits.messages_per_address": "1200/1s", "limits.commands": "1000/10s",
    "heartbeat.interval": "3s", "heartbeat.timeout": "15s", "history.ring": "200",
}


PR_SET_PDEATHSIG = 1


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Server:
    def __init__(self, program, log):
        options = [f"--set={name}={value}" for name, value in SETTINGS.items()]
        self.log = open(log, "wb")
        # In a build with AddressSanitizer: what is freed must not be kept for ever, or nothing is flat.
        environment = {**os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=8"}
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1", "--port", "0", "--storage", "memory", "--log-level", "warning", *options],
            stdout=subprocess.PIPE, stderr=self.log, text=True, env=environment, preexec_fn=end_with_parent)
        line = self.process.stdout.readline()
        found = START.fullmatch(line)
        if not found:
            self.process.kill()
            raise RuntimeError(f"parlanced did not start: {line!r}, see {log}")
        self.port = int(found[1])

    def is_running(self):
        return self.process.poll() is None

    def descriptors(self):
        """What each open descriptor is, sockets without their numbers."""
        folder = Path(f"/proc/{self.process.pid}/fd")
        kinds = []
        for entry in folder.iterdir():
            try:
                kinds.append(re.sub(r":\[\d+\]", "", os.readlink(entry)))
            except FileNotFoundError:
                pass  # closed meanwhile
        return sorted(kinds)

    def resident_kib(self):
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise RuntimeError("no VmRSS")

    def cpu_s(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        """The exit status after SIGTERM."""
        self.process.terminate()
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = "killed: it did not end within 30 s"
        self.process.stdout.close()
        self.log.close()
        return status
