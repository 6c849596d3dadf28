# SPDX-License-Identifier: GPL-3.0-or-later
"""The shapes of load. Each measures one server that was started for it alone and returns numbers by name."""

from dataclasses import dataclass
from typing import Callable

CPU = "server CPU µs per 1,000 deliveries"


@dataclass(frozen=True)
class Scale:
    """Full size, or a tenth of it for a smoke run."""

    quick: bool = False

    @property
    def seconds(self) -> float:
        return 1 if self.quick else 6

    @property
    def warmup(self) -> float:
        return 0.3 if self.quick else 2

    def people(self, count: int) -> int:
        return count // 10 if self.quick else count


@dataclass(frozen=True)
class Shape:
    name: str
    title: str
    servers: tuple[str, ...]
    measure: Callable


def faults(result: dict) -> dict:
    names = ("lost", "repeated", "out_of_order", "misrouted", "rooms_in_disagreement", "closed_by_server")
    return {"faults": sum(result.get(name, 0) for name in names) + result.get("clients_failed", 0)}


def loads(result: dict) -> dict:
    """How busy the two cores were: who of both was the limit."""
    return {"server load": result["server_cpu_s"] / result["seconds"],
            "generator load": result["generator_cpu_s"] / result["seconds"]}


def closed(clients: int, rooms: int, senders: int, window: int, **more):
    def measure(load, scale: Scale) -> dict:
        result = load(mode="closed", clients=clients, rooms=rooms, senders=senders, window=window,
                      warmup=scale.warmup, seconds=scale.seconds, **more)
        return {"deliveries/s": result["deliveries_per_s"],
                CPU: result["server_cpu_s"] * 1e9 / max(result["deliveries"], 1),
                "echo p50 ms": result["latency_ms"]["p50"], "echo p99 ms": result["latency_ms"]["p99"],
                **loads(result), **faults(result)}
    return measure


def many_rooms(load, scale: Scale) -> dict:
    rooms = scale.people(990) // 10
    result = load(mode="open", clients=rooms * 100, rooms=rooms, senders=rooms, rate=500,
                  warmup=scale.warmup, seconds=scale.seconds * 2)
    return {"p50 ms": result["latency_ms"]["p50"], "p99 ms": result["latency_ms"]["p99"],
            "p99.9 ms": result["latency_ms"]["p999"], "max ms": result["latency_ms"]["max"],
            "latest send ms": result["latest_send_ms"], **loads(result), **faults(result)}


