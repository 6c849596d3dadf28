# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the load generator on its core, each time against a server that was started for it alone."""

import json
import os
import resource
import subprocess
import time
from pathlib import Path

from .servers import Running, Server, allow_descriptors

TICKS = os.sysconf("SC_CLK_TCK")


def core_seconds(cores: tuple[int, ...]) -> float:
    """What all programs together used of these cores since the start of the machine, and what it was deprived of."""
    sum_ = 0
    with open("/proc/stat", encoding="ascii") as stat:
        for line in stat:
            name, *fields = line.split()
            if name in {f"cpu{core}" for core in cores}:
                user, nice, system, _idle, _iowait, _irq, _softirq, steal = map(int, fields[:8])
                sum_ += user + nice + system + steal
    return sum_ / TICKS


def process_seconds(pid: int) -> float:
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def finished_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def options(values: dict) -> list[str]:
    """The generator's options: slow_readers=1 becomes --slow-readers 1, proof=True becomes --proof."""
    arguments = []
    for name, value in values.items():
        arguments.append("--" + name.replace("_", "-"))
        if value is not True:
            arguments.append(str(value))
    return arguments


class Load:
    """Called with the generator's options as keywords, it gives back what the generator printed."""

    def __init__(self, generator: Path, server: Server, cores: tuple[int, int], shared: dict):
        self._generator = generator
        self._server = server
        self._cores = cores
        self.server = server.name
        self.shared = shared  # between the servers of one round
        self.raw: list[dict] = []  # everything the generator printed
        self.foreign = 0.0  # the greatest share of the two cores that others had during a run

    def __call__(self, **arguments) -> dict:
        server_core, own_core = self._cores
        with Running(self._server, server_core) as running:
            command = ["taskset", "-c", str(own_core), str(self._generator), "--port", str(running.port),
                       "--watch", str(running.pid), *options(arguments)]
            cores, own = core_seconds(self._cores), finished_seconds() + process_seconds(running.pid)
            start = time.monotonic()
            done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False,
                                  preexec_fn=allow_descriptors)
            took = time.monotonic() - start
            own = finished_seconds() + process_seconds(running.pid) - own
            self.foreign = max(self.foreign, (core_seconds(self._cores) - cores - own) / (2 * took))
        if not done.stdout:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        result = json.loads(done.stdout)
        self.raw.append({"arguments": arguments, "result": result})
        if "error" in result:
            raise RuntimeError(result["error"])
        return result
