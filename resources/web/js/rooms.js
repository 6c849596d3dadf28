// SPDX-License-Identifier: GPL-3.0-or-later
// What the server tells over plain HTTP: the active rooms, older messages, whether it answers at all.

const kEveryMs = 20000;
const kRetryMs = 5000;

/** A connection that died without a sign, as when a phone leaves the Wi-Fi, would keep a request for minutes. */
const kAnswerMs = 8000;

async function fetchJson(address) {
    const reply = await fetch(new URL(address, document.baseURI),
        { cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(kAnswerMs) });
    if (!reply.ok)
        throw new Error(`status ${reply.status}`);
    return reply.json();
}

/** The `limit` messages of a room below the seq `before`, oldest first, and whether there are older ones. */
export async function fetchOlder(room, before, limit) {
    const reply = await fetchJson(`api/rooms/${encodeURIComponent(room)}/messages?before=${before}&limit=${limit}`);
    return { messages: reply.messages ?? [], more: reply.has_more === true };
}

/** Whether the server answers a plain request. */
export async function serverAnswers() {
    try {
        await fetchJson('healthz');
        return true;
    } catch {
        return false;
    }
}

/** Polls the active rooms while somebody can see the page. Events: 'rooms' (detail: [{name, users, messages, epoch}]). */
export class RoomPoll extends EventTarget {
    #timer = 0;
    #running = false;

    start() {
        document.addEventListener('visibilitychange', () => this.now());
        this.now();
    }

    async now() {
        clearTimeout(this.#timer);
        if (document.hidden)
            return;
        let wait = kEveryMs;
        if (!this.#running) {
            this.#running = true;
            try {
                const reply = await fetchJson('api/rooms');
                const details = new Map((reply.details ?? []).map((room) => [room.name, room]));
                const rooms = (reply.rooms ?? []).map((name) => ({
                    name,
                    users: details.get(name)?.users ?? 0,
                    messages: details.get(name)?.messages ?? 0,
                    epoch: details.get(name)?.epoch ?? '',
                }));
                this.dispatchEvent(new CustomEvent('rooms', { detail: rooms }));
            } catch {
                // The connection's own state says what is wrong; the list stays as it was.
                wait = kRetryMs;
            }
            this.#running = false;
        }
        clearTimeout(this.#timer);
        if (!document.hidden)
            this.#timer = setTimeout(() => this.now(), wait);
    }
}
