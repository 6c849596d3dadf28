// SPDX-License-Identifier: GPL-3.0-or-later
// Which room is open in this tab and under which name, and what becomes of the others. No drawing.

import { kDefaultRoom } from './place.js';
import { RoomSession } from './session.js';
import { RoomState } from './store.js';

const kRememberedRooms = 8;

/**
 * One room at a time is on the screen: its session and its state. Where messages still wait in a room that was left,
 * a courier takes the session over.
 *
 * Events, always of the room on the screen: 'open' before its connection is made; 'respelled'; 'welcome' (detail:
 * {event, asked, first}; first: the server gave this name for the first time); 'status', 'notice' and 'refused' with
 * the detail of RoomSession's; 'people'; 'settings'; 'typing'; and 'left' (detail: {room, status}) when there is none any more,
 * with the status that ended it if nobody asked for the end.
 */
export class Chat extends EventTarget {
    session = null;
    #wanted = ''; // the name that was chosen; a room may give another
    #states = new Map(); // rooms that were open in this tab, the latest last
    #outbox;
    #couriers;
    #attention;
    #place;

    constructor({ outbox, couriers, attention, place }) {
        super();
        this.#outbox = outbox;
        this.#couriers = couriers;
        this.#attention = attention;
        this.#place = place;
        this.#wanted = place.first.name;
    }

    /** The name that was chosen. */
    get wanted() {
        return this.#wanted;
    }

    /** What is known of the room on the screen. */
    get state() {
        return this.#states.get(this.session?.room);
    }

    get online() {
        return this.session?.status.kind === 'online';
    }

    /** How many of `messages` in `room` came after the reader left it; in another `epoch` they are counted anew. */
    unread(room, messages, epoch) {
        const known = this.#states.get(room);
        if (known === undefined || known === this.state)
            return 0;
        const anew = epoch !== '' && known.epoch !== null && known.epoch !== epoch;
        return Math.max(0, messages - (anew ? 0 : known.leftSeq));
    }

    join(name, room) {
        this.#wanted = name;
        this.enter(room, 'replaceState');
    }

    /** Opens a room in place of the present one; `how` the address bar learns of it: a method of history, or null. */
    enter(room, how) {
        this.#retire();
        const state = this.#states.get(room) ?? this.#newState(room);
        this.#states.delete(room);
        this.#states.set(room, state);
        if (this.#states.size > kRememberedRooms)
            this.#states.delete(this.#states.keys().next().value);
        this.#place.enter(this.#wanted, room, how);
        const name = this.#place.givenName(room, this.#wanted) ?? this.#wanted;
        this.#couriers.recall(room, name);
        this.session = new RoomSession(name, state, this.#outbox);
        this.#listen(this.session, state);
        this.#tell('open');
        this.session.start();
    }

    leave(status = null) {
        const room = this.session?.room ?? this.#place.linkedRoom ?? kDefaultRoom;
        this.#retire();
        this.#states.clear(); // a session that goes on writes to its own; the next name gets its rooms anew
        this.#place.leave();
        this.#tell('left', { room, status });
    }

    /** The room leaves the screen; where messages still wait, its session goes on until they are out. */
    #retire() {
        if (this.session === null)
            return;
        this.state.leftSeq = this.state.lastSeq;
        this.session.writing(false);
        if (this.#outbox.waitingCount(this.session.room, this.session.name) > 0)
            this.#couriers.keep(this.session);
        else
            this.session.end();
        this.session = null;
    }

    #newState(room) {
        const made = new RoomState(room);
        for (const type of ['people', 'settings', 'typing'])
            made.addEventListener(type, () => made === this.state && this.#tell(type));
        return made;
    }

    #listen(session, state) {
        const live = (handler) => (event) => {
            if (session === this.session)
                handler(event.detail);
        };
        session.addEventListener('status', live((status) => this.#onStatus(status)));
        session.addEventListener('welcome', live((welcome) => this.#onWelcome(welcome)));
        session.addEventListener('message', ({ detail }) => this.#onMessage(detail, session, state));
        session.addEventListener('notice', live((notice) => this.#tell('notice', notice)));
        session.addEventListener('refused', live((error) => this.#tell('refused', error)));
    }

    #onStatus(status) {
        if (status.kind === 'refused' && !this.session.welcomed)
            this.leave(status);
        else
            this.#tell('status', status);
    }

    #onWelcome({ event, asked }) {
        if (asked.room !== event.room)
            this.#respell(asked.room, event.room);
        const first = this.#place.givenName(event.room, this.#wanted) !== event.username;
        this.#place.keepGivenName(event.room, this.#wanted, event.username);
        this.#tell('welcome', { event, asked, first });
    }

    /** The server writes the room's name in another way than we asked for it. */
    #respell(room, spelling) {
        const state = this.#states.get(room);
        if (state === undefined)
            return;
        this.#states.delete(room);
        this.#states.set(spelling, state);
        this.#place.enter(this.#wanted, spelling, 'replaceState');
        this.#tell('respelled');
    }

    /** Keeps where the unread ones begin, also of a room whose session goes on out of sight. */
    #onMessage({ event, live }, session, state) {
        const mine = event.username === session.name;
        if (session !== this.session) {
            if (mine && state.leftSeq === event.seq - 1)
                state.leftSeq = event.seq;
            else if (!mine && state.unreadSeq === 0)
                state.unreadSeq = event.seq;
            return;
        }
        const missed = !live && session.missing;
        if (mine || !(missed || (live && this.#attention.away)))
            return;
        if (state.unreadSeq === 0)
            state.unreadSeq = event.seq;
        if (this.#attention.away)
            this.#attention.message(String(event.username), String(event.content));
    }

    #tell(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}
