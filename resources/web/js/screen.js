// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the room that is open, and what stands around it.

import { byId, paintAvatar } from './dom.js';
import { nameList, t, tNodes } from './i18n.js';
import { drawPeople, drawRooms } from './view-sides.js';
import { explainError } from './view-status.js';

const kListedRooms = 200;

/** States in which nobody can write, with words of their own. */
const kBlocked = new Set(['kicked', 'room_closed', 'replaced', 'refused']);

export class Screen {
    #chat;
    #outbox;
    #log;
    #composer;
    #status;
    #open;
    #rooms = [];
    #unsentDrawn = '';

    /** `open(room)` is called with the room that somebody chose from the list. */
    constructor({ chat, outbox, log, composer, status, open }) {
        this.#chat = chat;
        this.#outbox = outbox;
        this.#log = log;
        this.#composer = composer;
        this.#status = status;
        this.#open = open;
    }

    /** The active rooms of the server: [{name, users, messages, epoch}]. */
    set rooms(rooms) {
        this.#rooms = rooms;
        this.drawSides();
    }

    drawRoom() {
        const { session, state } = this.#chat;
        byId('room-name').textContent = state.room;
        byId('room-topic').textContent = state.topic;
        byId('server-name').textContent = session.server?.name || 'Parlance';
        byId('me-name').textContent = session.name;
        paintAvatar(byId('me-avatar'), session.name);
        byId('insecure').hidden = window.isSecureContext;
        this.drawComposer();
        this.drawSides();
        this.drawTyping();
    }

    drawSides() {
        const { session, state } = this.#chat;
        if (state === undefined)
            return;
        const unsent = this.#outbox.counts();
        const listed = this.#rooms.map((each) => ({ ...each, unread: this.#chat.unread(each.name, each.messages, each.epoch) }));
        for (const name of new Set([state.room, ...unsent.keys()])) {
            if (!listed.some((each) => each.name === name))
                listed.push({ name, users: 0, unread: 0 });
        }
        for (const each of listed) {
            const here = each.name === state.room;
            if (here)
                each.users = state.userCount || each.users;
            each.unsent = here ? 0 : unsent.get(each.name) ?? 0;
        }
        listed.sort((a, b) => a.name.localeCompare(b.name));
        const shown = listed.filter((each, index) => index < kListedRooms || each.unsent > 0 || each.name === state.room);
        drawRooms(shown, state.room, this.#open);
        drawPeople(state, session.name, state.typing);
    }

    drawTyping() {
        const { session, state } = this.#chat;
        const names = state?.typing ?? [];
        const key = names.length === 0 ? '' : names.length > 3 ? 'typing.many' : 'typing.some';
        byId('typing').replaceChildren(...(key === '' ? [] : tNodes(key, { names: nameList(names), n: names.length })));
        if (session !== null)
            drawPeople(state, session.name, names);
    }

    drawComposer() {
        const { session, state } = this.#chat;
        const kind = session?.status.kind;
        this.#composer.blocked = kBlocked.has(kind) ? t(`composer.${kind}`) : state?.frozen ? t('composer.frozen') : '';
        this.#composer.note = state?.slowModeS > 0 ? t('composer.slow', { n: state.slowModeS }) : '';
    }

    drawOutbox() {
        const { session, online } = this.#chat;
        const counts = this.#outbox.counts();
        const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
        byId('join-unsent').textContent = all > 0 ? t('rooms.unsent', { n: all }) : '';
        if (session === null)
            return;
        this.#log.drawPending(this.#outbox.inRoom(session.room), online || session.status.kind === 'catching-up', {
            retry: (cid) => this.#outbox.retry(cid, session.name),
            discard: (cid) => this.#outbox.discard(cid),
            explain: (error) => explainError(error),
        });
        this.#status.queued = online ? 0 : this.#outbox.waitingCount(session.room, session.name);
        counts.delete(session.room);
        const unsent = JSON.stringify([...counts]);
        if (unsent === this.#unsentDrawn)
            return;
        this.#unsentDrawn = unsent;
        this.drawSides();
    }
}
