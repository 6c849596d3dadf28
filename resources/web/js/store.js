// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of one room: its timeline, its people, who is writing. No drawing, no network.

import { applyChange, messageItem } from './messages.js';

/** Rows that are kept of one room; older ones are fetched again when somebody asks for them. */
export const kMaxItems = 1000;

const kTypingMs = 6000;
const kMaxEarly = 100;

/**
 * Items of the timeline: messages as messageItem() makes them,
 * {kind: 'presence', time, changes: Map name -> 'joined'|'left'|'visited'|'returned'}, {kind: 'note', key, values, time}.
 * Events: 'reset', 'append' (detail: item), 'change' (detail: item), 'prepend' (detail: count), 'people', 'settings', 'typing'.
 */
export class RoomState extends EventTarget {
    room;
    epoch = null;
    lastSeq = 0;
    items = [];
    users = new Set();
    userCount = 0;
    topic = '';
    frozen = false;
    slowModeS = 0;
    olderExist = false;
    /** The first message that nobody has looked at yet; 0: none. */
    unreadSeq = 0;
    /** Where the reader was when the room went out of sight. */
    leftSeq = 0;
    #typing = new Map();
    /** Changes of messages that are not here, the latest last. */
    #early = [];

    constructor(room) {
        super();
        this.room = room;
    }

    get firstSeq() {
        return this.items.find((item) => item.kind === 'message')?.seq ?? 0;
    }

    /** Takes a welcome: the people and rules of the room as they are now. */
    welcome(event) {
        this.epoch = event.epoch;
        this.topic = event.topic ?? '';
        this.frozen = event.frozen === true;
        this.slowModeS = event.slow_mode_s ?? 0;
        this.users = new Set([...(event.users ?? []), event.username]);
        this.userCount = this.users.size;
        this.#typing.clear();
        this.#tell('people');
        this.#tell('typing');
    }

    /** Takes a room_changed: what the room is set to from now on. */
    changed(event) {
        this.topic = event.topic ?? '';
        this.frozen = event.frozen === true;
        this.slowModeS = event.slow_mode_s ?? 0;
        this.#tell('settings');
    }

    /** Forgets the timeline: what follows does not connect to it. */
    restart(key) {
        this.items = [];
        this.lastSeq = 0;
        this.unreadSeq = 0;
        if (key)
            this.items.push({ kind: 'note', key, values: {}, time: Date.now() });
        this.#tell('reset');
    }

    /** False for a message that was here already. */
    addMessage(event) {
        if (!(event.seq > this.lastSeq))
            return false;
        this.lastSeq = event.seq;
        this.setTyping(event.username, false);
        this.#append(messageItem(event));
        return true;
    }

    /** An edit, a deletion or a reaction, of a message that may be here or not. */
    changeMessage(event) {
        this.lastSeq = Math.max(this.lastSeq, event.seq ?? 0);
        const item = this.items.findLast((each) => each.kind === 'message' && each.id === event.id);
        if (item === undefined) {
            this.#early.push(event);
            this.#early.splice(0, this.#early.length - kMaxEarly);
            return;
        }
        applyChange(item, event);
        this.#tell('change', item);
    }

    /** Older messages, oldest first, in front of what is here. */
    addOlder({ messages, more }) {
        const before = this.firstSeq;
        const older = messages.filter((event) => before === 0 || event.seq < before).map(messageItem);
        const room = kMaxItems - this.items.length;
        const taken = room > 0 ? older.slice(-room) : [];
        // They may have been read before the change came that was told meanwhile.
        for (const event of this.#early)
            taken.filter((item) => item.id === event.id).forEach((item) => applyChange(item, event));
        this.items.unshift(...taken);
        this.olderExist = more && this.items.length < kMaxItems;
        this.#tell('prepend', taken.length);
    }

    addNote(key, values = {}) {
        this.#append({ kind: 'note', key, values, time: Date.now() });
    }

    joined(names, time, count) {
        this.#moved(names, [], time, count);
    }

    left(names, time, count) {
        this.#moved([], names, time, count);
    }

    presence(event) {
        this.#moved(event.joined ?? [], event.left ?? [], Date.parse(event.timestamp), event.count);
    }

    /** Who is writing, in the order in which they began. */
    get typing() {
        const now = Date.now();
        for (const [name, until] of this.#typing) {
            if (until < now)
                this.#typing.delete(name);
        }
        return [...this.#typing.keys()];
    }

    setTyping(name, on) {
        const known = this.#typing.has(name);
        if (on)
            this.#typing.set(name, Date.now() + kTypingMs);
        else
            this.#typing.delete(name);
        if (known !== on)
            this.#tell('typing');
    }

    #moved(joined, left, time, count) {
        for (const name of joined)
            this.users.add(name);
        for (const name of left) {
            this.users.delete(name);
            this.setTyping(name, false);
        }
        this.userCount = count ?? this.users.size;
        this.#tell('people');
        if (joined.length + left.length === 0)
            return;
        const last = this.items.at(-1);
        const line = last?.kind === 'presence' ? last : { kind: 'presence', time, changes: new Map() };
        for (const name of joined)
            this.#condense(line.changes, name, 'joined');
        for (const name of left)
            this.#condense(line.changes, name, 'left');
        if (line === last)
            this.#tell('change', line);
        else
            this.#append(line);
    }

    /** One word per person and line: somebody who came and went was here, and did not come twice. */
    #condense(changes, name, change) {
        const before = changes.get(name);
        let after = change;
        if (change === 'left' && (before === 'joined' || before === 'visited'))
            after = 'visited';
        else if (change === 'joined' && (before === 'left' || before === 'returned'))
            after = 'returned';
        changes.delete(name);
        changes.set(name, after);
    }

    #append(item) {
        this.items.push(item);
        if (this.items.length > kMaxItems) {
            this.items.splice(0, this.items.length - kMaxItems);
            this.olderExist = false;
        }
        this.#tell('append', item);
    }

    #tell(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}
