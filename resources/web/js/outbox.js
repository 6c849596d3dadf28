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

/**
 * Entries {cid, room, name, text, time, state: 'queued'|'sending'|'failed', error}. One is in flight at a time,
 * so that a refusal cannot put two messages in the wrong order, and the server's rate is kept to.
 *
 * Events: 'change' whenever an entry came, went or changed; 'stale' when an echo is overdue.
 */
export class Outbox extends EventTarget {
    #entries = tab.read('outbox', []);
    #send = null;
    #key = { room: '', name: '' };
    #timer = 0;
    #limit = { burst: 0, periodMs: 0 };
    #sentAt = [];
    #holdUntil = 0;

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

    waitingCount(room, name) {
        return this.of(room, name).filter((entry) => entry.state !== 'failed').length;
    }

    add(room, name, text) {
        this.#entries.push({ cid: makeCid(), room, name, text, time: Date.now(), state: 'queued', error: null });
        this.#changed();
        this.#pump();
    }

    /** The room is open: what waits goes out through `send(command)`. */
    online(room, name, limits, send) {
        this.#key = { room, name };
        this.#send = send;
        this.#limit = { burst: limits?.messages_burst ?? 0, periodMs: limits?.messages_period_ms ?? 0 };
        this.#holdUntil = 0;
        this.#requeue();
        this.#pump();
    }

    offline() {
        this.#send = null;
        clearTimeout(this.#timer);
        this.#requeue();
        this.#changed();
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
        const before = this.#entries.length;
        this.#entries = this.#entries.filter((entry) => entry.cid !== cid);
        if (this.#entries.length === before)
            return;
        this.#changed();
        this.#pump();
    }

    /** The server refused one. True when the entry was ours. */
    refuse(error) {
        const entry = this.#entries.find((each) => each.cid === error.cid);
        if (entry === undefined)
            return false;
        if (error.code === 'rate_limited' || error.code === 'unavailable') {
            entry.state = 'queued';
            this.#holdUntil = Date.now() + Math.max(error.retry_after_ms ?? 0, 250);
        } else {
            entry.state = 'failed';
            entry.error = { code: error.code, detail: error.detail };
        }
        this.#changed();
        this.#pump();
        return true;
    }

    retry(cid) {
        const entry = this.#entries.find((each) => each.cid === cid);
        if (entry === undefined || entry.state !== 'failed')
            return;
        entry.state = 'queued';
        entry.error = null;
        this.#changed();
        this.#pump();
    }

    discard(cid) {
        this.#entries = this.#entries.filter((entry) => entry.cid !== cid || entry.state === 'sending');
        this.#changed();
    }

    #requeue() {
        for (const entry of this.#entries) {
            if (entry.state === 'sending')
                entry.state = 'queued';
        }
    }

    #pump() {
        clearTimeout(this.#timer);
        if (this.#send === null)
            return;
        const mine = this.of(this.#key.room, this.#key.name);
        if (mine.some((entry) => entry.state === 'sending')) {
            this.#timer = setTimeout(() => this.dispatchEvent(new CustomEvent('stale')), kEchoMs);
            return;
        }
        const next = mine.find((entry) => entry.state === 'queued');
        if (next === undefined)
            return;
        const wait = Math.max(this.#holdUntil - Date.now(), this.#paceMs());
        if (wait > 0) {
            this.#timer = setTimeout(() => this.#pump(), wait);
            return;
        }
        if (!this.#send({ type: 'message', content: next.text, cid: next.cid }))
            return;
        this.#sentAt.push(Date.now());
        next.state = 'sending';
        this.#changed();
        this.#timer = setTimeout(() => this.dispatchEvent(new CustomEvent('stale')), kEchoMs);
    }

    /** How long to wait so that no period sees more than a burst. */
    #paceMs() {
        const { burst, periodMs } = this.#limit;
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
