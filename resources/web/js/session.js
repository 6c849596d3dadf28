// SPDX-License-Identifier: GPL-3.0-or-later
// Being in one room: turns the server's events into changes of the room's state, and comes back after a break.

import { Connection, Close } from './connection.js';
import { socketUrl } from './names.js';
import { makeCid } from './outbox.js';
import { keepToken, tokenFor } from './storage.js';

const kSilenceMs = 20000; // between two events of the history, however slow the line is
const kTypingEveryMs = 3000;
const kStaleMs = 4000;

/** What every server grants; a welcome brings the real figures. */
const kDefaultLimits = { content_chars: 4000, messages_burst: 10, messages_period_ms: 10000 };

/**
 * Events: 'status' (detail: the status), 'welcome' (detail: event), 'message' (detail: {event, live}),
 * 'notice' (detail: event), 'refused' (detail: error without an entry of ours).
 *
 * status.kind: connecting · catching-up · online · waiting {retryAt, error, code, unreachable} ·
 * kicked {reason, rejoinAt} · room_closed {reason, rejoinAt} · replaced · refused {error, code, reason}. `welcomed` says whether we were ever in.
 */
export class RoomSession extends EventTarget {
    name;
    welcomed = false;
    limits = kDefaultLimits;
    server = null;
    /** What the server can do beyond talking. */
    features = new Set();
    #changes = new Map(); // cid -> who waits for the outcome
    status = { kind: 'connecting' };
    #state;
    #outbox;
    #connection;
    #kicked = null;
    /** Whether what arrives before `online` was missed by somebody who had been here. */
    missing = false;
    #silenceTimer = 0;
    #staleTimer = 0;
    #typingSentAt = 0;
    #onStale = (event) => event.detail === this && this.#connection.drop();

