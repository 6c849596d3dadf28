# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the load generator against the floor and against Parlance for a second each, and checks counts, never times."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from harness.generator import options
from harness.servers import Running, Server, parlance

CLEAN = ("clients_failed", "lost", "repeated", "out_of_order", "misrouted", "rooms_in_disagreement", "closed_by_server")


def run(loadgen: Path, running: Running, **arguments) -> dict:
    command = [str(loadgen), "--port", str(running.port), "--watch", str(running.pid), *options(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    result = json.loads(done.stdout) if done.stdout else {}
    wrong = {name: result.get(name) for name in CLEAN if result.get(name, 0) != 0}
    if done.returncode != 0 or wrong:
        raise AssertionError(f"{running.server.title}, {arguments}: exit code {done.returncode}, {wrong or result} {done.stderr}")
    return result


def expect(condition: bool, what: str):
    if not condition:
        raise AssertionError(what)


def check(loadgen: Path, server: Server) -> dict:
    """Every mode once; gives back the open loop's result."""
    chat = dict(clients=40, rooms=4, senders=8, warmup=0.2, seconds=1)
    with Running(server) as running:
        closed = run(loadgen, running, mode="closed", window=4, check_all=True, room_prefix="smokea", **chat)
        expect(closed["sent_in_all"] > 8 * 4, "each sender goes on after its first window")
        expect(closed["delivered_in_all"] == 10 * closed["sent_in_all"], "everyone of ten gets each message once")
        expect(closed["receivers_followed"] == 40, "all receivers are followed")
        opened = run(loadgen, running, mode="open", rate=200, room_prefix="smokeb", idle=50, **chat)
        expect(opened["delivered_in_all"] == 10 * opened["sent_in_all"], "and so in the open loop")
        expect(230 <= opened["sent_in_all"] <= 241, f"a rate of 200/s for 1.2 s, not {opened['sent_in_all']}")
        expect(opened["rss_end_kib"] > 0 and opened["latency_ms"]["count"] > 0, "memory and latency are reported")
        joined = run(loadgen, running, mode="joins", clients=200, rooms=200, proof=True, room_prefix="smokec")
        expect(joined["proven"] == 200 and len(joined["step_ms"]) == 2, "two hundred rooms of one")
        idle = run(loadgen, running, mode="idle", clients=200, rooms=2, seconds=0.3, room_prefix="smoked")
        expect(idle["clients_joined"] == 200 and idle["sent_in_all"] == 0, "two hundred that say nothing")
        slow = run_slow(loadgen, running)
        expect(slow["delivered_in_all"] >= 20 * slow["sent_in_all"], "a reader that stops takes nothing from the others")
        return opened


def run_slow(loadgen: Path, running: Running) -> dict:
    arguments = dict(mode="open", clients=20, senders=2, rate=2000, messages=4000, content=3000, warmup=0.1,
                     slow_readers=1, room_prefix="smokee")
    command = [str(loadgen), "--port", str(running.port), *options(arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    result = json.loads(done.stdout)
    expect(done.returncode == 0, f"{running.server.title}, slow reader: {result}")
    expect(result["slow_readers_dropped"] == 1, f"{running.server.title} drops a reader that lets 12 MB wait: {result}")
    return result


def check_rest(loadgen: Path, server: Server):
    with Running(server) as running:
        for more in ({}, {"http_close": True}, {"http_rate": 100}):
            result = run(loadgen, running, mode="http", http_path="/api/rooms", http_connections=4, warmup=0.1, seconds=0.5, **more)
            expect(result["answers"] > 0 and result["failed"] == 0, f"REST answers: {result}")
        result = run(loadgen, running, mode="open", clients=10, senders=2, rate=100, warmup=0.2, seconds=0.5, http_rate=50,
                     http_path="/api/rooms/bench00000/messages?limit=50")
        expect(result["http"]["answers"] > 0 and result["http"]["failed"] == 0, f"REST beside chat answers: {result}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("--loadgen", "--floor", "--parlanced"):
        parser.add_argument(name, type=Path, required=True)
    given = parser.parse_args()
    ours = parlance(given.parlanced)
    floor = check(given.loadgen, Server("floor", "floor", [str(given.floor)]))
    own = check(given.loadgen, ours)
    check_rest(given.loadgen, ours)
    bytes_ = [result["bytes_per_delivery"] for result in (floor, own)]
    expect(abs(bytes_[0] - bytes_[1]) < 0.5, f"the floor sends as many bytes as Parlance: {bytes_}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
