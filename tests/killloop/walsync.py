#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watches with strace that no acknowledgement leaves a durable parlanced before the write-ahead log is on the disk.
Exit status 1 where one did; 0 with --expect-unsynced, which is for --durability fast."""

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "soak"))

from soak import wire  # noqa: E402

MESSAGES = 30
SKIPPED = 77
START = re.compile(r"listening on http://127\.0\.0\.1:(\d+)\n")
CALLS = "pwrite64,pwritev,write,writev,sendto,sendmsg,fsync,fdatasync"
LINE = re.compile(r"(?P<thread>\d+) +(?P<rest>.*)\n?")
SAID = re.compile(r"acknowledge me (\d+)")
PAGE = 4096
BEGUN = re.compile(r"(?P<call>\w+)\((?P<arguments>.*?)(?P<state> <unfinished \.\.\.>|\) += (?P<result>-?\d+).*)$")
RESUMED = re.compile(r"<\.\.\. (?P<call>\w+) resumed>.*\) += (?P<result>-?\d+)")


def events_of(trace):
    """(begin or end, call, arguments) of every call, in the order in which strace saw them."""
    open_calls = {}
    for line in trace:
        thread, rest = LINE.fullmatch(line).group("thread", "rest")
        if resumed := RESUMED.match(rest):
            yield "end", resumed["call"], open_calls.pop(thread)
        elif begun := BEGUN.match(rest):
            yield "begin", begun["call"], begun["arguments"]
            if begun["state"].startswith(" <unfinished"):
                open_calls[thread] = begun["arguments"]
            else:
                yield "end", begun["call"], begun["arguments"]


def judge(trace):
    """How many acknowledgements left, and how many of them before their message was in the log and that on the disk."""
    written, syncing, synced = set(), set(), set()
    told = early = 0
    for when, call, arguments in events_of(trace):
        in_log = "parlance.db-wal>" in arguments
        numbers = {int(number) for number in SAID.findall(arguments)}
        if in_log and call.startswith("pwrite"):
            if when == "end":
                written |= numbers
        elif in_log and call in ("fsync", "fdatasync"):
            if when == "begin":
                syncing = set(written)
            else:
                synced |= syncing
        elif when == "begin" and "TCP:" in arguments:
            told += len(numbers)
            early += len(numbers - synced)
    return told, early


async def talk(port):
    client = await wire.Wire(port).connect()
    if await client.join("general", "anna") != 101:
        raise RuntimeError("anna could not join")
    for number in range(MESSAGES):
        await client.send(wire.say(f"acknowledge me {number}", cid=f"c-{number}"))
        while (await client.next_event()).get("cid") != f"c-{number}":
            pass
    client.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parlanced", required=True)
    parser.add_argument("--durability", default="durable")
    parser.add_argument("--expect-unsynced", action="store_true")
    options = parser.parse_args()
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode != 0:
        print("strace may not watch other programs here")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="parlance-sync-") as folder:
        trace = Path(folder, "trace")
        process = subprocess.Popen(
            ["strace", "-f", "-yy", "-s", str(PAGE), "-o", trace, "-e", f"trace={CALLS}", options.parlanced,
             "--listen", "127.0.0.1", "--port", "0", "--storage", "sqlite", "--data-dir", Path(folder, "data"),
             "--durability", options.durability, "--log-level", "warning", "--set=limits.messages=off"],
            stdout=subprocess.PIPE, text=True)
        found = START.fullmatch(process.stdout.readline())
        if not found:
            print("BAD:  parlanced did not start below strace")
            return 1
        try:
            asyncio.run(talk(int(found[1])))
        finally:
            subprocess.run(["pkill", "-TERM", "-P", str(process.pid)], check=False)
            process.wait(30)
        with open(trace, errors="replace") as lines:
            told, early = judge(lines)
    print(f"{told} acknowledgements, {early} of them before the log was on the disk")
    if told < MESSAGES:
        print(f"BAD:  {MESSAGES} were expected")
        return 1
    return 0 if (early > 0) == options.expect_unsynced else 1


if __name__ == "__main__":
    sys.exit(main())
