# SPDX-License-Identifier: GPL-3.0-or-later
"""Visits without end, many at once, from several addresses of the loopback network."""

import asyncio
import collections
import random
import traceback

from soak import wire
from soak.restvisitors import REST_VISITS
from soak.visitors import LOUD, ROOMS, VISITS

ADDRESSES = [f"127.0.0.{number}" for number in range(2, 18)]
PATIENCE_S = 150  # the server's longest deadline is 15 s; the rest is for busy machines
GRACE_S = 3  # for visits under way at the end
SMALL_BUFFER = {"slow_reader", "reader_that_stops", "rest_unread"}


class Churn:
    def __init__(self, port, at_once, per_second, seed):
        self.port = port
        self.at_once = at_once
        self.pause_s = 1 / per_second
        self.dice = random.Random(seed)
        self.outcomes = collections.Counter()
        self.faults = []
        self.kinds, self.weights = zip(*{**VISITS, **REST_VISITS}.items())

    def visits(self):
        return sum(count for (name, _), count in self.outcomes.items() if name != "residents")

    async def run(self, stop):
        """Until stop is set; all visitors have left then."""
        residents = [asyncio.create_task(self.speak(stop, LOUD, f"loud {number}", "€" * 3900, 0.03)) for number in range(2)]
        residents += [asyncio.create_task(self.speak(stop, room, "host", "Welcome", 0.2)) for room in ROOMS]
        under_way = set()
        first = list(self.kinds)  # each once, then as it comes
        self.dice.shuffle(first)
        while not stop.is_set():
            if len(under_way) < self.at_once:
                kind = first.pop() if first else self.dice.choices(self.kinds, self.weights)[0]
                task = asyncio.create_task(self.visit(kind, random.Random(self.dice.random())))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            await asyncio.sleep(self.pause_s)
        if under_way:
            await asyncio.wait(under_way, timeout=GRACE_S)
        for task in list(under_way):
            task.cancel()
        await asyncio.gather(*residents, *under_way)

    async def visit(self, kind, dice):
        name = kind.__name__
        line = None
        try:
            source = dice.choice(ADDRESSES)
            line = wire.Wire(self.port, source, 4096 if name in SMALL_BUFFER else None)
            line.socket_source = source
            await line.connect()
            self.outcomes[name, await asyncio.wait_for(kind(line, dice), PATIENCE_S)] += 1
        except asyncio.CancelledError:
            self.outcomes[name, "cut off at the end"] += 1
        except asyncio.TimeoutError: # before OSError, which it is one of in newer Pythons
            self.outcomes[name, "NEVER ENDED"] += 1
            self.faults.append(f"{name}: the server did not end it within {PATIENCE_S} s")
        except (wire.Ended, OSError):
            # Closed at the door: a bound on connections, or a visitor that the server had enough of.
            self.outcomes[name, "ended early"] += 1
        except Exception as error: # what a visit expects and does not find
            self.outcomes[name, "FAULT"] += 1
            self.faults.append(f"{name}: {error!r}\n{traceback.format_exc(limit=-2)}")
        finally:
            if line:
                line.reset() if dice.random() < 0.3 else line.close()

    async def speak(self, stop, room, name, text, pause_s):
        """Somebody who stays: keeps a room alive, and in the loud one fills the queues of those who do not read."""
        while not stop.is_set():
            line = wire.Wire(self.port)
            reading = None
            try:
                await line.connect()
                if await line.join(room, name) != 101:
                    raise wire.Ended("not let in")
                reading = asyncio.create_task(self.hear(line, room))
                while not stop.is_set() and not reading.done():
                    await line.send(wire.say(text))
                    await asyncio.sleep(pause_s)
                if not stop.is_set():
                    raise wire.Ended("ended by the server")
            except (wire.Ended, OSError) as error:
                if stop.is_set():
                    break
                self.outcomes["residents", "had to come back"] += 1
                if room != LOUD:  # there one may be too slow, on a busy machine
                    self.faults.append(f"{name} in {room}: {error}")
                await asyncio.sleep(0.2)
            finally:
                if reading:
                    reading.cancel()
                    await asyncio.gather(reading, return_exceptions=True)
                line.close()

    async def hear(self, line, room):
        """Everything that is said in a room, in order and without a gap. Not a word of JSON is parsed: it is much."""
        last = None
        try:
            while True:
                _, text = await line.next_frame()
                at = text.rfind(b'"seq":')
                if at < 0:
                    continue
                seq = int(text[at + 6:].partition(b"}")[0].partition(b",")[0])
                if last is not None and seq != last + 1:
                    self.faults.append(f"in {room} {seq} came after {last}")
                last = seq
        except wire.Ended:
            return
