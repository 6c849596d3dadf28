#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures what a large database costs: import, start, joining, resuming, searching. Writes its part of docs/performance.md.

Needs the programs of run.py (build/bench/bin) and takes some minutes: the database has a million messages."""

import argparse
import asyncio
import bisect
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import quote

sys.dont_write_bytecode = True  # the source tree stays clean
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "soak"))
from harness import machine  # noqa: E402
from soak import wire  # noqa: E402

BEGIN = "<!-- storage: written by tests/bench/storage.py -->"
END = "<!-- end of storage -->"
LISTENING = re.compile(r"listening on http://127\.0\.0\.1:(\d+)")
SMALL = 1_000
MISSED = 10_000
WORDS = 20_000


def words(seed=7):
    """Made-up words, which come up as words do: the n-th as often as 1/n (Zipf's law)."""
    chance = random.Random(seed)
    known = ["".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(chance.randint(3, 9))) for _ in range(WORDS)]
    sums = []
    total = 0.0
    for rank in range(1, WORDS + 1):
        total += 1 / rank
        sums.append(total)
    return known, lambda: known[bisect.bisect(sums, chance.random() * total)], chance


def write_messages(path, count):
    """One room with \a count messages of 200 people and one with SMALL, as JSON lines."""
    known, word, chance = words()
    now = 1_700_000_000.0
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count + SMALL):
            now += chance.random() * 3
            stamp = datetime.fromtimestamp(now, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            out.write(json.dumps({"id": f"m-{number}", "room": "large" if number < count else "small", "username": f"user{chance.randint(1, 200)}",
                                  "content": " ".join(word() for _ in range(chance.randint(3, 14))), "timestamp": stamp}) + "\n")
    return known


class Daemon:
    def __init__(self, options, data):
        command = ["taskset", "-c", str(options.cores[0]), str(options.bin / "parlanced"), "--port", "0", "--listen", "127.0.0.1",
                   "--data-dir", str(data), "--log-level", "error", "--set", "limits.joins=off", "--set", "limits.messages=off"]
        start = time.monotonic()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        found = LISTENING.search(self.process.stdout.readline())
        self.seconds = time.monotonic() - start
        if not found:
            raise RuntimeError("parlanced does not start")
        self.port = int(found[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)


async def joined(port, room, query=""):
    """Milliseconds from connecting to the end of what is replayed, its events, and the welcome."""
    start = time.monotonic()
    client = await wire.Wire(port).connect()
    if await client.join(room, "reader", query, ("Sec-WebSocket-Protocol: parlance.v1",)) != 101:
        raise RuntimeError("could not join")
    events = []
    while not events or events[-1]["message_type"] != "history_end":
        events.append(await client.next_event())
    took = (time.monotonic() - start) * 1000
    client.close()
    return took, events


async def search(port, text):
    client = await wire.Wire(port).connect()
    start = time.monotonic()
    await client.send(wire.request("GET", f"/api/search?q={quote(text)}"))
    status, _, body = await client.answer()
    took = (time.monotonic() - start) * 1000
    client.close()
    if status != 200:
        raise RuntimeError(f"search for {text}: {status}")
    return took, len(json.loads(body)["hits"])


def median_of(measure, rounds):
    return statistics.median(asyncio.run(measure())[0] for _ in range(rounds))


def wait_until_tidy(database):
    """Until each message has its row and is in the search index; the seconds that took."""
    import sqlite3
    start = time.monotonic()
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        while connection.execute("SELECT (SELECT count(*) FROM journal) + (SELECT count(*) FROM rooms WHERE indexed < head)").fetchone()[0]:
            time.sleep(0.5)
    finally:
        connection.close()
    return time.monotonic() - start


def measure(options, folder):
    count = options.messages
    source = Path(folder, "messages.jsonl")
    known = write_messages(source, count)
    data = Path(folder, "data")
    rates = []
    for _ in range(options.rounds):
        shutil.rmtree(data, ignore_errors=True)
        start = time.monotonic()
        subprocess.run(["taskset", "-c", str(options.cores[0]), str(options.bin / "parlancectl"), "import", str(source), "--data-dir", str(data)],
                       check=True, capture_output=True)
        rates.append((count + SMALL) / (time.monotonic() - start))
    found = {"import": statistics.median(rates)}
    with Daemon(options, data) as daemon:
        found["start with the journal full"] = daemon.seconds * 1000
        found["tidy"] = wait_until_tidy(data / "parlance.db")
    starts = []
    for _ in range(options.rounds):
        with Daemon(options, data) as daemon:
            starts.append(daemon.seconds * 1000)
    found["start"] = statistics.median(starts)
    with Daemon(options, data) as daemon:
        for room in ("large", "small"):  # what has to be read from the disk once is read
            asyncio.run(joined(daemon.port, room))
        large, small = [], []
        for _ in range(options.rounds * 10):  # in turn; each is alone in its room, which opens anew
            large.append(asyncio.run(joined(daemon.port, "large"))[0])
            small.append(asyncio.run(joined(daemon.port, "small"))[0])
        found["join large"], found["join small"] = statistics.median(large), statistics.median(small)
        _, events = asyncio.run(joined(daemon.port, "large"))
        welcome = events[0]
        query = f"?since={welcome['head'] - MISSED}&epoch={welcome['epoch']}"
        _, events = asyncio.run(joined(daemon.port, "large", query))
        assert sum(event["message_type"] == "message" for event in events) == MISSED, "not all of what was missed"
        found["resume"] = median_of(lambda: joined(daemon.port, "large", query), options.rounds)
        found["searches"] = []
        for title, text in (("the most frequent word", known[0]), ("the 100th", known[99]), ("the 10,000th", known[9_999]),
                            ("two words", f"{known[50]} {known[120]}"), ("the beginning of words", known[10][:3]),
                            ("two words in a row", f'"{known[1]} {known[2]}"'), ("a word that nobody said", "qqqqqqqq")):
            _, hits = asyncio.run(search(daemon.port, text))
            found["searches"].append((title, median_of(lambda t=text: search(daemon.port, t), options.rounds * 3), hits))
    return found


def row(name, wanted, value, reached):
    return f"| {name} | {wanted} | {value} | {'yes' if reached else '**no**'} |"


def document(options, found):
    count = options.messages
    ratio = found["join large"] / found["join small"]
    worst = max(took for _, took, _ in found["searches"])
    lines = [BEGIN, "", f"Taken on {datetime.now(timezone.utc):%Y-%m-%d} with `{' '.join(['tests/bench/storage.py', *sys.argv[1:]])}`: SQLite, durable, "
             f"{count:,} messages in one room and {SMALL:,} in another, {count // 200:,} by each of 200 people; the server on one core. Medians. "
             f"{machine.describe(ROOT)['processor']}, commit {machine.describe(ROOT)['commit']}.", "",
             "| what | to reach | measured | reached |", "|---|---|---|---|",
             row("`parlancectl import`, the whole command", "100,000 messages/s", f"{found['import']:,.0f} messages/s", found["import"] >= 100_000),
             row("start", "below 1 s", f"{found['start']:.0f} ms; right after the import, all of it in the journal: {found['start with the journal full']:.0f} ms",
                 max(found["start"], found["start with the journal full"]) < 1000),
             row(f"joining the room with {count:,} messages", f"within 20 % of the one with {SMALL:,}",
                 f"{found['join large']:.2f} ms to {found['join small']:.2f} ms: {100 * ratio - 100:+.0f} %", ratio <= 1.2),
             row(f"resuming after {MISSED:,} missed messages", "below 300 ms", f"{found['resume']:.0f} ms", found["resume"] < 300),
             row("search, the slowest of those below", "below 100 ms", f"{worst:.1f} ms", worst < 100), "",
             f"Until each message had its own row and was in the search index, in the background of a server without guests: {found['tidy']:.0f} s.", "",
             "| search in all rooms for | median ms | hits shown |", "|---|---|---|",
             *(f"| {title} | {took:.1f} | {hits} |" for title, took, hits in found["searches"]), "", END]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--messages", type=int, default=1_000_000, help="in the large room")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bin", type=Path, default=ROOT / "build" / "bench" / "bin", help="where the programs are")
    parser.add_argument("--cores", type=int, nargs=2, default=(0, 1), metavar=("SERVER", "OWN"))
    parser.add_argument("--document", type=Path, default=ROOT / "docs" / "performance.md")
    options = parser.parse_args()
    os.sched_setaffinity(0, {options.cores[1]})
    with tempfile.TemporaryDirectory(prefix="parlance-storage-") as folder:
        found = measure(options, folder)
    print(json.dumps(found, indent=1), file=sys.stderr)
    text = options.document.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise RuntimeError(f"{options.document} has lost the marks around the figures of storage")
    options.document.write_text(before + document(options, found) + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
