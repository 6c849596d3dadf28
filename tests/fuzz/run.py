#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs fuzz targets, some side by side, each from its kept seeds; exit status 1 where one found a fault."""

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOUSE = HERE.parents[1]
# Qt's libraries are not instrumented, so what they hold for ever (statics) must not count; LeakSanitizer finds by
# itself that it is still reachable. What a target loses in each run is found.
ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_leaks=1:detect_stack_use_after_return=1:quarantine_size_mb=64",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "LC_ALL": "C.UTF-8",
}
LONGEST_INPUT = 8192
SLOWEST_INPUT_S = 20  # on a machine that does other things beside


def names():
    return sorted(folder.name for folder in (HERE / "corpus").iterdir() if folder.is_dir())


def program(build, name):
    return build / "bin" / f"fuzz_{name}"


def statistics(log):
    """What libFuzzer says at its end: executions, edges covered."""
    found = {}
    for line in log.read_text(errors="replace").splitlines():
        if line.startswith("stat::number_of_executed_units:"):
            found["runs"] = int(line.split()[-1])
        words = line.split()
        if "cov:" in words:
            found["edges"] = int(words[words.index("cov:") + 1])
    return found


def run(command, log, mode):
    with log.open(mode) as output:
        return subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, check=False,
                              env={**os.environ, **ENVIRONMENT}).returncode


def tell_fault(executable, log, reproducers):
    lines = log.read_text(errors="replace").splitlines()
    starts = [i for i, line in enumerate(lines) if "does not hold" in line or "ERROR" in line or "runtime error" in line]
    print("    " + "\n    ".join(lines[starts[0] if starts else -20:][:20]), flush=True)
    seeds = [line.removeprefix("Running: ") for line in lines if line.startswith("Running: ")]
    for reproducer in reproducers or seeds[-1:]:
        print(f"  replay it: {executable} {reproducer}", flush=True)
    print(f"  the log: {log}", flush=True)


def fuzz(build, name, seconds, out):
    """True when nothing was found. New inputs go to a folder that is forgotten, reproducers are kept in out."""
    log = out / f"{name}.log"
    corpus = HERE / "corpus" / name
    words = HERE / "dictionaries" / f"{name}.dict"
    kept = set(out.glob(f"{name}-*"))
    # First the seeds as they are, for the fuzzer cuts them at LONGEST_INPUT.
    status = run([program(build, name), *sorted(corpus.iterdir())], log, "wb")
    if status == 0:
        with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as grown:
            status = run([program(build, name), *([f"-dict={words}"] if words.is_file() else []),
                          f"-max_total_time={seconds}", f"-artifact_prefix={out / name}-", f"-max_len={LONGEST_INPUT}",
                          f"-timeout={SLOWEST_INPUT_S}", "-rss_limit_mb=2048", "-print_final_stats=1", grown, corpus],
                         log, "ab")
    found = statistics(log)
    print(f"{name}: {'nothing found' if status == 0 else 'FAULT'}, {found.get('runs', 0)} runs, "
          f"{found.get('edges', 0)} edges", flush=True)
    if status != 0:
        tell_fault(program(build, name), log, sorted(set(out.glob(f"{name}-*")) - kept))
    return status == 0 and found.get("runs", 0) > 0


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="all of them where none is named")
    parser.add_argument("--build", type=Path, default=HOUSE / "build/fuzz", help="the build folder of preset fuzz")
    parser.add_argument("--seconds", type=int, default=int(os.environ.get("PARLANCE_FUZZ_SECONDS", 60)),
                        help="for each target (PARLANCE_FUZZ_SECONDS, else 60)")
    parser.add_argument("--jobs", type=int, default=2, help="targets side by side")
    options = parser.parse_args(arguments)
    targets = options.targets or names()
    for name in targets:
        if name not in names():
            parser.error(f"no such target: {name}; there are: {', '.join(names())}")
        if not program(options.build, name).is_file():
            parser.error(f"{program(options.build, name)} is not there: cmake --preset fuzz && cmake --build --preset fuzz")
    out = options.build / "found"
    out.mkdir(exist_ok=True)
    print(f"{len(targets)} targets, {options.seconds} s each, {options.jobs} side by side", flush=True)
    with ThreadPoolExecutor(options.jobs) as pool:
        good = list(pool.map(lambda name: fuzz(options.build.resolve(), name, options.seconds, out.resolve()), targets))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
