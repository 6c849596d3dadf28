#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures Parlance beside the floor and its peers and writes docs/performance.md."""

import argparse
import os
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays clean
from harness import machine, report, servers
from harness.generator import Load
from harness.results import Results
from harness.shapes import SHAPES, Scale

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a smoke run: a tenth of the people, a second each, one round; "
                        "the document goes into build/bench")
    parser.add_argument("--rounds", type=int, default=5, help="how often each shape is measured on each server")
    parser.add_argument("--shapes", nargs="+", metavar="SHAPE", help="only these: " + ", ".join(shape.name for shape in SHAPES))
    parser.add_argument("--servers", nargs="+", metavar="SERVER", help="only these: floor, parlance, durable (Parlance on SQLite), barelog (on a file that is synced), beast, node, uvicorn; "
                        "qtloop (Parlance on Qt's event loop) runs only when it is named")
    parser.add_argument("--before", type=Path, metavar="PARLANCED", help="another build of parlanced to measure in turn with this one")
    parser.add_argument("--keep", action="store_true", help="keep the earlier results of all other shapes")
    parser.add_argument("--report-only", action="store_true", help="measure nothing, write the document again")
    parser.add_argument("--no-build", action="store_true", help="use the programs as they are")
    parser.add_argument("--bin", type=Path, default=WORK / "bin", help="where the programs are")
    parser.add_argument("--cores", type=int, nargs=2, default=(0, 1), metavar=("SERVER", "GENERATOR"), help="who runs on which core")
    parser.add_argument("--document", type=Path, help="where the figures go (docs/performance.md)")
    return parser.parse_args()


def build():
    """A release of the daemon and of the benchmark's programs, in a folder of its own: ./run.sh has the other."""
    configure = ["cmake", "--preset", "release", "-B", "build/bench", "-DPARLANCE_TESTS=ON", "-DPARLANCE_BENCH=ON"]
    for command in (configure, ["cmake", "--build", "build/bench", "--target", "parlanced", "bench"]):
        print("+", " ".join(command), file=sys.stderr)
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def candidates(options: argparse.Namespace) -> list[servers.Server]:
    """In the order in which they are measured: uvicorn first, because REST beside chat goes at its rate."""
    found = [servers.uvicorn(), servers.node(WORK), servers.beast(options.bin)]
    if options.before:
        found.append(servers.parlance(options.before, "before", "Parlance before"))
    if "qtloop" in (options.servers or []):
        found.append(servers.parlance(options.bin / "parlanced", "qtloop", "Parlance, Qt's event loop", ("--event-loop", "qt")))
    found.append(servers.parlance(options.bin / "parlanced", "durable", "Parlance, durable", storage="sqlite"))
    found.append(servers.parlance(options.bin / "parlanced_barelog", "barelog", "Parlance on a bare log", storage="sqlite"))
    found += [servers.parlance(options.bin / "parlanced"), servers.floor(options.bin)]
    chosen = [server for server in found if not options.servers or server.name in (*options.servers, "before")]
    for server in chosen:
        if server.missing:
            print(f"{server.title} is left out: {server.missing}", file=sys.stderr)
    return chosen


def measure(options: argparse.Namespace, found: list[servers.Server], results: Results):
    scale = Scale(options.quick)
    shapes = [shape for shape in SHAPES if not options.shapes or shape.name in options.shapes]
    shared: dict = {}
    for number in range(1, options.rounds + 1):
        for shape in shapes:
            for server in found:
                if server.missing or server.name not in shape.servers:
                    continue
                load = Load(options.bin / "loadgen", server, tuple(options.cores), shared)
                run = {"shape": shape.name, "server": server.name, "round": number}
                try:
                    run["numbers"] = shape.measure(load, scale)
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    run["failure"] = str(error)
                run |= {"foreign": load.foreign, "raw": load.raw}
                results.runs.append(run)
                results.save()
                print(f"round {number}, {shape.name}, {server.name}: {run.get('numbers') or run['failure']}", file=sys.stderr)


def main() -> int:
    options = arguments()
    unknown = set(options.shapes or []) - {shape.name for shape in SHAPES}
    if unknown:
        print(f"run.py: no such shape: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    if options.quick:
        options.rounds = 1
    results = Results(WORK / ("quick.json" if options.quick else "results.json"))
    if options.report_only or options.keep:
        results.load()
    if not options.report_only:
        if len(os.sched_getaffinity(0)) < 2:
            print("run.py: two cores are needed, one for the server and one for the generator", file=sys.stderr)
            return 2
        if not options.no_build:
            build()
        found = candidates(options)
        results.drop({shape.name for shape in SHAPES if not options.shapes or shape.name in options.shapes})
        kept = results.about if options.keep else {}
        results.about = {
            "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"),
            "quick": options.quick,
            "commands": [*kept.get("commands", []), " ".join(["tests/bench/run.py", *sys.argv[1:]])],
            "machine": machine.describe(ROOT),
            "servers": kept.get("servers", {}) | {server.name: {"title": server.title, "version": server.version, "missing": server.missing,
                                      "command": " ".join(server.command)} for server in found},
        }
        measure(options, found, results)
    published = ROOT / "docs" / "performance.md"
    document = options.document or (WORK / "performance.md" if options.quick else published)
    report.write(results, document, template=published)
    print(document)
    return 0


if __name__ == "__main__":
    sys.exit(main())
