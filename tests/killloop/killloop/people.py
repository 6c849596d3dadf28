# SPDX-License-Identifier: GPL-3.0-or-later
"""Those who keep to the contract on their side: senders with an outbox, receivers with a place to go on from."""

import asyncio
import itertools
import uuid

from soak import wire

PROTOCOL = ("Sec-WebSocket-Protocol: parlance.v1",)
WINDOWS = (32, 2)  # of one sender, said and not yet acknowledged: a flood, and so little that each answer is heard at once
PASSING = ("unavailable", "storage_full")  # the message stays in the outbox


class Person:
    """One who comes back with the resume token and the last seq."""

    def __init__(self, room, name):
        self.room = room
        self.name = name
        self.token = ""
        self.epoch = ""
        self.seq = 0
        self.heard = []  # (seq, id, cid, content), each seq once
        self.resyncs = []
        self.wire = None

    async def join(self, port):
        self.wire = await wire.Wire(port).connect()
        query = "?" + "&".join(part for part in (
            f"resume={self.token}" if self.token else "",
            f"since={self.seq}&epoch={self.epoch}" if self.epoch else "") if part)
        status = await self.wire.join(self.room, self.name, query if len(query) > 1 else "", PROTOCOL)
        if status != 101:
            raise RuntimeError(f"{self.name} could not join: {status}")

    def leave(self):
        if self.wire:
            self.wire.close()

    def hear(self, event):
        kind = event["message_type"]
        if kind == "welcome":
            self.token = event["resume_token"]
            self.epoch = event["epoch"]
        elif kind == "resync":
            self.resyncs.append(event["reason"])
        elif kind == "message" and event["seq"] > self.seq:
            # Live delivery is at least once: what is not above the last seq is dropped.
            self.seq = event["seq"]
            self.heard.append((event["seq"], event["id"], event.get("cid"), event["content"]))

    async def listen(self):
        try:
            while True:
                self.hear(await self.wire.next_event())
        except wire.Ended:
            pass


class Sender(Person):
    def __init__(self, room, name):
        super().__init__(room, name)
        self.numbers = itertools.count(1)
        self.outbox = {}  # cid: content, in the order in which it was said
        self.acknowledged = {}  # cid: (seq, id, content)
        self.contradictions = []
        self.errors = []
        self.window = WINDOWS[0]
        self.place = asyncio.Event()
        self.on_acknowledged = None  # is called with nothing at each

    def hear(self, event):
        super().hear(event)
        kind, cid = event["message_type"], event.get("cid")
        if kind == "error" and event["code"] not in PASSING:
            self.errors.append(event)
        if kind != "message":
            return
        told = (event["seq"], event["id"], event["content"])
        if cid in self.outbox:
            if self.outbox.pop(cid) != event["content"]:
                self.contradictions.append(f"{cid} came back as {event['content']!r}")
            if self.on_acknowledged:
                self.on_acknowledged()
            self.acknowledged[cid] = told
            self.place.set()
        elif cid in self.acknowledged and self.acknowledged[cid] != told:
            self.contradictions.append(f"{cid} was {self.acknowledged[cid]} and is {told}")

    async def send(self, cid):
        await self.wire.send(wire.say(self.outbox[cid], cid=cid))

    async def talk(self, stop):
        """First again what is not acknowledged, then new things as fast as they are acknowledged."""
        try:
            for cid in list(self.outbox):
                if cid in self.outbox:
                    await self.send(cid)
            while not stop.is_set():
                if len(self.outbox) >= self.window:
                    self.place.clear()
                    await self.place.wait()
                    continue
                cid = str(uuid.uuid4())
                self.outbox[cid] = f"{self.name} {next(self.numbers)} ж😀"
                await self.send(cid)
        except wire.Ended:
            pass
