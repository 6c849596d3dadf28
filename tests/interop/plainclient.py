#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Part A of the wire contract, seen by python3-websockets. Usage: plainclient.py PARLANCED [arguments of unittest]"""

import asyncio
import json
import re
import signal
import subprocess
import sys
import unittest
import urllib.error
import urllib.request
from urllib.parse import quote

import websockets

ANSWER_S = 10
TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")


class Server:
    """The real daemon on a free port, without rate limits."""

    def __init__(self, program):
        options = [f"--set=limits.{name}=off" for name in ("messages", "joins", "commands")]
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1", "--port", "0", "--storage", "memory", "--log-level", "warning", *options],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        found = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", line)
        if not found:
            raise RuntimeError(f"parlanced did not start: {line!r}")
        self.port = int(found[1])

    def stop(self):
        self.process.terminate()
        status = self.process.wait(ANSWER_S)
        self.process.stdout.close()
        return status


def connect(port, room, name, **options):
    """As a program does it that knows nothing but the contract."""
    path = f"/ws/{quote(room, safe='')}/{quote(name, safe='')}"
    return websockets.connect(f"ws://127.0.0.1:{port}{path}", **options)


def message(content, **more):
    return json.dumps({"type": "message", "content": content, **more})


async def receive(socket):
    return json.loads(await asyncio.wait_for(socket.recv(), ANSWER_S))


async def close_code(socket):
    """Reads until the server has closed; the code that it gave."""
    try:
        while True:
            await asyncio.wait_for(socket.recv(), ANSWER_S)
    except websockets.ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


async def refusal(attempt):
    """The HTTP status that an upgrade is refused with; the class of the exception changed between versions."""
    try:
        async with attempt:
            return 101
    except websockets.InvalidHandshake as refused:
        return getattr(refused, "status_code", None) or refused.response.status_code


