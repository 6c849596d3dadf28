// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the rows of the message list: one list item per message, day, note or line of comings and goings.

import { avatar, el, nameNode } from './dom.js';
import { clock, dayLabel, fullTime, nameList, sameDay, t, tNodes } from './i18n.js';
import { linkify } from './links.js';

const kGroupGapMs = 5 * 60 * 1000;

/** Whether `item` continues what `before` began: same sender, same day, a short while later. */
export function continues(item, before) {
    return before?.kind === 'message' && item.kind === 'message' && before.name === item.name
        && item.time - before.time < kGroupGapMs && sameDay(item.time, before.time);
}

function timeNode(ms) {
    return el('time', { datetime: new Date(ms).toISOString(), title: fullTime(ms), text: clock(ms) });
}

/** A day's separator; `day` lets relabelDays() find it again. */
function dayRow(ms) {
    return el('li', { class: 'day', 'data-day': ms }, el('span', { text: dayLabel(ms) }));
}

/** "Today" becomes "Yesterday" while the page stays open. */
export function relabelDays(list) {
    for (const row of list.querySelectorAll('.day'))
        row.firstChild.textContent = dayLabel(Number(row.dataset.day));
}

function messageRow(item, before, self) {
    const own = item.name === self;
    const first = !continues(item, before);
    const row = el('li', { class: `message${first ? ' first' : ''}${own ? ' own' : ''}`, 'data-seq': item.seq });
    const name = nameNode(item.name);
    if (first) {
        row.append(avatar(item.name));
        const by = el('p', { class: 'by' }, name);
        if (own)
            by.append(' ', el('span', { class: 'tag', text: t('people.you') }));
        by.append(' ', timeNode(item.time));
        row.append(by);
    } else {
        name.classList.add('sr');
        row.append(name, timeNode(item.time));
    }
    row.setAttribute('tabindex', '-1');
    fillMessage(row, item, self);
    return row;
}

/** What a message says, and what became of it; in place of what its row says now. */
export function fillMessage(row, item, self) {
    for (const old of row.querySelectorAll('.text, .reactions'))
        old.remove();
    row.classList.toggle('deleted', item.deleted);
    const text = el('p', { class: 'text', dir: 'auto' });
    if (item.deleted)
        text.append(t('message.deleted'));
    else
        text.append(...linkify(item.text));
    if (item.edited > 0)
        text.append(' ', el('span', { class: 'edited', title: fullTime(item.edited), text: t('message.edited') }));
    const reactions = item.reactions.size === 0 ? null : el('p', { class: 'reactions' }, ...reactionChips(item, self));
    const form = row.querySelector('.edit-form');
    if (form !== null)
        form.before(text, ...(reactions ? [reactions] : []));
    else
        row.append(text, ...(reactions ? [reactions] : []));
}

function reactionChips(item, self) {
    return [...item.reactions].map(([emoji, names]) => el('button', {
        type: 'button',
        class: 'reaction',
        'data-emoji': emoji,
        'aria-pressed': String(names.includes(self)),
        'aria-label': t('reaction.label', { emoji, names: names.join(', ') }),
        title: names.join(', '),
    }, el('span', { text: emoji }), ' ', el('span', { class: 'count', text: String(names.length) })));
}

const kChanges = ['joined', 'returned', 'visited', 'left'];

/** "Anna, Ben joined; Carl left" */
function presenceNodes(item) {
    const nodes = [];
    for (const change of kChanges) {
        const names = [...item.changes].filter(([, what]) => what === change).map(([name]) => name);
        if (names.length === 0)
            continue;
        if (nodes.length > 0)
            nodes.push('; ');
        nodes.push(...tNodes(`presence.${change}`, { names: nameList(names) }));
    }
    return nodes;
}

export function fillPresence(row, item) {
    row.title = fullTime(item.time);
    row.replaceChildren(el('span', {}, ...presenceNodes(item)));
}

/** The rows for `item`: a day's separator and the unread line come in front where they belong. */
export function rowsFor(item, before, self, unreadSeq) {
    const rows = [];
    const unread = item.kind === 'message' && unreadSeq !== 0 && item.seq === unreadSeq;
    if (item.kind === 'message' && (before === undefined || !sameDay(item.time, before.time)))
        rows.push(dayRow(item.time));
    if (unread)
        rows.push(el('li', { class: 'unread-line', text: t('log.unread') }));
    switch (item.kind) {
    case 'message':
        rows.push(messageRow(item, unread ? undefined : before, self));
        break;
    case 'presence': {
        const row = el('li', { class: 'presence' });
        fillPresence(row, item);
        rows.push(row);
        break;
    }
    default:
        rows.push(el('li', { class: 'note', title: fullTime(item.time), text: t(item.key, item.values) }));
    }
    return rows;
}

/** A message of the outbox: waiting, on its way, or refused with what can be done about it. */
export function pendingRow(entry, online, actions) {
    const state = entry.state === 'queued' && !online ? 'offline' : entry.state;
    const row = el('li', { class: `message first own pending ${entry.state}`, 'data-cid': entry.cid }, avatar(entry.name));
    row.append(el('p', { class: 'by' }, nameNode(entry.name), ' ', el('span', { class: 'tag', text: t(`outbox.${state}`) })));
    row.append(el('p', { class: 'text', dir: 'auto' }, ...linkify(entry.text)));
    if (entry.error !== null && entry.state !== 'sending') {
        const discard = el('button', { type: 'button', class: 'quiet', text: t('outbox.discard') });
        discard.addEventListener('click', () => actions.discard(entry.cid));
        const failure = el('p', { class: 'failure' }, actions.explain(entry.error), ' ');
        if (entry.state === 'failed') {
            const retry = el('button', { type: 'button', class: 'quiet', text: t('outbox.retry') });
            retry.addEventListener('click', () => actions.retry(entry.cid));
            failure.append(retry, ' ');
        }
        failure.append(discard);
        row.append(failure);
    }
    return row;
}
