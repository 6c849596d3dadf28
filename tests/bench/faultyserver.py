# SPDX-License-Identifier: GPL-3.0-or-later
"""A chat that does one thing wrong to the member that joined last, every tenth message."""

import asyncio
import json
import sys

import websockets

FAULTS = ("none", "lose", "repeat", "swap", "misroute")


class Chat:
    def __init__(self, fault: str):
        self.fault = fault
        self.rooms: dict[str, list] = {}
        self.count = 0
        self.held = None

    async def talk(self, client):
        _, _, room, name = client.path.split("/")
        members = self.rooms.setdefault(room, [])
        members.append(client)
        async for text in client:
            self.count += 1
            event = json.dumps({"username": name, "content": json.loads(text)["content"], "message_type": "message", "room": room})
            for member in members[:-1]:
                await member.send(event)
            await self.to_victim(members[-1], event, room)

    async def to_victim(self, victim, event: str, room: str):
        bad = self.count % 10 == 5  # never the last one, which nothing would follow
        if self.held is not None:
            held, self.held = self.held, None
            await victim.send(event)
            await victim.send(held)
        elif bad and self.fault == "swap":
            self.held = event
        elif not (bad and self.fault == "lose"):
            await victim.send(event)
        if bad and self.fault == "repeat":
            await victim.send(event)
        if bad and self.fault == "misroute":
            other = next(members for name, members in self.rooms.items() if name != room)
            await other[-1].send(event)


async def main():
    chat = Chat(sys.argv[1])
    async with websockets.serve(chat.talk, "127.0.0.1", 0, compression=None) as server:
        print(f"listening on http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(main())
