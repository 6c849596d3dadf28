# SPDX-License-Identifier: GPL-3.0-or-later
"""The runs of all rounds, kept as JSON, and their medians."""

import json
import statistics
from pathlib import Path


class Results:
    def __init__(self, path: Path):
        self._path = path
        self.about: dict = {}
        self.runs: list[dict] = []  # {shape, server, round, numbers or failure, foreign, raw}

    def load(self):
        kept = json.loads(self._path.read_text(encoding="utf-8"))
        self.about, self.runs = kept["about"], kept["runs"]

    def save(self):
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps({"about": self.about, "runs": self.runs}, indent=1), encoding="utf-8")

    def drop(self, shapes: set[str]):
        self.runs = [run for run in self.runs if run["shape"] not in shapes]

    def of(self, shape: str, server: str, name: str) -> list:
        return [run["numbers"][name] for run in self.runs
                if run["shape"] == shape and run["server"] == server and name in run.get("numbers", {})]

    def median(self, shape: str, server: str, name: str):
        """The median of all rounds, element by element for lists; None where there is none."""
        values = self.of(shape, server, name)
        if not values:
            return None
        if isinstance(values[0], list):
            return [statistics.median(column) for column in zip(*values)]
        return statistics.median(values)

    def spread(self, shape: str, server: str, name: str) -> float:
        """(greatest - least) / median."""
        values = self.of(shape, server, name)
        middle = statistics.median(values) if values else 0
        return (max(values) - min(values)) / middle if middle else 0.0

    def worst(self, shape: str, server: str, name: str):
        return max(self.of(shape, server, name), default=None)

    def failure(self, shape: str, server: str) -> str:
        return next((run["failure"] for run in self.runs
                     if run["shape"] == shape and run["server"] == server and "failure" in run), "")

    def ratio(self, shape: str, server: str, other: str, name: str):
        own, theirs = self.median(shape, server, name), self.median(shape, other, name)
        return own / theirs if own is not None and theirs else None
