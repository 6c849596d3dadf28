# SPDX-License-Identifier: GPL-3.0-or-later
"""A client on a bare socket that can do what no decent client does. Nothing is read unless it is asked for."""

import asyncio
import json
import os
import socket
import struct
from urllib.parse import quote

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


class Ended(Exception):
    """The server has ended the connection."""


def frame(opcode, payload=b"", final=True, reserved=0, masked=True, mask=b"\0\0\0\0"):
    """A frame of a client. A mask of zeros changes nothing, which saves our side the work."""
    head = bytes([(0x80 if final else 0) | reserved | opcode])
    bit = 0x80 if masked else 0
    size = len(payload)
    if size < 126:
        head += bytes([bit | size])
    elif size < 65536:
        head += bytes([bit | 126]) + struct.pack(">H", size)
    else:
        head += bytes([bit | 127]) + struct.pack(">Q", size)
    if not masked:
        return head + payload
    if any(mask):
        payload = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
    return head + mask + payload


def command(**members):
    return frame(TEXT, json.dumps(members).encode())


def say(content, **more):
    return command(type="message", content=content, **more)


def upgrade(room, name, query="", version="13", key=KEY, more=()):
    path = f"/ws/{quote(room, safe='')}/{quote(name, safe='')}{query}"
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade",
             f"Sec-WebSocket-Version: {version}", f"Sec-WebSocket-Key: {key}", *more, "", ""]
    return "\r\n".join(lines).encode()


def request(method, path, *fields, body=b""):
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *fields]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class Wire:
    def __init__(self, port, source="127.0.0.1", receive_buffer=None):
        self.port = port
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.bind((source, 0))
        self.buffer = bytearray()
        self.loop = asyncio.get_running_loop()
        self.sending = asyncio.Lock()  # a pong may have to wait for what is being said

    async def connect(self):
        await self.loop.sock_connect(self.socket, ("127.0.0.1", self.port))
        return self

    async def send(self, data):
        try:
            async with self.sending:
                await self.loop.sock_sendall(self.socket, data)
        except OSError as error:
            raise Ended(str(error)) from error

    async def receive(self, most=65536):
        """Adds what there is to the buffer."""
        try:
            data = await self.loop.sock_recv(self.socket, most)
        except OSError as error:
            raise Ended(str(error)) from error
        if not data:
            raise Ended("end of stream")
        self.buffer += data
        return len(data)

    async def receive_until_end(self):
        try:
            while True:
                await self.receive()
                self.buffer.clear()
        except Ended:
            return

    def take(self, size):
        data = bytes(self.buffer[:size])
        del self.buffer[:size]
        return data

    async def answer(self, without_body=False):
        """One HTTP answer: status, fields in small letters, body."""
        while b"\r\n\r\n" not in self.buffer:
            await self.receive()
        head = self.take(self.buffer.index(b"\r\n\r\n") + 4).decode("latin-1").split("\r\n")
        status = int(head[0].split()[1])
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        size = 0 if without_body or status < 200 else int(fields.get("content-length", 0))
        while len(self.buffer) < size:
            await self.receive()
        return status, fields, self.take(size)

    async def join(self, room, name, query="", more=()):
        """The status: 101 when we are in."""
        await self.send(upgrade(room, name, query, more=more))
        return (await self.answer())[0]

    async def next_frame(self):
        """Opcode and payload of the server's next frame; pings are answered on the way."""
        while True:
            while len(self.buffer) < 2:
                await self.receive()
            code = self.buffer[1]
            wide = {126: 2, 127: 8}.get(code, 0)
            while len(self.buffer) < 2 + wide:
                await self.receive()
            size = int.from_bytes(self.buffer[2:2 + wide], "big") if wide else code
            while len(self.buffer) < 2 + wide + size:
                await self.receive()
            opcode = self.buffer[0] & 0x0F
            payload = self.take(2 + wide + size)[2 + wide:]
            if opcode == PING:
                await self.send(frame(PONG, payload))
                continue
            return opcode, payload

    async def next_event(self):
        """The next event; Ended with the close code where there is none."""
        opcode, payload = await self.next_frame()
        if opcode == CLOSE:
            raise Ended(f"closed {int.from_bytes(payload[:2], 'big')}")
        return json.loads(payload)

    async def until_closed(self):
        """Reads on to the end; how it came, for example "closed 4400"."""
        try:
            while True:
                opcode, payload = await self.next_frame()
                if opcode == CLOSE:
                    return f"closed {int.from_bytes(payload[:2], 'big')}"
        except Ended:
            return "ended"

    def shut_write(self):
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it is gone already

    def forget(self):
        """Nobody may wait for a socket that closes: its number is soon another's."""
        if self.socket.fileno() >= 0:
            self.loop.remove_reader(self.socket)
            self.loop.remove_writer(self.socket)

    def close(self):
        self.forget()
        self.socket.close()

    def reset(self):
        """Ends with RST and throws away what is under way."""
        self.forget()
        if self.socket.fileno() >= 0:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


def garbage(size):
    return os.urandom(size)
