# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server holds: read while it works and when it has come to rest."""

import asyncio
import re
import time

from soak import wire

GAUGE = re.compile(r"^(parlance_connections|parlance_sessions|parlance_rooms|parlance_history_bytes) (\d+)", re.MULTILINE)
COUNTER = re.compile(r"^(parlance_\w+_total(?:\{[^}]*\})?) (\d+)", re.MULTILINE)


async def metrics(port):
    line = await wire.Wire(port).connect()
    try:
        await line.send(wire.request("GET", "/metrics"))
        status, _, body = await line.answer()
    finally:
        line.close()
    if status != 200:
        raise RuntimeError(f"/metrics answered {status}")
    return body.decode()


def gauges(text):
    return {name.removeprefix("parlance_"): int(value) for name, value in GAUGE.findall(text)}


def counters(text):
    return {name.removeprefix("parlance_"): int(value) for name, value in COUNTER.findall(text)}


async def sample(server):
    held = gauges(await metrics(server.port))
    return {"resident_kib": server.resident_kib(), "descriptors": len(server.descriptors()), **held}


async def rest(server, sessions, rooms, kinds=None, patience_s=60):
    """Waits until nothing is left but sessions in rooms, and no descriptors but kinds where they are given.
    The last sample, and whether it came to that."""
    until = time.monotonic() + patience_s
    while True:
        held = await sample(server)
        await asyncio.sleep(0.3)
        held["kinds"] = server.descriptors()
        # The connection that asks is one itself.
        is_at_rest = (held["sessions"], held["rooms"], held["connections"]) == (sessions, rooms, sessions + 1)
        if is_at_rest and kinds in (None, held["kinds"]):
            await asyncio.sleep(0.8)  # one more sweep of the server, for what it throws away later
            return {**await sample(server), "kinds": held["kinds"]}, True
        if time.monotonic() > until:
            return held, is_at_rest
