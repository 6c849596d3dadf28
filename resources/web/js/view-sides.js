// SPDX-License-Identifier: GPL-3.0-or-later
// The two lists beside the messages: rooms and people.

import { avatar, byId, el, nameNode } from './dom.js';
import { number, t } from './i18n.js';

const kShownPeople = 300;

/** Puts `rows` into `list` without losing the focus, which stands on a row with the same data-key. */
function replaceRows(list, rows) {
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    list.replaceChildren(...rows);
    if (focused !== undefined)
        [...list.querySelectorAll('[data-key]')].find((node) => node.dataset.key === focused)?.focus();
}

/**
 * `rooms`: [{name, users, unread, unsent}], `open(name)` is called with the one that was chosen. The current room is
 * always listed.
 */
export function drawRooms(rooms, current, open) {
    const rows = rooms.map((room) => {
        const here = room.name === current;
        const button = el('button', { type: 'button', class: 'row', 'data-key': room.name, 'aria-current': here ? 'page' : null },
            el('span', { class: 'hash', 'aria-hidden': 'true', text: '#' }), nameNode(room.name));
        if (room.unread > 0)
            button.append(el('span', { class: 'badge', text: number(room.unread), title: t('rooms.unread', { n: room.unread }) }));
        if (room.unsent > 0) {
            const words = t('rooms.unsent', { n: room.unsent });
            button.append(el('span', { class: 'badge unsent', 'aria-hidden': 'true', text: number(room.unsent), title: words }),
                el('span', { class: 'sr', text: words }));
        }
        button.append(el('span', { class: 'count', text: number(room.users), title: t('rooms.people', { n: room.users }) }));
        button.append(el('span', { class: 'sr', text: t('rooms.people', { n: room.users }) }));
        if (!here)
            button.addEventListener('click', () => open(room.name));
        return el('li', {}, button);
    });
    replaceRows(byId('room-list'), rows);
}

/** People in the room, oneself first, then by name. */
export function drawPeople(state, self, typing) {
    const names = [...state.users].sort((a, b) => (b === self) - (a === self) || a.localeCompare(b));
    const rows = names.slice(0, kShownPeople).map((name) => {
        const row = el('li', { class: 'row person' }, avatar(name), nameNode(name));
        if (name === self)
            row.append(el('span', { class: 'tag', text: t('people.you') }));
        else if (typing.includes(name))
            row.append(el('span', { class: 'muted small', text: t('people.writing') }));
        return row;
    });
    const rest = Math.max(state.userCount, names.length) - rows.length;
    if (rest > 0)
        rows.push(el('li', { class: 'muted small more', text: t('people.more', { n: rest }) }));
    byId('people-list').replaceChildren(...rows);
    byId('people-count').textContent = number(state.userCount);
    byId('people-badge').textContent = number(state.userCount);
    byId('people-button').setAttribute('aria-label', t('people.count', { n: state.userCount }));
}
