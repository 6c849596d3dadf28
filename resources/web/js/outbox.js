// SPDX-License-Identifier: GPL-3.0-or-later
// Messages on their way. Each stays until its echo arrives: over reconnects, and over a reload of the tab.

import { tab } from './storage.js';

const kEchoMs = 12000;

/** A version 4 UUID; crypto.randomUUID() exists on encrypted pages only. */
export function makeCid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Unsent messages that one room may hold, whoever wrote them. */
export const kMaxPerRoom = 200;

/** Codes of `error` that say nothing against the message itself. */
const kPassing = new Set(['rate_limited', 'unavailable', 'shutting_down', 'internal', 'storage_full']);
const kFirstHoldMs = 1000;
const kLongestHoldMs = 30000;

/**
 * Entries {cid, room, name, text, time, state: 'queued'|'sending'|'failed', error}. Each session that is online
 * sends those of its room and name, one at a time, so that a refusal cannot put two messages in the wrong order;
 * all of them together keep to the server's rate.
 *
 * Events: 'change' whenever an entry came, went or changed; 'stale' (detail: the session) when an echo is overdue.
 */
export class Outbox extends EventTarget {
    #entries = tab.read('outbox', []);
    #lanes = new Map(); // session -> {room, name, send, limit, timer, holdUntil, refusals, staleAt}
    #sentAt = [];

    constructor() {
        super();
        for (const entry of this.#entries) {
            if (entry.state === 'sending')
                entry.state = 'queued';
        }
    }

    /** Unsent messages of one person in one room, oldest first. */
    of(room, name) {
        return this.#entries.filter((entry) => entry.room === room && entry.name === name);
    }

    /** Unsent messages of everybody who wrote in this tab, oldest first. */
    inRoom(room) {
        return this.#entries.filter((entry) => entry.room === room);
    }

    /** How many unsent messages each room holds. */
    counts() {
        const counts = new Map();
        for (const { room } of this.#entries)
            counts.set(room, (counts.get(room) ?? 0) + 1);
        return counts;
    }

    /** {room, name} of everybody with messages that are still to go out. */
    senders() {
        const senders = new Map();
        for (const { room, name, state } of this.#entries) {
            if (state !== 'failed')
                senders.set(`${room}/${name}`, { room, name });
        }
        return [...senders.values()];
    }

    waitingCount(room, name) {
        return this.of(room, name).filter((entry) => entry.state !== 'failed').length;
    }

    /** False, and nothing is taken, when the room holds too many already. */
    add(room, name, text) {
        if (this.inRoom(room).length >= kMaxPerRoom)
            return false;
        this.#entries.push({ cid: makeCid(), room, name, text, time: Date.now(), state: 'queued', error: null });
        this.#changed();
        this.#pumpAll();
        return true;
    }

    /** The session's room is open: what waits there under its name goes out through `send(command)`. */
    online(session, limits, send) {
        const limit = { burst: limits?.messages_burst ?? 0, periodMs: limits?.messages_period_ms ?? 0 };
        const lane = { room: session.room, name: session.name, send, limit, timer: 0, holdUntil: 0, refusals: 0, staleAt: 0 };
        this.offline(session);
        this.#lanes.set(session, lane);
        this.#pump(session, lane);
    }

    offline(session) {
        const lane = this.#lanes.get(session);
        if (lane === undefined)
            return;
        clearTimeout(lane.timer);
        this.#lanes.delete(session);
        for (const entry of this.of(lane.room, lane.name)) {
            if (entry.state === 'sending')
                entry.state = 'queued';
        }
        this.#changed();
        this.#pumpAll();
    }

    /** What was written under one room and name goes out under another. */
    move(room, name, toRoom, toName) {
        for (const entry of this.of(room, name)) {
            entry.room = toRoom;
            entry.name = toName;
        }
        this.#changed();
    }

    /** An own message came back: it is stored. */
    acknowledge(cid) {
        const entry = this.#entries.find((each) => each.cid === cid);
        if (entry === undefined)
            return;
        this.#entries = this.#entries.filter((each) => each !== entry);
        for (const lane of this.#lanes.values()) {
            if (lane.room === entry.room && lane.name === entry.name)
                lane.refusals = 0;
        }
        this.#changed();
        this.#pumpAll();
    }

    /** The server refused one. True when the entry was ours. */
    refuse(session, error) {
        const entry = this.#entries.find((each) => each.cid === error.cid);
        if (entry === undefined)
            return false;
        const lane = this.#lanes.get(session);
        entry.error = { code: error.code, detail: error.detail };
        entry.state = kPassing.has(error.code) ? 'queued' : 'failed';
        if (entry.state === 'queued' && lane !== undefined) {
            const backOff = Math.min(kLongestHoldMs, kFirstHoldMs * 2 ** lane.refusals);
            lane.holdUntil = Date.now() + (error.retry_after_ms > 0 ? Math.max(error.retry_after_ms, 250) : backOff);
            lane.refusals += 1;
        }
        this.#changed();
        this.#pumpAll();
        return true;
    }

    /** Nobody will send these any more: they wait for a decision. */
    fail(room, name, error) {
        for (const entry of this.of(room, name)) {
            if (entry.state === 'failed')
                continue;
            entry.state = 'failed';
            entry.error = error;
        }
        this.#changed();
    }

    /** Sends a refused one again, under the name that is used now. */
    retry(cid, name) {
        const entry = this.#entries.find((each) => each.cid === cid);
        if (entry === undefined || entry.state !== 'failed')
            return;
        entry.state = 'queued';
        entry.error = null;
        entry.name = name;
        this.#changed();
        this.#pumpAll();
    }

    discard(cid) {
        this.#entries = this.#entries.filter((entry) => entry.cid !== cid || entry.state === 'sending');
        this.#changed();
    }

    #pumpAll() {
        for (const [session, lane] of this.#lanes)
            this.#pump(session, lane);
    }

    #pump(session, lane) {
        clearTimeout(lane.timer);
        const mine = this.of(lane.room, lane.name);
        if (mine.some((entry) => entry.state === 'sending')) {
            this.#awaitEcho(session, lane);
            return;
        }
        const next = mine.find((entry) => entry.state === 'queued');
        if (next === undefined)
            return;
        const wait = Math.max(lane.holdUntil - Date.now(), this.#paceMs(lane.limit));
        if (wait > 0) {
            lane.timer = setTimeout(() => this.#pump(session, lane), wait);
            return;
        }
        if (!lane.send({ type: 'message', content: next.text, cid: next.cid }))
            return;
        this.#sentAt.push(Date.now());
        next.state = 'sending';
        lane.staleAt = Date.now() + kEchoMs;
        this.#awaitEcho(session, lane);
        this.#changed();
    }

    #awaitEcho(session, lane) {
        const overdue = () => this.dispatchEvent(new CustomEvent('stale', { detail: session }));
        lane.timer = setTimeout(overdue, Math.max(0, lane.staleAt - Date.now()));
    }

    /** How long to wait so that no period sees more than a burst. */
    #paceMs({ burst, periodMs }) {
        if (burst <= 0 || periodMs <= 0)
            return 0;
        const since = Date.now() - periodMs;
        this.#sentAt = this.#sentAt.filter((time) => time > since);
        return this.#sentAt.length < burst ? 0 : this.#sentAt[0] - since;
    }

    #changed() {
        tab.write('outbox', this.#entries);
        this.dispatchEvent(new CustomEvent('change'));
    }
}
