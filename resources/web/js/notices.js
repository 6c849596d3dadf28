// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator tells everybody: a bar each, above the messages.

import { byId, el } from './dom.js';
import { clock, fullTime, t } from './i18n.js';
import { tab } from './storage.js';

const kShownMs = 30000;
const kMaxShown = 4;
const kRemembered = 50;

/**
 * Shows a notice once, even when a reconnect brings it again or the operator says it twice; a dismissed one
 * stays away in this tab, until the operator says it anew.
 */
export class Notices {
    #box = byId('notices');
    #shown = new Map(); // content -> {row, keys: Set of what it was told as}

    add(notice) {
        const key = `${notice.timestamp}|${notice.content}`;
        const until = Date.parse(notice.until);
        if (tab.read('dismissed', []).includes(key) || until <= Date.now())
            return;
        const content = `${notice.severity}|${notice.content}`;
        if (this.#shown.has(content)) {
            this.#shown.get(content).keys.add(key);
            return;
        }
        const keys = new Set([key]);
        const severity = ['info', 'warning', 'urgent'].includes(notice.severity) ? notice.severity : 'info';
        const dismiss = el('button', { type: 'button', class: 'icon close', 'aria-label': t('notice.dismiss'), title: t('notice.dismiss') });
        const row = el('div', { class: `notice ${severity}`, role: severity === 'info' ? 'status' : 'alert' },
            el('p', { class: 'what' }, el('strong', { text: t(`notice.${severity}`) }), ' ', el('bdi', { text: String(notice.content) }), ' ',
                until > 0 ? el('span', { class: 'small until', title: fullTime(until), text: t('notice.until', { time: clock(until) }) }) : null),
            dismiss);
        dismiss.addEventListener('click', () => {
            tab.write('dismissed', [...tab.read('dismissed', []), ...keys].slice(-kRemembered));
            this.#remove(content);
        });
        this.#box.append(row);
        this.#shown.set(content, { row, keys });
        if (!notice.sticky || until > 0)
            setTimeout(() => this.#shown.get(content)?.row === row && this.#remove(content), Math.min(until > 0 ? until - Date.now() : kShownMs, 2 ** 31 - 1));
        if (this.#shown.size > kMaxShown)
            this.#remove(this.#shown.keys().next().value);
    }

    #remove(content) {
        this.#shown.get(content)?.row.remove();
        this.#shown.delete(content);
    }
}