    constructor(name, state, outbox) {
        super();
        this.name = name;
        this.#state = state;
        this.#outbox = outbox;
        this.#connection = new Connection(() => this.#address());
        this.#connection.addEventListener('frame', (event) => this.#frame(event.detail));
        this.#connection.addEventListener('state', (event) => this.#moved(event.detail));
        outbox.addEventListener('stale', this.#onStale);
    }

    get room() {
        return this.#state.room;
    }

    /** The error for which the server does not let us in, and no retry is under way; null otherwise. */
    get refusal() {
        const { kind, reason, error, code } = this.status;
        switch (kind) {
        case 'kicked':
            return { code: 'kicked', detail: reason };
        case 'room_closed':
            return { code: 'room_closed', detail: reason };
        case 'replaced':
            return { code: 'close_4409', detail: '' };
        case 'refused':
            return error ?? { code: `close_${code}`, detail: reason };
        default:
            return null;
        }
    }

    start() {
        this.#connection.open();
    }

    retryNow() {
        if (this.status.kind === 'waiting')
            this.#connection.retryNow();
        else if (this.refusal !== null)
            this.#connection.open();
    }

    end() {
        clearTimeout(this.#silenceTimer);
        clearTimeout(this.#staleTimer);
        this.#outbox.removeEventListener('stale', this.#onStale);
        this.#outbox.offline(this);
        this.#connection.close();
    }

    /** At most every three seconds while somebody writes; `false` at once. */
    writing(on) {
        const now = Date.now();
        if (this.status.kind !== 'online' || (on && now - this.#typingSentAt < kTypingEveryMs) || (!on && this.#typingSentAt === 0))
            return;
        this.#typingSentAt = on ? now : 0;
        this.#connection.send({ type: 'typing', on });
    }

    /**
     * Asks for a change of a message: {type: 'edit', id, content}, {type: 'delete', id}, {type: 'react', id, emoji, on}.
     * Comes to null when it is done, or to the error for which it is not; without a connection at once.
     */
    change(command) {
        const cid = makeCid();
        if (this.status.kind !== 'online' || !this.#connection.send({ ...command, cid }))
            return Promise.resolve({ code: 'offline', detail: '' });
        return new Promise((resolve) => { this.#changes.set(cid, resolve); });
    }

    #changed(cid, error) {
        const resolve = this.#changes.get(cid);
        this.#changes.delete(cid);
        resolve?.(error);
        return resolve !== undefined;
    }

    /**
     * Somebody else (REST) knows the newest seq of the room. If it does not arrive here, the socket is dead
     * without knowing it, as after a sleep: it is replaced.
     */
    expectSeq(seq) {
        clearTimeout(this.#staleTimer);
        if (this.status.kind !== 'online' || !(seq > this.#state.lastSeq))
            return;
        this.#staleTimer = setTimeout(() => {
            if (this.status.kind === 'online' && seq > this.#state.lastSeq)
                this.#connection.drop();
        }, kStaleMs);
    }

    #address() {
        const query = {};
        const token = tokenFor(this.name);
        if (token !== null)
            query.resume = token;
        if (this.#state.epoch !== null) {
            query.since = this.#state.lastSeq;
            query.epoch = this.#state.epoch;
        }
        return socketUrl(this.#state.room, this.name, query);
    }

    #moved(state) {
        switch (state.kind) {
        case 'connecting':
            this.#kicked = null;
            this.#tell({ kind: 'connecting', attempt: state.attempt });
            break;
        case 'waiting':
            this.#lost();
            this.#tell({ ...state, kind: 'waiting' });
            break;
        case 'ended':
            this.#lost();
            if (this.#kicked !== null)
                this.#tell(this.#kicked);
            else if (state.code === Close.Kicked || state.error?.code === 'kicked')
                this.#tell({ kind: 'kicked', reason: state.error?.reason ?? '', rejoinAt: Date.now() + (state.error?.retryAfterMs ?? 0) });
            else if (state.code === Close.Replaced)
                this.#tell({ kind: 'replaced' });
            else
                this.#tell({ ...state, kind: 'refused' });
            break;
        default:
            break;
        }
    }

    #lost() {
        clearTimeout(this.#silenceTimer);
        clearTimeout(this.#staleTimer);
        this.#typingSentAt = 0;
        this.#outbox.offline(this);
        for (const cid of [...this.#changes.keys()])
            this.#changed(cid, { code: 'offline', detail: '' });
    }

    #frame(event) {
        const state = this.#state;
        const time = Date.parse(event.timestamp) || Date.now();
        switch (event.message_type) {
        case 'welcome':
            this.#welcome(event);
            break;
        case 'message':
            this.#message(event);
            break;
        case 'message_edited':
        case 'message_deleted':
        case 'reaction':
            state.changeMessage(event);
            this.#changed(event.cid, null);
            break;
        case 'history_end':
            state.lastSeq = Math.max(state.lastSeq, event.to ?? 0);
            if (event.complete === false)
                state.olderExist = true;
            this.#caughtUp();
            break;
        case 'resync':
            this.missing = false;
            state.restart(['epoch', 'retention', 'ahead'].includes(event.reason) ? `resync.${event.reason}` : 'resync.epoch');
            break;
        case 'user_joined':
            state.joined([event.username], time);
            break;
        case 'user_left':
            state.left([event.username], time);
            break;
        case 'room_changed':
            state.changed(event);
            break;
        case 'presence':
            state.presence(event);
            break;
        case 'typing':
            if (event.username !== this.name)
                state.setTyping(event.username, event.on === true);
            break;
        case 'notice':
            this.dispatchEvent(new CustomEvent('notice', { detail: event }));
            break;
        case 'kicked':
            this.#kicked = { reason: event.reason ?? '', rejoinAt: Date.now() + (event.rejoin_after_ms ?? 0),
                kind: event.cause === 'room_closed' ? 'room_closed' : 'kicked' };
            break;
        case 'error':
            if (this.#changed(event.cid, event))
                break;
            if (!(event.cid && this.#outbox.refuse(this, event)) && this.status.kind === 'online')
                this.dispatchEvent(new CustomEvent('refused', { detail: event }));
            break;
        default:
            break; // of a newer server: not for us
        }
        this.#awaitHistory();
    }

    /** Only `history_end` ends the catching up; a server that stops in the middle of it is asked anew. */
    #awaitHistory() {
        clearTimeout(this.#silenceTimer);
        if (this.status.kind === 'catching-up')
            this.#silenceTimer = setTimeout(() => this.#connection.drop(), kSilenceMs);
    }

    #welcome(event) {
        const asked = { room: this.room, name: this.name };
        keepToken(event.username, event.resume_token);
        // The server may give another name, and it writes the room as the first who came wrote it.
        if (event.username !== this.name || event.room !== this.room)
            this.#outbox.move(this.room, this.name, event.room, event.username);
        this.#state.room = event.room;
        this.name = event.username;
        this.welcomed = true;
        this.limits = { ...kDefaultLimits, ...event.limits };
        this.server = event.server;
        this.features = new Set(event.features ?? []);
        this.missing = this.#state.epoch !== null;
        this.#state.welcome(event);
        this.#tell({ kind: 'catching-up' });
        this.dispatchEvent(new CustomEvent('welcome', { detail: { event, asked } }));
    }

    #message(event) {
        // Before the test for repeats: a message that is sent twice is answered with its first seq.
        if (event.cid && event.username === this.name)
            this.#outbox.acknowledge(event.cid);
        if (!this.#state.addMessage(event))
            return;
        const live = this.status.kind === 'online';
        this.dispatchEvent(new CustomEvent('message', { detail: { event, live } }));
    }

    #caughtUp() {
        if (this.status.kind !== 'catching-up')
            return;
        this.#tell({ kind: 'online' });
        this.#outbox.online(this, this.limits, (command) => this.#connection.send(command));
    }

    #tell(status) {
        this.status = status;
        this.dispatchEvent(new CustomEvent('status', { detail: status }));
    }
}
