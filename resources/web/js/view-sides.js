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

/** Puts `rows` into `list`; those that stand there already are neither made nor moved without need. */
function arrange(list, rows) {
    const wanted = new Set(rows);
    for (const row of [...list.children]) {
        if (!wanted.has(row))
            row.remove();
    }
    rows.forEach((row, place) => {
        if (list.children[place] !== row)
            list.insertBefore(row, list.children[place] ?? null);
    });
}

/** A number to see, and the words for it to hear. */
const counted = (kind, n, words) => [
    el('span', { class: kind, 'aria-hidden': 'true', text: number(n), title: words }),
    el('span', { class: 'sr', text: words }),
];

function setText(node, text) {
    if (node.textContent !== text)
        node.textContent = text;
}

/** The word behind a person's name, '' for none. */
function setRemark(row, kind, text) {
    const remark = row.querySelector(':scope > .remark');
    if (text === (remark?.textContent ?? ''))
        return;
    remark?.remove();
    if (text !== '')
        row.append(el('span', { class: `remark ${kind}`, text }));
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
            button.append(...counted('badge unread', room.unread, t('rooms.unread', { n: room.unread })));
        if (room.unsent > 0)
            button.append(...counted('badge unsent', room.unsent, t('rooms.unsent', { n: room.unsent })));
        button.append(...counted('count', room.users, t('rooms.people', { n: room.users })));
        if (!here)
            button.addEventListener('click', () => open(room.name));
        return el('li', {}, button);
    });
    replaceRows(byId('room-list'), rows);
}

/**
 * People in the room, oneself first, then by name. Called every few seconds: a row stays as long as the person does,
 * so that a screen reader keeps its place in the list.
 */
export function drawPeople(state, self, typing) {
    const list = byId('people-list');
    const drawn = new Map([...list.children].map((row) => [row.dataset.key, row]));
    const names = [...state.users].sort((a, b) => (b === self) - (a === self) || a.localeCompare(b));
    const rows = names.slice(0, kShownPeople).map((name) => {
        const row = drawn.get(name) ?? el('li', { class: 'row person', 'data-key': name }, avatar(name), nameNode(name));
        if (name === self)
            setRemark(row, 'tag', t('people.you'));
        else
            setRemark(row, 'muted small', typing.includes(name) ? t('people.writing') : '');
        return row;
    });
    const rest = Math.max(state.userCount, names.length) - rows.length;
    if (rest > 0) {
        const more = drawn.get(undefined) ?? el('li', { class: 'muted small more' });
        setText(more, t('people.more', { n: rest }));
        rows.push(more);
    }
    arrange(list, rows);
    setText(byId('people-count'), number(state.userCount));
    setText(byId('people-badge'), number(state.userCount));
    byId('people-button').setAttribute('aria-label', t('people.count', { n: state.userCount }));
}
