# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows that the load generator finds what a server does wrong: each fault is named, and no other."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

from harness.generator import options
from harness.servers import Running, Server

KINDS = ("lost", "repeated", "out_of_order", "misrouted", "rooms_in_disagreement")
SKIPPED = 77

# What the server does, how many senders a room has, and what must be found. With two senders in turn a swap is not
# against the order of either, but the members of the room saw two orders.
CASES = (
    ("none", 1, set()),
    ("none", 2, set()),
    ("lose", 1, {"lost", "rooms_in_disagreement"}),
    ("repeat", 1, {"repeated", "rooms_in_disagreement"}),
    ("swap", 1, {"out_of_order", "rooms_in_disagreement"}),
    ("swap", 2, {"rooms_in_disagreement"}),
    ("misroute", 1, {"misrouted"}),
)


def found(loadgen: Path, fault: str, senders: int, mode: str) -> tuple[set, int]:
    rooms = 2 if fault == "misroute" else 1
    server = Server(fault, f"faulty server ({fault})", [sys.executable, str(Path(__file__).with_name("faultyserver.py")), fault])
    arguments = dict(clients=5 * rooms, rooms=rooms, senders=senders * rooms, warmup=0.1, seconds=0.5, check_all=True)
    arguments |= dict(mode="open", rate=200) if mode == "open" else dict(mode="closed", window=4)
    with Running(server) as running:
        done = subprocess.run([str(loadgen), "--port", str(running.port), *options(arguments)], capture_output=True,
                              text=True, timeout=60, check=False)
    result = json.loads(done.stdout)
    return {kind for kind in KINDS if result[kind] != 0}, done.returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--loadgen", type=Path, required=True)
    given = parser.parse_args()
    try:
        import websockets  # noqa: F401, needed by the faulty server
    except ImportError:
        print("skipped: python3-websockets is not installed")
        return SKIPPED
    for fault, senders, expected in CASES:
        kinds, code = found(given.loadgen, fault, senders, "open")
        if kinds != expected or code != (1 if expected else 0):
            print(f"{fault} with {senders} sender(s): found {kinds or 'nothing'}, exit code {code}; expected {expected or 'nothing'}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
