# SPDX-License-Identifier: GPL-3.0-or-later
"""Visitors of the chat: each function is one visit. It returns what came of it in a few words; the connection is
closed by the caller, politely or with a reset."""

import asyncio
import json
import random

from soak import wire
from soak.wire import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, Ended, frame, say

V1 = ("Sec-WebSocket-Protocol: parlance.v1",)
ROOMS = ("lobby", "Кухня", "聊天室", "a b")
LOUD = "loud"
# Being turned away by a bound is an honest answer to any visitor.
FULL = {429, 503}


def someone(dice):
    return f"guest {dice.randrange(40)}"


async def joined(line, dice, room=None, name=None, **options):
    """False when a bound was in the way; any other answer than being let in ends the soak."""
    status = await line.join(room or dice.choice(ROOMS), name or someone(dice), **options)
    if status in FULL:
        return False
    if status != 101:
        raise AssertionError(f"the join was answered with {status}")
    return True


async def chatter(line, dice):
    if not await joined(line, dice):
        return "turned away"
    for _ in range(dice.randrange(1, 6)):
        await line.send(say("Hello " * dice.randrange(1, 30)))
        await line.receive()
    await line.send(frame(CLOSE, b"\x03\xe8"))
    return await line.until_closed()


async def newcomer_in_a_room_of_its_own(line, dice):
    if not await joined(line, dice, room=f"room {dice.randrange(10 ** 9)}"):
        return "turned away"
    await line.send(say("Anybody here?"))
    while (await line.next_event())["message_type"] != "message":
        pass
    return "left"


async def vanisher(line, dice):
    if not await joined(line, dice):
        return "turned away"
    await line.send(say("I was")[:dice.randrange(3, 20)])
    return "vanished"


async def flooder(line, dice):
    if not await joined(line, dice):
        return "turned away"
    reading = asyncio.create_task(line.until_closed())
    try:
        for _ in range(40):
            await line.send(say("x") * 50)
        return await reading
    except Ended:
        return await reading
    finally:
        reading.cancel()


async def faulty(line, dice):
    if not await joined(line, dice):
        return "turned away"
    for text in (b"{", b"[]", b'{"type":"fly"}', b"\xf0\x9f\x98\x80", b'{"a":' * 40, b'{"type":"message"}') * 4:
        await line.send(frame(TEXT, text))
    return await line.until_closed()


async def silent(line, dice):
    if dice.random() < 0.3:
        await asyncio.sleep(dice.random())
        return "left"
    await line.receive_until_end()
    return "ended"


async def half_head(line, dice):
    head = wire.upgrade("lobby", "half") if dice.random() < 0.5 else wire.request("POST", "/api/rooms", body=b"x" * 50)
    await line.send(head[:dice.randrange(1, len(head))])
    if dice.random() < 0.5:
        return "left"
    await line.receive_until_end()
    return "ended"


async def dripping_head(line, dice):
    try:
        for byte in wire.request("GET", "/healthz", "X-Padding: " + "x" * 200):
            await line.send(bytes([byte]))
            await asyncio.sleep(0.005)
        return f"answered {(await line.answer())[0]}"
    except Ended:
        return "ended" # slower than the deadline, on a busy machine


async def half_closed(line, dice):
    if dice.random() < 0.5:
        await line.send(wire.request("GET", "/api/rooms"))
        line.shut_write()
        await line.receive_until_end()
        return "ended"
    if not await joined(line, dice):
        return "turned away"
    line.shut_write()
    return await line.until_closed()


async def slow_reader(line, dice):
    if not await joined(line, dice, room=LOUD):
        return "turned away"
    for _ in range(dice.randrange(20, 60)):
        await line.receive(100)
        line.buffer.clear()
        await asyncio.sleep(0.1)
    return "left"


async def reader_that_stops(line, dice):
    if not await joined(line, dice, room=LOUD):
        return "turned away"
    try:
        for _ in range(60):  # shows that it lives, so that only its reading can be the reason to drop it
            await line.send(frame(PONG))
            await asyncio.sleep(0.5)
        return "left"  # on a slow machine too little was said meanwhile to fill the kernel's buffers
    except Ended:
        return "dropped"


async def deaf(line, dice):
    """Reads, but shows no sign of life: no pong comes from it."""
    if not await joined(line, dice):
        return "turned away"
    await line.receive_until_end()
    return "ended"


async def garbage(line, dice):
    start = dice.choice((b"", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"GET ",
                         b"SSH-2.0-x\r\n", b"\n", b"\0"))
    await line.send(start + wire.garbage(dice.randrange(1, 3000)))
    await line.receive_until_end()
    return "ended"


