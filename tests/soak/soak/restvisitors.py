# SPDX-License-Identifier: GPL-3.0-or-later
"""Visitors of the REST API and the page, welcome and unwelcome ones."""

import asyncio

from soak import wire
from soak.visitors import FULL
from soak.wire import request

GOOD = ("/", "/api/rooms", "/api/rooms/lobby/users", "/api/rooms/lobby/messages?limit=1000", "/api/rooms/nowhere/messages",
        "/api/info", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs")
BAD = (("GET", "/nowhere", 404), ("GET", "/api/rooms/lobby/messages?limit=0", 400), ("GET", "/api/rooms/%00/users", 400),
       ("GET", "/api/rooms/lobby/messages?limit=x", 400), ("POST", "/api/rooms", 405), ("BREW", "/", 501),
       ("GET", "//etc/passwd", 400), ("GET", "/%2e%2e/x", 400), ("GET", "/" + "x" * 5000, 414))


async def expect(line, expected, **options):
    status = (await line.answer(**options))[0]
    if status not in {expected} | FULL:
        raise AssertionError(f"expected was {expected}, the answer {status}")
    return status


async def rest(line, dice):
    """Several requests on one connection."""
    for path in dice.sample(GOOD, 4):
        method = "HEAD" if dice.random() < 0.2 else "GET"
        await line.send(request(method, path))
        status = await expect(line, 200, without_body=method == "HEAD")
        if status != 200:
            return "turned away"
    return "answered"


async def rest_refused(line, dice):
    method, path, expected = dice.choice(BAD)
    await line.send(request(method, path))
    return f"answered {await expect(line, expected)}"


async def rest_with_body(line, dice):
    if dice.random() < 0.3:
        await line.send(request("POST", "/api/rooms", "Content-Length: 10000000"))
        return f"answered {await expect(line, 413)}"
    if dice.random() < 0.3:
        await line.send(request("POST", "/api/rooms", "Content-Length: 5000") + b"only so much")
        await line.receive_until_end() # the deadline of the body
        return "ended"
    await line.send(request("POST", "/api/rooms", body=b"x" * dice.randrange(1, 60000)))
    return f"answered {await expect(line, 405)}"


async def rest_pipelined(line, dice):
    await line.send(b"".join(request("GET", path) for path in GOOD[1:4]) * 10)
    for _ in range(30):
        if await expect(line, 200) != 200:
            return "turned away"
    return "answered"


async def rest_unread(line, dice):
    """Asks for much, reads nothing and stays."""
    try:
        await line.send(request("GET", "/openapi.json") * 400)
        await asyncio.sleep(dice.random() * 6)
        await line.send(request("GET", "/"))
    except wire.Ended:
        return "dropped"
    return "left"


async def rest_cut(line, dice):
    data = request("GET", dice.choice(GOOD))
    await line.send(data)
    return "left"


async def rest_kept_open(line, dice):
    await line.send(request("GET", "/healthz"))
    await expect(line, 200)
    await asyncio.sleep(dice.random() * 4)
    await line.send(request("GET", "/healthz", "Connection: close"))
    await expect(line, 200)
    await line.receive_until_end()
    return "answered"


REST_VISITS = {rest: 8, rest_refused: 6, rest_with_body: 4, rest_pipelined: 2, rest_unread: 2, rest_cut: 4, rest_kept_open: 3}