class PlainClient(unittest.IsolatedAsyncioTestCase):
    rooms = 0

    def setUp(self):
        PlainClient.rooms += 1
        self.room = f"room {PlainClient.rooms}"
        self.port = server.port

    def join(self, name, room=None, **options):
        return connect(self.port, room or self.room, name, **options)

    async def rest(self, path):
        def ask():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=ANSWER_S) as answer:
                    return answer.status, json.load(answer)
            except urllib.error.HTTPError as error:
                with error:
                    return error.code, json.load(error)
        return await asyncio.get_running_loop().run_in_executor(None, ask)

    async def test_everybody_gets_the_message(self):
        async with self.join("anna") as anna, self.join("ben") as ben:
            self.assertEqual((await receive(anna))["message_type"], "user_joined")
            await anna.send(message("  Hällo <b>\n", cid="c-1"))
            echo = await receive(anna)
            self.assertEqual(echo, await receive(ben))
            self.assertEqual(set(echo), {"id", "username", "content", "timestamp", "message_type", "room", "seq", "cid"})
            self.assertEqual(echo["username"], "anna")
            self.assertEqual(echo["content"], "Hällo <b>")
            self.assertEqual(echo["message_type"], "message")
            self.assertEqual(echo["room"], self.room)
            self.assertEqual(echo["seq"], 1)
            self.assertEqual(echo["cid"], "c-1")
            self.assertRegex(echo["timestamp"], TIME)
            await ben.send(message("no cid"))
            self.assertNotIn("cid", await receive(anna))

    async def test_newcomer_gets_the_last_50_oldest_first(self):
        async with self.join("anna") as anna:
            for number in range(1, 61):
                await anna.send(message(str(number)))
            said = [await receive(anna) for _ in range(60)]
            self.assertEqual([event["seq"] for event in said], list(range(1, 61)))
            self.assertEqual(len({event["id"] for event in said}), 60)
            async with self.join("ben") as ben:
                history = [await receive(ben) for _ in range(50)]
                self.assertEqual(history, said[10:])
                await anna.send(message("live"))
                self.assertEqual((await receive(ben))["content"], "live")  # nothing between, its own join neither

    async def test_joins_and_leaves(self):
        async with self.join("anna") as anna:
            async with self.join("ben"):
                joined = await receive(anna)
            left = await receive(anna)
            for event, kind in ((joined, "user_joined"), (left, "user_left")):
                self.assertEqual(set(event), {"username", "message_type", "timestamp"})
                self.assertEqual(event["message_type"], kind)
                self.assertEqual(event["username"], "ben")
                self.assertRegex(event["timestamp"], TIME)

    async def test_taken_name_gets_a_number(self):
        async with self.join("anna") as first, self.join("ANNA") as second:
            self.assertEqual((await receive(first))["username"], "ANNA-2")
            await second.send(message("me"))
            self.assertEqual((await receive(second))["username"], "ANNA-2")

    async def test_errors_leave_the_connection_alive(self):
        faults = (("no JSON", "bad_request"), ("[]", "bad_request"), ('{"type":"dance"}', "unknown_type"),
                  ('{"type":"message"}', "bad_request"), (message("😀" * 4001), "too_long"), (b"\x00\x01", "bad_request"))
        async with self.join("anna") as anna:
            for sent, code in faults:
                await anna.send(sent)
                error = await receive(anna)
                self.assertEqual((error["message_type"], error["code"]), ("error", code))
                self.assertTrue(error["detail"])
            await anna.send(message("   "))  # ignored
            await anna.send(message("😀" * 4000))
            self.assertEqual((await receive(anna))["content"], "😀" * 4000)

    async def test_unicode_names(self):
        for room, name in (("Кухня", "Анна"), ("חדר ראשי", "רות"), ("聊天室", "小明"), ("Café", "Zoë.B_c-d")):
            async with self.join(name, room) as socket:
                await socket.send(message(name))
                event = await receive(socket)
                self.assertEqual((event["room"], event["username"]), (room, name))
                status, users = await self.rest(f"/api/rooms/{quote(room, safe='')}/users")
                self.assertEqual((status, users), (200, {"room": room, "users": [name]}))

    async def test_ping_is_answered(self):
        async with self.join("anna", ping_interval=None) as anna:
            for payload in (b"", b"x" * 125):
                await asyncio.wait_for(await anna.ping(payload), ANSWER_S)

    async def test_fragments_are_one_message(self):
        async with self.join("anna") as anna:
            await anna.send(['{"type":"mess', 'age","content":"', "gestückelt", '"}'])
            self.assertEqual((await receive(anna))["content"], "gestückelt")

    async def test_goodbye_is_answered(self):
        anna = await self.join("anna")
        await asyncio.wait_for(anna.close(1000, "bye"), ANSWER_S)
        self.assertEqual(anna.close_code, 1000)

    async def test_large_message_ends_the_connection(self):
        async with self.join("anna") as anna:
            await anna.send("x" * (64 * 1024 + 1))
            self.assertEqual(await close_code(anna), 1009)

    async def test_refusals_have_a_status(self):
        self.assertEqual(await refusal(self.join("")), 400)
        self.assertEqual(await refusal(self.join("x" * 33)), 400)
        self.assertEqual(await refusal(self.join("😀")), 400)
        self.assertEqual(await refusal(self.join("anna", origin="http://evil.example")), 403)
        self.assertEqual(await refusal(self.join("anna", origin=f"http://127.0.0.1:{self.port}")), 101)
        self.assertEqual(await refusal(websockets.connect(f"ws://127.0.0.1:{self.port}/nowhere")), 404)

    async def test_rest_sees_the_same(self):
        async with self.join("anna") as anna, self.join("ben"):
            await receive(anna)
            await anna.send(message("hello"))
            event = await receive(anna)
            path = "/api/rooms/" + quote(self.room, safe="")
            self.assertIn(self.room, (await self.rest("/api/rooms"))[1]["rooms"])
            self.assertEqual((await self.rest(path + "/users"))[1]["users"], ["anna", "ben"])
            self.assertEqual((await self.rest(path + "/messages"))[1]["messages"], [event])
            status, refused = await self.rest(path + "/messages?limit=0")
            self.assertEqual((status, refused["error"]["field"]), (400, "limit"))

    async def test_subprotocol_is_offered_in_vain_or_not(self):
        async with self.join("anna", subprotocols=["chat", "parlance.v1"]) as anna:
            self.assertEqual(anna.subprotocol, "parlance.v1")
            self.assertEqual((await receive(anna))["message_type"], "welcome")
        async with self.join("ben", subprotocols=["chat"]) as ben:
            self.assertIsNone(ben.subprotocol)


class Shutdown(unittest.IsolatedAsyncioTestCase):
    async def test_termination_says_goodbye(self):
        own = Server(program)
        async with connect(own.port, "general", "anna") as anna:
            own.process.send_signal(signal.SIGTERM)
            self.assertEqual(await close_code(anna), 4503)
        loop = asyncio.get_running_loop()
        self.assertEqual(await loop.run_in_executor(None, own.stop), 0)


if __name__ == "__main__":
    program = sys.argv.pop(1)
    server = Server(program)
    try:
        result = unittest.main(exit=False).result
    finally:
        status = server.stop()
    sys.exit(0 if result.wasSuccessful() and result.testsRun > 0 and status == 0 else 1)
