// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator tells everybody: a bar each, above the messages.

import { byId, el } from './dom.js';
import { clock, fullTime, t } from './i18n.js';
import { tab } from './storage.js';

const kShownMs = 30000;
const kMaxShown = 4;
const kRemembered = 50;

/** Shows a notice once, even when a reconnect brings it again; a dismissed one stays away in this tab. */
export class Notices {
    #box = byId('notices');
    #shown = new Map();

    add(notice) {
        const key = `${notice.timestamp}|${notice.content}`;
        const until = Date.parse(notice.until);
        if (this.#shown.has(key) || tab.read('dismissed', []).includes(key) || until <= Date.now())
            return;
        const severity = ['info', 'warning', 'urgent'].includes(notice.severity) ? notice.severity : 'info';
        const dismiss = el('button', { type: 'button', class: 'icon close', 'aria-label': t('notice.dismiss'), title: t('notice.dismiss') });
        const row = el('div', { class: `notice ${severity}`, role: severity === 'info' ? 'status' : 'alert' },
            el('p', { class: 'what' }, el('strong', { text: t(`notice.${severity}`) }), ' ', el('bdi', { text: String(notice.content) }), ' ',
                until > 0 ? el('span', { class: 'small until', title: fullTime(until), text: t('notice.until', { time: clock(until) }) }) : null),
            dismiss);
        dismiss.addEventListener('click', () => {
            tab.write('dismissed', [...tab.read('dismissed', []), key].slice(-kRemembered));
            this.#remove(key);
        });
        this.#box.append(row);
        this.#shown.set(key, row);
        if (!notice.sticky || until > 0)
            setTimeout(() => this.#remove(key), Math.min(until > 0 ? until - Date.now() : kShownMs, 2 ** 31 - 1));
        if (this.#shown.size > kMaxShown)
            this.#remove(this.#shown.keys().next().value);
    }

    #remove(key) {
        this.#shown.get(key)?.remove();
        this.#shown.delete(key);
    }
}
