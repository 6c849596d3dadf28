#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes every rule out of a copy of the sources, one at a time, and looks whether its test fails.

    tests/rules/run.py                 all rows; takes the better part of an hour
    tests/rules/run.py --rows R3       those whose name contains R3
    tests/rules/run.py --check         only: does every change still apply? (what ctest runs)
    tests/rules/run.py --markdown      the outcome as the table of docs/security-rules.md
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from rules import ROWS, Row

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns("build*", ".git", "__pycache__")
TEST_SECONDS = 90


def patched(text: str, row: Row) -> str:
    """The file without the rule; an error where the place is not found exactly once."""
    places = text.count(row.old)
    if places != 1:
        raise LookupError(f"{row.name}: its place stands {places} times in {row.file}, not once")
    return text.replace(row.old, row.new)


def check(rows) -> int:
    faults = 0
    for row in rows:
        try:
            patched((ROOT / row.file).read_text(encoding="utf-8"), row)
        except (LookupError, OSError) as fault:
            print(fault)
            faults += 1
    print(f"{len(rows) - faults} of {len(rows)} changes apply")
    return 1 if faults else 0


class Copy:
    """A copy of the tree with a build folder of its own."""

    def __init__(self, folder: Path, jobs: int):
        self.source = folder / "source"
        self.build = self.source / "build" / "dev"  # as in a working tree, so that ccache knows it all
        self.log = folder / "build.log"
        self.jobs = jobs

    def prepare(self, tests) -> bool:
        for old in self.source.iterdir() if self.source.is_dir() else ():
            if old.is_dir() and old.name != "build":
                shutil.rmtree(old)
        shutil.copytree(ROOT, self.source, ignore=LEFT_OUT, symlinks=True, dirs_exist_ok=True)
        done = self.call(["cmake", "--preset", "dev", "-DPARLANCE_GUI=OFF"])
        return done and self.make(sorted(tests))

    def call(self, command) -> bool:
        with self.log.open("a", encoding="utf-8") as log:
            return subprocess.run(command, cwd=self.source, stdout=log, stderr=log, check=False).returncode == 0

    def make(self, targets) -> bool:
        return self.call(["cmake", "--build", str(self.build), f"-j{self.jobs}", "--target", *targets])

    def passes(self, test: str, functions) -> bool:
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", LC_ALL="C.UTF-8")
        try:
            ended = subprocess.run([str(self.build / "bin" / test), *functions], cwd=self.build, env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=TEST_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return False
        return ended.returncode == 0

    def outcome(self, row: Row) -> str:
        path = self.source / row.file
        whole = path.read_text(encoding="utf-8")
        try:
            path.write_text(patched(whole, row), encoding="utf-8")
            if not self.make([row.test]):
                return "does not build"
            return "NOT GUARDED" if self.passes(row.test, row.functions) else "guarded"
        finally:
            path.write_text(whole, encoding="utf-8")


def guards(row: Row) -> str:
    return row.test + (": " + ", ".join(row.functions) if row.functions else "")


def run(rows, copy: Copy, markdown: bool) -> int:
    if not copy.prepare({row.test for row in rows}):
        print(f"the copy does not build, see {copy.log}")
        return 1
    for test, functions in sorted({(row.test, row.functions) for row in rows}):
        if not copy.passes(test, functions):
            print(f"{test} {' '.join(functions)} fails without any change: nothing can be said")
            return 1
    outcomes = []
    for row in rows:
        start = time.monotonic()
        outcomes.append(copy.outcome(row))
        print(f"{outcomes[-1]:>14}  {row.name}  ({guards(row)}, {time.monotonic() - start:.0f} s)", flush=True)
    if markdown:
        print("\n| rule | taken out | the test that fails |\n|---|---|---|")
        for row, outcome in zip(rows, outcomes):
            print(f"| {row.rule} | {row.what} | {guards(row) if outcome == 'guarded' else outcome} |")
    good = outcomes.count("guarded")
    print(f"\n{good} of {len(rows)} are guarded")
    return 0 if good == len(rows) else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="", help="only rows whose name contains this text")
    parser.add_argument("--check", action="store_true", help="build nothing")
    parser.add_argument("--markdown", action="store_true", help="print the table at the end")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "rules", help="where the copy goes")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    rows = [row for row in ROWS if options.rows in row.name]
    if options.check:
        return check(rows)
    options.folder.mkdir(parents=True, exist_ok=True)
    return run(rows, Copy(options.folder.resolve(), options.jobs), options.markdown)


if __name__ == "__main__":
    sys.exit(main())
