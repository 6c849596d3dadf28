# SPDX-License-Identifier: GPL-3.0-or-later
"""The peer in Python: FastAPI on uvicorn."""

import json
import secrets
import socket
from collections import deque
from datetime import datetime, timezone

import uvicorn
from fastapi import FastAPI, Query, WebSocket, WebSocketDisconnect

app = FastAPI()


class Room:
    def __init__(self):
        self.members = set()
        self.seq = 0
        self.epoch = secrets.token_hex(16)
        self.history = deque(maxlen=1000)


rooms: dict[str, Room] = {}


@app.get("/api/rooms")
async def list_rooms():
    return {"rooms": list(rooms)}


@app.get("/api/rooms/{name}/messages")
async def list_messages(name: str, limit: int = Query(50, ge=1, le=1000)):
    room = rooms.get(name)
    return {"room": name, "messages": list(room.history)[-limit:] if room else []}


async def post(room: Room, name: str, username: str, content: str):
    room.seq += 1
    now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    event = {"id": f"{room.epoch}-{room.seq}", "username": username, "content": content, "timestamp": now,
             "message_type": "message", "room": name, "seq": room.seq}
    room.history.append(event)
    text = json.dumps(event, separators=(",", ":"), ensure_ascii=False)
    for member in list(room.members):
        try:
            await member.send_text(text)
        except Exception:  # whatever the transport says, the member is gone
            room.members.discard(member)


@app.websocket("/ws/{name}/{username}")
async def chat(socket_: WebSocket, name: str, username: str):
    await socket_.accept()
    room = rooms.setdefault(name, Room())
    room.members.add(socket_)
    try:
        while True:
            try:
                command = json.loads(await socket_.receive_text())
            except ValueError:
                continue
            content = str(command.get("content", "")).strip() if isinstance(command, dict) else ""
            if content and command.get("type") == "message":
                await post(room, name, username, content)
    except WebSocketDisconnect:
        pass
    finally:
        room.members.discard(socket_)
        if not room.members:
            rooms.pop(name, None)


if __name__ == "__main__":
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(4096)
    print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app, loop="uvloop", http="httptools", ws="websockets", log_level="error", access_log=False,
                            backlog=4096, ws_ping_interval=None)
    uvicorn.Server(config).run(sockets=[listener])
