# SPDX-License-Identifier: GPL-3.0-or-later
"""What was to be reached, and whether it was."""

from dataclasses import dataclass
from typing import Optional

from .results import Results
from .shapes import REST

OURS, FLOOR, DURABLE, BARE = "parlance", "floor", "durable", "barelog"
STORED_GOALS = {"window1": 0.6, "window16": 0.85, "window1cid": 0.6, "window16cid": 0.85}
PEERS = ("uvicorn", "node", "beast")


@dataclass
class Goal:
    shape: str
    wanted: str
    measured: str
    reached: Optional[bool]  # None: not measured


def goals(results: Results) -> list[Goal]:
    measured_shapes = {run["shape"] for run in results.runs}
    found = []
    for name in ("window1", "window16", "tenrooms1", "tenrooms16"):
        found += throughput(results, name)
    found += [durable(results, name, share) for name, share in STORED_GOALS.items()]
    found += [latency(results), correctness(results), memory(results), joins(results), idle(results), fill(results),
              *slow_reader(results), *rest(results)]
    return [goal for goal in found if goal.shape in measured_shapes]


def below(shape, wanted, value, limit, text) -> Goal:
    return Goal(shape, wanted, text if value is not None else "not measured", None if value is None else value <= limit)


def throughput(results: Results, shape: str) -> list[Goal]:
    ratio = results.ratio(shape, OURS, FLOOR, "deliveries/s")
    goals_ = [Goal(shape, "0.8 of the floor or more", "not measured" if ratio is None else f"{ratio:.2f}",
                   None if ratio is None else ratio >= 0.8)]
    peers = {peer: results.ratio(shape, OURS, peer, "deliveries/s") for peer in PEERS}
    known = {peer: value for peer, value in peers.items() if value is not None}
    least = min(known.values(), default=None)
    text = ", ".join(f"{value:.1f} times {peer}" for peer, value in known.items())
    return goals_ + [Goal(shape, "ahead of every peer", text or "not measured", None if least is None else least > 1)]


def durable(results: Results, shape: str, share: float) -> Goal:
    ratio = results.ratio(shape, DURABLE, OURS, "deliveries/s")
    bare = results.ratio(shape, BARE, OURS, "deliveries/s")
    text = "not measured" if ratio is None else f"{ratio:.2f}"
    if bare is not None:
        text += f", a bare log {bare:.2f}"
    return Goal(shape, f"durable: {share} of memory or more", text,
                None if ratio is None else ratio >= share)


def latency(results: Results) -> Goal:
    ratio = results.ratio("manyrooms", OURS, FLOOR, "p99 ms")
    return below("manyrooms", "p99 within 1.5 times the floor's", ratio, 1.5, f"{ratio or 0:.2f} times")


def correctness(results: Results) -> Goal:
    worst = results.worst("manyrooms", OURS, "faults")
    return below("manyrooms", "nothing lost, repeated or out of order", worst, 0, f"{worst} in the worst run")


def memory(results: Results) -> Goal:
    kib = results.median("memory", OURS, "KiB per connection")
    # 10 KB in the stricter sense of the word
    return below("memory", "10 KB or less", kib and kib * 1.024, 10, f"{(kib or 0) * 1.024:.1f} KB")


def joins(results: Results) -> Goal:
    rate = results.median("joins", OURS, "joins/s")
    return Goal("joins", "5,000", "not measured" if rate is None else f"{rate:,.0f}", None if rate is None else rate >= 5000)


def idle(results: Results) -> Goal:
    ratio = results.median("idle", OURS, "ratio")
    return below("idle", "at most 10 % more CPU", ratio, 1.1, f"{100 * (ratio or 1) - 100:+.1f} %")


def fill(results: Results) -> Goal:
    growth = results.median("fill", OURS, "growth")
    return below("fill", "linear, not quadratic", growth, 2.5,
                 f"all members took {growth or 0:.2f} times what the first half took (2: linear, 4: quadratic)")


def slow_reader(results: Results) -> list[Goal]:
    ratio, kib = (results.median("slow", OURS, name) for name in ("ratio", "memory KiB"))
    return [below("slow", "others' p99 within 20 %", ratio, 1.2, f"{100 * (ratio or 1) - 100:+.1f} %"),
            below("slow", "memory within 2 MiB", kib, 2048, f"{(kib or 0) / 1024:.2f} MiB more than without")]


def rest(results: Results) -> list[Goal]:
    found = []
    for title in REST:
        for kind in ("keep-alive", "new connections"):
            ratio = results.ratio("rest", OURS, "uvicorn", f"{title}, {kind}")
            found.append(Goal("rest", f"{title}, {kind}: as many per second as uvicorn",
                              "not measured" if ratio is None else f"{ratio:.1f} times", None if ratio is None else ratio >= 1))
        ratio = quotient(results.median("rest", OURS, f"chat p99 ms beside {title}"),
                         results.median("rest", OURS, "chat p99 ms alone"))
        found.append(below("rest", f"chat p99 within 20 % while {title} is asked for as fast as uvicorn answers", ratio, 1.2,
                           f"{100 * (ratio or 1) - 100:+.1f} %"))
    return found


def quotient(a, b):
    return a / b if a is not None and b else None
