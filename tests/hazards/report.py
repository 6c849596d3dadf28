#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tries Qt's faults and RFC 6455 on this machine and writes the tables of docs/security.md.

Needs a build with the tests; takes about two minutes. With --check nothing is written: exit status 1 where the
document does not name every fault, or lists other deviations from RFC 6455 than the tests find.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.dont_write_bytecode = True  # the source folder stays as it is

from stopped import STOPPED  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs/security.md"
CONFORMANCE = ("wsframing", "wscontrol", "wsfragments", "wsutf8", "wsclose", "wslimits", "wsopening")
PASSED = re.compile(r"^PASS\s+: \w+::(\w+)\(", re.MULTILINE)
FAILED = re.compile(r"^FAIL!\s+: \w+::(\w+)\(", re.MULTILINE)


def run(build: Path, program: str, *arguments: str, **environment: str) -> str:
    quiet = {"QT_LOGGING_RULES": "parlance.*.info=false", "LC_ALL": "C.UTF-8"}
    done = subprocess.run([build / "bin" / program, *arguments], env=os.environ | quiet | environment,
                          capture_output=True, text=True, timeout=600, check=False)
    return done.stdout


def functions(build: Path, programs) -> dict[str, bool]:
    """Which test functions passed, as "program function"."""
    outcome = {}
    for program in programs:
        text = run(build, f"tst_{program}")
        outcome |= {f"{program} {name}": True for name in PASSED.findall(text)}
        outcome |= {f"{program} {name}": False for name in FAILED.findall(text)}
    return outcome


def cell(text: str) -> str:
    return re.sub(r"([|<>*_`\\])", r"\\\1", text) if "`" not in text else text.replace("|", "\\|")


def shown_by(test: str, outcome: dict[str, bool]) -> str:
    program, _, function = test.partition(" ")
    if program.startswith("tst_"):
        return f"`{program}` {function}".strip()  # in a folder of its own
    if not outcome.get(test):
        sys.exit(f"{test} did not pass")
    return f"`tst_{program}` {function}"


def hazards(build: Path) -> list[str]:
    lines = run(build, "qthazards").splitlines()
    version = lines[0].split("\t")[1]
    outcome = functions(build, ("stoppedhttp", "stoppedhandshakes", "stoppedframes"))
    rows = [line.split("\t") for line in lines[1:]]
    verdicts = Counter(row[1] for row in rows)
    text = [f"On Qt {version}, of {len(rows)} faults: " + ", ".join(f"{count} {word}" for word, count in verdicts.most_common()) + ".", "",
            f"| id | fault of Qt | on {version} | what was seen | stopped by | shown by |", "|---|---|---|---|---|---|"]
    for identity, verdict, fault, seen in rows:
        how, test = STOPPED[identity]
        text.append(f"| {identity} | {cell(fault)} | {verdict} | {cell(seen)} | {how} | {shown_by(test, outcome)} |")
    return text


def conformance(build: Path) -> list[str]:
    with tempfile.NamedTemporaryFile(mode="r", encoding="utf-8", errors="replace") as report:
        for program in CONFORMANCE:
            if FAILED.search(run(build, f"tst_{program}", PARLANCE_CONFORMANCE_REPORT=report.name)):
                sys.exit(f"tst_{program} failed")
        cases = [line.rstrip("\n").split("\t") for line in report]
    groups = Counter(case[0] for case in cases)
    deviations = [case for case in cases if case[5]]
    text = ["| group | cases | deviations |", "|---|---|---|"]
    text += [f"| {group} | {count} | {sum(case[0] == group for case in deviations)} |" for group, count in groups.items()]
    text += ["", "| group | case | section | RFC 6455 | this server | reason |", "|---|---|---|---|---|---|"]
    text += ["| " + " | ".join(map(cell, case)) + " |" for case in deviations]
    return text


def between(document: str, name: str) -> tuple[str, str, str]:
    """What stands before, between and behind the markers of \a name."""
    start, end = f"<!-- {name}: written by tests/hazards/report.py -->\n", f"\n<!-- end of the {name} -->"
    before, _, rest = document.partition(start)
    inside, _, after = rest.partition(end)
    return before + start, inside, end + after


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build/dev")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    document = DOCUMENT.read_text(encoding="utf-8")
    if options.check:
        named = set(re.findall(r"^\| ([HTW]\d+b?) \|", between(document, "faults")[1], re.MULTILINE))
        known = set(run(options.build, "qthazards", "--list").split())
        missing = named ^ known | known ^ set(STOPPED)
        stale = between(document, "deviations")[1].strip() != "\n".join(conformance(options.build))
        if missing or stale:
            print(f"run tests/hazards/report.py: {sorted(missing)}" + (", other deviations" if stale else ""))
        return 1 if missing or stale else 0
    for name, table in (("faults", hazards(options.build)), ("deviations", conformance(options.build))):
        before, _, after = between(document, name)
        document = before + "\n" + "\n".join(table) + "\n" + after
    DOCUMENT.write_text(document, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
