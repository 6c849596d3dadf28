#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Visits a real parlanced without end, decently and otherwise, while two people talk: nothing of theirs may be lost,
and memory and descriptors must stay what they are. Exit status 1 where something is not as it should be."""

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the source folder stays as it is

from soak import watch  # noqa: E402
from soak.churn import Churn  # noqa: E402
from soak.pair import Pair  # noqa: E402
from soak.report import table, tell_counters, tell_outcomes  # noqa: E402
from soak.server import Server  # noqa: E402

HOUSE = Path(__file__).resolve().parents[2]
LEAST_VISITS_PER_KIND = 1
# What a visitor may bring about who leaves in the middle of a join, or a machine with no time for the server.
HARMLESS_WARNING = "a join did not finish in time"


async def churn_for(server, seconds, options, seed):
    """The visits that were made and what was seen meanwhile."""
    churn = Churn(server.port, options.visitors, options.per_second, seed)
    stop = asyncio.Event()
    running = asyncio.create_task(churn.run(stop))
    samples = []
    start = time.monotonic()
    every = max(1.0, min(15.0, seconds / 20))
    while (passed := time.monotonic() - start) < seconds and server.is_running():
        await asyncio.sleep(min(every, seconds - passed))
        try:
            samples.append({"at_s": round(time.monotonic() - start), **await watch.sample(server)})
        except Exception as error: # turned away at the door, or gone: the end tells
            print(f"no sample after {time.monotonic() - start:.0f} s: {error!r}", flush=True)
    stop.set()
    await running
    return churn, samples


def drift_kib(samples):
    """How much more was held in the last third of the time than in the first."""
    third = len(samples) // 3
    if not third:
        return 0
    held = [sample["resident_kib"] for sample in samples]
    return round(statistics.median(held[-third:]) - statistics.median(held[:third]))


class Findings:
    def __init__(self):
        self.bad = []

    def expect(self, good, text):
        print(("good: " if good else "BAD:  ") + text, flush=True)
        if not good:
            self.bad.append(text)


def judge_rest(findings, what, before, after, at_rest):
    findings.expect(at_rest, f"{what}: {after['sessions']} sessions, {after['rooms']} rooms, "
                             f"{after['connections'] - 1} connections are left")
    findings.expect(after["kinds"] == before["kinds"],
                    f"{what}: {len(after['kinds'])} descriptors, {len(before['kinds'])} before")


async def soak(server, options):
    findings = Findings()
    fresh, _ = await watch.rest(server, 0, 0)
    pair = Pair(server.port)
    await pair.start()

    print(f"warming up for {options.warm_up:.0f} s", flush=True)
    warm, _ = await churn_for(server, options.warm_up, options, options.seed)
    base, at_rest = await watch.rest(server, 2, 1)
    findings.expect(at_rest, f"after the warm-up only the pair is left: {base['sessions']} sessions, {base['rooms']} rooms")

    print(f"visits for {options.seconds:.0f} s", flush=True)
    churn, samples = await churn_for(server, options.seconds, options, options.seed + 1)
    end, at_rest = await watch.rest(server, 2, 1, kinds=base["kinds"])
    print(table(fresh, base, samples, end), flush=True)
    tell_outcomes(churn.outcomes)
    tell_counters(watch.counters(await watch.metrics(server.port)))

    judge_rest(findings, "after the visits", base, end, at_rest)
    bound = round(options.memory_mib * 1024)
    growth = end["resident_kib"] - base["resident_kib"]
    findings.expect(growth <= bound, f"at rest {growth} KiB more than after the warm-up (bound {bound} KiB)")
    findings.expect(drift_kib(samples) <= bound,
                    f"at work {drift_kib(samples)} KiB more in the last third than in the first (bound {bound} KiB)")
    most = max((sample["descriptors"] for sample in samples), default=0)
    print(f"{churn.visits()} visits, at most {most} descriptors", flush=True)
    missing = [kind.__name__ for kind in churn.kinds
               if sum(n for (name, _), n in churn.outcomes.items() if name == kind.__name__) < LEAST_VISITS_PER_KIND]
    findings.expect(not missing, f"visits of every kind were made; missing: {missing}")
    for fault in (warm.faults + churn.faults)[:10]:
        findings.expect(False, fault)

    faults = await pair.stop()
    for fault in faults[:10]:
        findings.expect(False, fault)
    findings.expect(not faults, f"{pair.messages()} messages of the pair: {len(faults)} faults in what both heard of them; "
                                f"the slowest took {pair.slowest_ms()} ms")
    empty, at_rest = await watch.rest(server, 0, 0, kinds=fresh["kinds"])
    judge_rest(findings, "with nobody left", fresh, empty, at_rest)
    findings.expect(empty["history_bytes"] == 0, f"with nobody left: {empty['history_bytes']} bytes of history")
    return findings


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parlanced", type=Path, default=HOUSE / "build/release/bin/parlanced")
    parser.add_argument("--minutes", type=float, default=10, help="of visits after the warm-up")
    parser.add_argument("--warm-up", type=float, help="seconds; a fifth of the visits' time, but at most two minutes")
    parser.add_argument("--visitors", type=int, default=80, help="at once")
    parser.add_argument("--per-second", type=float, default=60, help="visits begun in a second, at most")
    parser.add_argument("--memory-mib", type=float, default=4, help="growth of resident memory that is let pass")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    options.seconds = options.minutes * 60
    options.warm_up = options.warm_up or min(120, options.seconds / 5)

    with tempfile.NamedTemporaryFile(prefix="parlanced-", suffix=".log") as log:
        server = Server(options.parlanced, log.name)
        try:
            findings = asyncio.run(soak(server, options))
        finally:
            cpu = server.cpu_s() if server.is_running() else 0
            status = server.stop()
            said = "\n".join(line for line in Path(log.name).read_text(errors="replace").splitlines()
                             if HARMLESS_WARNING not in line)
        findings.expect(status == 0, f"the server ended with status {status}, after {cpu:.0f} s of CPU")
        findings.expect(not said, f"the server had nothing to warn of{': ' if said else ''}{said[:4000]}")
    return 1 if findings.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
