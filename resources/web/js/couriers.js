// SPDX-License-Identifier: GPL-3.0-or-later
// Rooms that are out of sight, kept open until what was written there is sent.

import { RoomSession } from './session.js';
import { RoomState } from './store.js';

/** Ends each session as soon as its outbox is empty, or once the server will not have it. */
export class Couriers {
    #outbox;
    #sessions = new Set();

    constructor(outbox) {
        this.#outbox = outbox;
        outbox.addEventListener('change', () => this.#sweep());
    }

    /** Takes a session over from the screen. */
    keep(session) {
        this.#sessions.add(session);
        session.addEventListener('status', () => this.#judge(session));
        this.#judge(session);
        this.#sweep();
    }

    /** For what a former life of this tab left behind. */
    start(room, name) {
        const session = new RoomSession(name, new RoomState(room), this.#outbox);
        this.keep(session);
        session.start();
    }

    /** The room comes back on the screen under this name: whoever opens it sends what is left. */
    recall(room, name) {
        for (const session of this.#sessions) {
            if (session.room === room && session.name === name)
                this.#release(session);
        }
    }

    retryNow() {
        for (const session of this.#sessions)
            session.retryNow();
    }

    #judge(session) {
        if (session.refusal !== null && this.#sessions.has(session))
            this.#outbox.fail(session.room, session.name, session.refusal);
    }

    #sweep() {
        for (const session of this.#sessions) {
            if (this.#outbox.waitingCount(session.room, session.name) === 0)
                this.#release(session);
        }
    }

    /** Off the list first: the end changes the outbox, and that sweeps again. */
    #release(session) {
        this.#sessions.delete(session);
        session.end();
    }
}
