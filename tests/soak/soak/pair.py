# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people who talk all the time, and notice when a message of theirs is lost, repeated or out of order."""

import asyncio
import time

from soak import wire

ROOM = "control"
WINDOW = 20  # said and not yet heard; more at once would be a flood, after a stall of a busy machine


class Talker:
    def __init__(self, port, name, pause_s):
        self.wire = wire.Wire(port)
        self.name = name
        self.pause_s = pause_s
        self.sent = 0
        self.heard = {}  # of each talker the number of the last message
        self.seq = 0
        self.slowest_s = 0.0
        self.faults = []

    async def join(self):
        await self.wire.connect()
        status = await self.wire.join(ROOM, self.name)
        if status != 101:
            raise RuntimeError(f"{self.name} could not join: {status}")

    async def talk(self, stop):
        while not stop.is_set():
            if self.sent - self.heard.get(self.name, 0) >= WINDOW:
                await asyncio.sleep(self.pause_s)
                continue
            self.sent += 1
            await self.wire.send(wire.say(f"{self.name} {self.sent} {time.monotonic()}", cid=f"{self.name}-{self.sent}"))
            await asyncio.sleep(self.pause_s)

    async def listen(self):
        try:
            while True:
                self.hear(await self.wire.next_event())
        except wire.Ended as ended:
            self.faults.append(f"{self.name}: {ended}")

    def hear(self, event):
        if event["message_type"] in ("user_joined", "user_left"):
            return
        if event["message_type"] != "message":
            self.faults.append(f"{self.name}: {event}")
            return
        name, number, sent_at = event["content"].split()
        if int(number) != self.heard.get(name, 0) + 1 or event["seq"] != self.seq + 1:
            self.faults.append(f"{self.name}: {name} {number} with seq {event['seq']} after "
                               f"{self.heard.get(name, 0)} with seq {self.seq}")
        self.heard[name] = int(number)
        self.seq = event["seq"]
        self.slowest_s = max(self.slowest_s, time.monotonic() - float(sent_at))


class Pair:
    def __init__(self, port, pause_s=0.1):
        self.talkers = [Talker(port, name, pause_s) for name in ("anna", "ben")]
        self.stopped = asyncio.Event()
        self.talking = []
        self.listening = []

    async def start(self):
        for talker in self.talkers:
            await talker.join()
            self.listening.append(asyncio.create_task(talker.listen()))
        self.talking = [asyncio.create_task(talker.talk(self.stopped)) for talker in self.talkers]

    async def stop(self, patience_s=30):
        """Waits until all that was said was heard by both; the faults."""
        self.stopped.set()
        await asyncio.gather(*self.talking, return_exceptions=True)
        said = {talker.name: talker.sent for talker in self.talkers}
        until = time.monotonic() + patience_s
        while any(talker.heard != said for talker in self.talkers) and time.monotonic() < until:
            await asyncio.sleep(0.05)
        faults = [fault for talker in self.talkers for fault in talker.faults]
        faults += [f"{talker.name} heard {talker.heard}, said was {said}" for talker in self.talkers if talker.heard != said]
        for task in self.listening:
            task.cancel()
        await asyncio.gather(*self.listening, return_exceptions=True)
        for talker in self.talkers:
            talker.wire.close()
        return faults

    def messages(self):
        return sum(talker.sent for talker in self.talkers)

    def slowest_ms(self):
        return round(1000 * max(talker.slowest_s for talker in self.talkers))