def idle_memory(load, scale: Scale) -> dict:
    clients = scale.people(8000)
    result = load(mode="idle", clients=clients, rooms=clients // 100, seconds=scale.seconds)
    per_client = 1 / clients
    return {"KiB per connection": (result["rss_end_kib"] - result["rss_start_kib"]) * per_client,
            "KiB right after joining": (result["rss_joined_kib"] - result["rss_start_kib"]) * per_client,
            **faults(result)}


def joins(load, scale: Scale) -> dict:
    clients = scale.people(8000)
    result = load(mode="joins", clients=clients, rooms=clients, proof=True)
    return {"joins/s": result["joins_per_s"],
            "server CPU µs per join": result["server_cpu_s"] * 1e6 / clients,
            "p99 ms": result["latency_ms"]["p99"], **loads(result),
            "faults": result["clients_failed"] + clients - result["proven"]}


def fill(load, scale: Scale, **more) -> dict:
    """Linear: twice the members take twice the time, so the growth is 2; quadratic makes it 4."""
    clients = 400 if scale.quick else 2000
    step = clients // 20
    result = load(mode="joins", clients=clients, rooms=1, step=step, **more)
    steps = result["step_ms"]
    return {"seconds": result["seconds"], "growth": sum(steps) / sum(steps[:10]),
            "ms per step": steps, "step": step, "faults": result["clients_failed"]}


def fill_subprotocol(load, scale: Scale) -> dict:
    return fill(load, scale, subprotocol="parlance.v1")


def idle_beside(load, scale: Scale) -> dict:
    """The same traffic beside few and beside ten times as many silent connections."""
    few = scale.people(900)
    traffic = dict(mode="open", clients=100, rooms=1, senders=10, rate=500, warmup=scale.warmup, seconds=scale.seconds * 2)
    small = load(**traffic, idle=few)
    large = load(**traffic, idle=few * 10)
    return {"CPU share, few": small["server_cpu_s"] / small["seconds"],
            "CPU share, ten times": large["server_cpu_s"] / large["seconds"],
            "ratio": large["server_cpu_s"] / max(small["server_cpu_s"], 0.01),
            "p99 ms, few": small["latency_ms"]["p99"], "p99 ms, ten times": large["latency_ms"]["p99"],
            "faults": faults(small)["faults"] + faults(large)["faults"]}


def slow_reader(load, scale: Scale) -> dict:
    """Long messages, so that they cannot all hide in the kernel's buffers."""
    messages = scale.people(10_000)
    traffic = dict(mode="open", clients=100, rooms=1, senders=10, rate=1000, messages=messages, content=1024,
                   warmup=scale.warmup)
    without = load(**traffic)
    beside = load(**traffic, slow_readers=1)
    growth = lambda result: result["rss_peak_kib"] - result["rss_joined_kib"]
    dropped = beside["slow_readers_dropped"]
    return {"p99 ms without": without["latency_ms"]["p99"], "p99 ms beside": beside["latency_ms"]["p99"],
            "ratio": beside["latency_ms"]["p99"] / max(without["latency_ms"]["p99"], 1e-3),
            "memory KiB": growth(beside) - growth(without), "dropped": dropped,
            "faults": faults(without)["faults"] + faults(beside)["faults"] - dropped}


ROOM = "bench00000"
REST = {"/api/rooms": "/api/rooms", "/messages?limit=50": f"/api/rooms/{ROOM}/messages?limit=50"}
REST_SHARED = "rest rates of uvicorn"


def rest(load, scale: Scale) -> dict:
    """Requests beside ten quiet members whose room has some history; then chat beside requests."""
    numbers = {"faults": 0}
    chat = dict(mode="open", clients=100, rooms=1, senders=10, rate=500, warmup=scale.warmup, seconds=scale.seconds)
    quiet = dict(mode="open", clients=10, rooms=1, senders=1, rate=20, warmup=scale.warmup + 1.5, seconds=scale.seconds)
    for title, path in REST.items():
        for kind, more in (("keep-alive", {}), ("new connections", {"http_close": True})):
            result = load(**quiet, http_path=path, **more)
            numbers[f"{title}, {kind}"] = result["http"]["answers_per_s"]
            numbers["faults"] += result["http"]["failed"]
    if load.server == "uvicorn":
        load.shared[REST_SHARED] = {title: numbers[f"{title}, keep-alive"] for title in REST}
        return numbers
    alone = load(**chat)["latency_ms"]["p99"]
    numbers["chat p99 ms alone"] = alone
    for title, path in REST.items():
        rate = load.shared.get(REST_SHARED, {}).get(title, 1000)
        result = load(**chat, http_path=path, http_rate=round(rate))
        numbers[f"chat p99 ms beside {title}"] = result["latency_ms"]["p99"]
        numbers[f"requests/s beside chat, {title}"] = result["http"]["answers_per_s"]
        numbers["faults"] += faults(result)["faults"] + result["http"]["failed"]
    return numbers


# "before" and "qtloop" run only when they are asked for: another build of Parlance, and Parlance on Qt's event loop.
EVERYONE = ("uvicorn", "node", "beast", "before", "qtloop", "durable", "parlance", "floor")
STORED = ("before", "barelog", "durable", "parlance")

SHAPES = (
    Shape("window1", "100 clients, 1 room, 10 senders, window 1", (*EVERYONE, "barelog"), closed(100, 1, 10, 1)),
    Shape("window16", "100 clients, 1 room, 10 senders, window 16", (*EVERYONE, "barelog"), closed(100, 1, 10, 16)),
    Shape("tenrooms1", "1,000 clients, 10 rooms, 20 senders, window 1", EVERYONE, closed(1000, 10, 20, 1)),
    Shape("tenrooms16", "1,000 clients, 10 rooms, 20 senders, window 16", EVERYONE, closed(1000, 10, 20, 16)),
    Shape("window1cid", "100 clients, 1 room, 10 senders, window 1, each message with a cid", STORED, closed(100, 1, 10, 1, cid=True)),
    Shape("window16cid", "100 clients, 1 room, 10 senders, window 16, each message with a cid", STORED, closed(100, 1, 10, 16, cid=True)),
    Shape("manyrooms", "9,900 clients, 99 rooms, 500 messages/s open loop", EVERYONE, many_rooms),
    Shape("memory", "idle memory per connection at 8,000", EVERYONE, idle_memory),
    Shape("joins", "joins per second, 8,000 rooms", EVERYONE, joins),
    Shape("idle", "10 times the idle connections (900, 9,000) beside 500 messages/s in a room of 100", EVERYONE, idle_beside),
    Shape("fill", "filling one room with 2,000 members", EVERYONE, fill),
    Shape("fillv1", "the same with the subprotocol parlance.v1", ("before", "parlance"), fill_subprotocol),
    Shape("slow", "one reader that stops while 10,000 messages pass", EVERYONE, slow_reader),
    Shape("rest", "REST beside chat", ("uvicorn", "before", "parlance"), rest),
)
