// SPDX-License-Identifier: GPL-3.0-or-later
// One WebSocket that comes back by itself. Knows attempts, waiting and close codes; nothing about rooms.

export const Close = {
    BadRequest: 4400,
    NotLoggedIn: 4401,
    NotAllowed: 4403,
    NoSuchRoom: 4404,
    TooSlow: 4408,
    Replaced: 4409,
    RoomLocked: 4423,
    Flooding: 4429,
    Kicked: 4430,
    ShuttingDown: 4503,
};

const kFirstWaitMs = 1000;
const kLongestWaitMs = 30000;
const kHelloMs = 15000; // from opening to the first event of the server
const kSteadyMs = 10000; // a connection that lasted this long starts the back-off anew
const kReasonMs = 5000; // an error this long before the close does not explain it

/** Codes of `error` after which trying again may help. */
const kPassing = new Set(['rate_limited', 'server_full', 'too_many_rooms', 'too_many_sessions', 'unavailable', 'shutting_down', 'internal']);

/**
 * Events: 'frame' (detail: the parsed object) and 'state' (detail: {kind, ...}):
 * connecting {attempt} · open · waiting {retryAt, code, error, attempt} · ended {code, reason, error}.
 * `open` means that the socket is open; that the server let us in is for the listener to see.
 */
export class Connection extends EventTarget {
    #address;
    #socket = null;
    #timer = 0;
    #attempt = 0;
    #openedAt = 0;
    #error = null;
    #errorAt = 0;
    #holdMs = 0;

    /** `address()` is asked anew for each attempt. */
    constructor(address) {
        super();
        this.#address = address;
    }

    get waiting() {
        return this.#socket === null && this.#timer !== 0;
    }

    open() {
        this.#clear();
        this.#error = null;
        this.#holdMs = 0;
        this.#openedAt = 0;
        this.#tell({ kind: 'connecting', attempt: this.#attempt });
        const socket = new WebSocket(this.#address(), ['parlance.v1']);
        this.#socket = socket;
        this.#timer = setTimeout(() => this.drop(), kHelloMs);
        socket.onopen = () => this.#tell({ kind: 'open' });
        socket.onmessage = (message) => this.#received(socket, message.data);
        socket.onclose = (event) => this.#closed(socket, event.code, event.reason);
    }

    /** Sends one command; false when there is no open socket. */
    send(command) {
        if (this.#socket?.readyState !== WebSocket.OPEN)
            return false;
        this.#socket.send(JSON.stringify(command));
        return true;
    }

    /** Ends the wait; does nothing while connected. */
    retryNow() {
        if (this.waiting)
            this.open();
    }

    /** Gives up a socket that seems dead and tries again at once. */
    drop() {
        const socket = this.#socket;
        if (socket === null)
            return;
        socket.onclose = null;
        socket.onmessage = null;
        socket.close();
        this.#closed(socket, 1006, '');
    }

    /** Ends for good. */
    close() {
        const socket = this.#socket;
        this.#clear();
        if (socket !== null) {
            socket.onopen = socket.onmessage = socket.onclose = null;
            socket.close(1000);
        }
    }

    #clear() {
        clearTimeout(this.#timer);
        this.#timer = 0;
        this.#socket = null;
    }

    #received(socket, data) {
        let frame;
        try {
            frame = JSON.parse(data);
        } catch {
            return;
        }
        if (socket !== this.#socket || frame === null || typeof frame !== 'object')
            return;
        clearTimeout(this.#timer);
        this.#timer = 0;
        if (this.#openedAt === 0)
            this.#openedAt = Date.now();
        this.#note(frame);
        this.dispatchEvent(new CustomEvent('frame', { detail: frame }));
    }

    /** Keeps what explains the close that follows. */
    #note(frame) {
        const type = frame.message_type;
        if (!['error', 'server_closing', 'kicked', 'welcome'].includes(type))
            return;
        if (type === 'error' && !frame.cid) {
            this.#error = { code: frame.code, detail: frame.detail, field: frame.field, reason: frame.reason, retryAfterMs: frame.retry_after_ms };
            this.#holdMs = frame.retry_after_ms ?? 0;
        } else if (type === 'server_closing') {
            this.#error = { code: 'shutting_down', detail: '' };
            this.#holdMs = frame.retry_after_ms ?? 0;
        } else if (type === 'kicked') {
            this.#error = { code: 'kicked', detail: frame.reason ?? '', reason: frame.reason, retryAfterMs: frame.rejoin_after_ms };
        } else if (type === 'welcome') {
            this.#error = null;
            this.#holdMs = 0;
        }
        this.#errorAt = Date.now();
    }

    #closed(socket, code, reason) {
        if (socket !== this.#socket)
            return;
        this.#clear();
        const fresh = Date.now() - this.#errorAt < kReasonMs;
        const error = fresh ? this.#error : null;
        if (this.#endsHere(code, error)) {
            this.#attempt = 0;
            this.#tell({ kind: 'ended', code, reason, error });
            return;
        }
        if (this.#openedAt !== 0 && Date.now() - this.#openedAt > kSteadyMs)
            this.#attempt = 0;
        const ceiling = Math.min(kLongestWaitMs, kFirstWaitMs * 2 ** this.#attempt);
        const jittered = ceiling * (0.5 + Math.random() / 2);
        // A server that names a time is asked no earlier, and not by everybody in the same moment.
        const asked = fresh && this.#holdMs > 0 ? this.#holdMs * (1 + Math.random() / 4) : 0;
        const wait = Math.max(jittered, asked, code === Close.Flooding || code === Close.TooSlow ? 5000 : 0);
        this.#attempt += 1;
        this.#timer = setTimeout(() => this.open(), wait);
        this.#tell({ kind: 'waiting', retryAt: Date.now() + wait, code, reason, error, attempt: this.#attempt });
    }

    #endsHere(code, error) {
        if (code === Close.Kicked || code === Close.Replaced || error?.code === 'kicked')
            return true;
        if (error !== null && kPassing.has(error.code))
            return false;
        return [Close.BadRequest, Close.NotLoggedIn, Close.NotAllowed, Close.NoSuchRoom, Close.RoomLocked].includes(code);
    }

    #tell(state) {
        this.dispatchEvent(new CustomEvent('state', { detail: state }));
    }
}