async def torn_frames(line, dice):
    if not await joined(line, dice):
        return "turned away"
    mask = bytes(dice.randrange(256) for _ in range(4))
    text = json.dumps({"type": "message", "content": "torn € " * 20}).encode()
    cut = dice.randrange(1, len(text))
    data = (frame(TEXT, text[:cut], final=False, mask=mask) + frame(PING, b"between") + frame(CONTINUATION, text[cut:])) * 3
    while data:
        size = dice.randrange(1, 60)
        await line.send(data[:size])
        data = data[size:]
        if dice.random() < 0.2:
            await asyncio.sleep(0.01)
    if dice.random() < 0.5:
        await line.send(frame(TEXT, text)[:7])
        return "left inside a frame"
    bad = dice.choice((frame(TEXT, b"a", masked=False), frame(TEXT, b"a", reserved=0x40), frame(3, b"a"), frame(CONTINUATION),
                       frame(PING, b"x" * 126), frame(PING, final=False), frame(TEXT, b"\xff"), b"\x81\xff" + b"\xff" * 12))
    await line.send(bad)
    return await line.until_closed()


async def big_frames(line, dice):
    if not await joined(line, dice):
        return "turned away"
    await line.send(frame(BINARY, wire.garbage(2000)))
    await line.send(say("y" * 5000))
    try:
        await line.send(frame(TEXT, b"z" * 70000))
    except Ended:
        return "ended"
    return await line.until_closed()


async def pings(line, dice):
    if not await joined(line, dice):
        return "turned away"
    for size in range(100):
        await line.send(frame(PING, b"p" * size) * 3)
    if dice.random() < 0.5:
        return "left"
    while (await line.next_frame())[0] != PONG:
        pass
    return "pong"


async def aborted_upgrade(line, dice):
    await line.send(wire.upgrade(dice.choice(ROOMS), someone(dice), more=V1))
    return "left"


async def refused_upgrade(line, dice):
    head, expected = dice.choice((
        (wire.upgrade("lobby", "x", version="12"), 426), (wire.upgrade("lobby", "x", key="short"), 400),
        (wire.upgrade("lobby", "x", more=("Origin: http://elsewhere.example",)), 403),
        (wire.upgrade("lobby", "<b>"), 400), (wire.upgrade(".", "x"), 400), (wire.upgrade("lobby", "x" * 33), 400),
        (wire.upgrade("lobby", "x", query="?token=abc"), 400), (wire.upgrade("lobby", "x", query="?since=-1"), 400),
        (wire.upgrade("lobby", "x") + b"early bytes", 400)))
    await line.send(head)
    status = (await line.answer())[0]
    if status not in {expected} | FULL:
        raise AssertionError(f"expected was {expected}, the answer {status} to {head!r}")
    return f"answered {status}"


async def resumer(line, dice):
    """Leaves without a word and comes back with its token: the same name, and exactly what it missed."""
    room, name = dice.choice(ROOMS), f"resumer {dice.randrange(10 ** 6)}"
    if not await joined(line, dice, room=room, name=name, more=V1):
        return "turned away"
    welcome = await line.next_event()
    seq = 0
    while True:
        event = await line.next_event()
        if event["message_type"] == "message":
            seq = event["seq"]
        if event["message_type"] == "history_end":
            break
    line.reset() if dice.random() < 0.5 else line.close()
    other = await wire.Wire(line.port, line.socket_source).connect()
    try:
        query = f"?since={seq}&epoch={welcome['epoch']}&resume={welcome['resume_token']}"
        status = await other.join(room, name, query, V1)
        if status in FULL:
            return "turned away when it came back"
        again = await other.next_event()
        if again["message_type"] == "error":
            return "turned away when it came back"
        resynced = False
        while (event := await other.next_event())["message_type"] != "history_end":
            if event["message_type"] == "resync":
                resynced = True
            elif event["message_type"] == "message" and not resynced:
                if event["seq"] != seq + 1:
                    raise AssertionError(f"resumed behind {seq}, got {event['seq']}")
                seq = event["seq"]
        if again["username"] != welcome["username"] and again["epoch"] == welcome["epoch"]:
            raise AssertionError(f"was {welcome['username']}, came back as {again['username']}")
        return "resynced" if resynced else "resumed"
    finally:
        other.close()


async def sessions_of_one_person(line, dice):
    room, name = dice.choice(ROOMS), f"several {dice.randrange(10 ** 6)}"
    if not await joined(line, dice, room=room, name=name, more=V1):
        return "turned away"
    welcome = await line.next_event()
    others = []
    try:
        for _ in range(3):
            other = await wire.Wire(line.port, line.socket_source).connect()
            others.append(other)
            if await other.join(room, name, f"?resume={welcome['resume_token']}", V1) == 101:
                await other.send(say("from another session"))
        return "left"
    finally:
        for other in others:
            other.close()


VISITS = {  # and how often, compared with each other
    chatter: 10, newcomer_in_a_room_of_its_own: 6, vanisher: 6, flooder: 2, faulty: 3, silent: 4, half_head: 5,
    dripping_head: 2, half_closed: 3, slow_reader: 2, reader_that_stops: 3, deaf: 2, garbage: 6, torn_frames: 5, big_frames: 3,
    pings: 3, aborted_upgrade: 8, refused_upgrade: 5, resumer: 5, sessions_of_one_person: 3,
}
