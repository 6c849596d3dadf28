#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a real parlanced again and again while people talk, and proves the promise after each time: what was
acknowledged is in the history once, in one order that everybody saw. Exit status 1 where it is broken."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the source folder stays as it is
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "soak"))

from killloop.people import WINDOWS, Person, Sender  # noqa: E402
from killloop.postgres import Postgres  # noqa: E402
from killloop.proof import faults_of  # noqa: E402
from killloop.server import Server  # noqa: E402
from killloop.sqlite import Sqlite  # noqa: E402

ROOMS = ("general", "Büro")
SENDERS_PER_ROOM = 3
RECEIVERS_PER_ROOM = 2
HEALTHY_WITHIN_S = 2


def people():
    senders = [Sender(room, f"sender {number}") for room in ROOMS for number in range(SENDERS_PER_ROOM)]
    receivers = [Person(room, f"receiver {number}") for room in ROOMS for number in range(RECEIVERS_PER_ROOM)]
    return senders, receivers


async def talk_until(server, senders, receivers, end):
    """Everybody comes, and \a end, a coroutine, says when it is over. They hear what still arrives."""
    everybody = senders + receivers
    await asyncio.gather(*(person.join(server.port) for person in everybody))
    listening = [asyncio.create_task(person.listen()) for person in everybody]
    stop = asyncio.Event()
    talking = [asyncio.create_task(sender.talk(stop)) for sender in senders]
    await end(stop)
    stop.set()
    for sender in senders:
        sender.place.set()
    await asyncio.wait(listening + talking, timeout=10)
    for task in listening + talking:
        task.cancel()
    await asyncio.gather(*listening, *talking, return_exceptions=True)
    for person in everybody:
        person.leave()


async def die_at_hearing(server, senders):
    """Kills the server in the moment in which somebody hears that a message is stored: if it is not, it never will be."""
    died = asyncio.Event()

    def kill():
        if not died.is_set():
            server.signal_kill()
            died.set()
    for sender in senders:
        sender.on_acknowledged = kill
    try:
        await asyncio.wait_for(died.wait(), 10)
    finally:
        for sender in senders:
            sender.on_acknowledged = None
        server.kill()


async def last_round(server, senders, receivers):
    """Nobody is killed: every outbox empties, and everybody hears everything."""
    async def end(stop):
        stop.set()  # nothing new; what is in the outboxes is said again
        until = time.monotonic() + 20
        while time.monotonic() < until:
            heads = {room: max((p.seq for p in senders + receivers if p.room == room), default=0) for room in ROOMS}
            if not any(sender.outbox for sender in senders) \
                    and all(person.seq == heads[person.room] for person in senders + receivers):
                break
            await asyncio.sleep(0.02)
        server.stop()
    await talk_until(server, senders, receivers, end)


async def loop(options, folder):
    """The faults that were found, each a line."""
    chance = random.Random(options.seed)
    database = Postgres(folder) if options.storage == "postgresql" else Sqlite(folder)
    database.start()
    database.make_database()
    server = Server(options.parlanced, folder, database.storage(), options.slow_disk)
    try:
        return await rounds(options, chance, database, server)
    finally:
        database.kill()


async def rounds(options, chance, database, server):
    senders, receivers = people()
    slowest = 0.0
    for number in range(1, options.rounds + 1):
        slowest = max(slowest, server.start())

        at_hearing = number % 4 != 1
        for sender in senders:
            sender.window = WINDOWS[at_hearing]

        async def end(_, at_hearing=at_hearing):
            await asyncio.sleep(chance.uniform(0.02, options.longest))
            if number % 3 == 0:
                database.kill()  # in the midst of what the daemon has asked for
            if at_hearing and number % 3 != 0:
                await die_at_hearing(server, senders)
            else:
                server.kill()
        await talk_until(server, senders, receivers, end)
        database.start()
        history = database.history()
        faults = faults_of(history, senders, receivers)
        if options.verbose or faults or number % 20 == 0 or number == options.rounds:
            stored = sum(len(messages) for messages in history.rooms.values())
            print(f"round {number}: {stored} messages stored, "
                  f"{sum(len(s.acknowledged) for s in senders)} acknowledged, "
                  f"{sum(len(s.outbox) for s in senders)} in outboxes", flush=True)
        if faults:
            return [f"round {number}: {fault}" for fault in faults]
    slowest = max(slowest, server.start())
    await last_round(server, senders, receivers)
    history = database.history()
    faults = faults_of(history, senders, receivers, at_rest=True)
    print(f"the slowest of {options.rounds + 1} starts took {slowest:.2f} s")
    if slowest > HEALTHY_WITHIN_S:
        faults.append(f"a start took {slowest:.2f} s, more than {HEALTHY_WITHIN_S} s")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parlanced", required=True, help="the program to kill")
    parser.add_argument("--storage", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--slow-disk", metavar="LIBRARY", help="preloaded into the daemon: the slowdisk of this folder")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--longest", type=float, default=0.6, help="seconds until the latest kill of a round")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--verbose", action="store_true", help="a line for every round")
    parser.add_argument("--expect-broken", action="store_true", help="success is to find a fault")
    options = parser.parse_args()
    if options.seed is None:
        options.seed = random.randrange(2**32)
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="parlance-kill-") as folder:
        faults = asyncio.run(loop(options, folder))
        log = Path(folder, "parlanced.log").read_text()
    for fault in faults[:20]:
        print(("as expected: " if options.expect_broken else "BAD:  ") + fault)
    if faults and not options.expect_broken:
        print(log[-2000:])
    if options.expect_broken and not faults:
        print("BAD:  a daemon that breaks the promise was not found out")
    return 0 if bool(faults) == options.expect_broken else 1


if __name__ == "__main__":
    sys.exit(main())
