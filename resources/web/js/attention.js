// SPDX-License-Identifier: GPL-3.0-or-later
// Tells somebody who looks elsewhere: a count in the title, a dot on the icon, a notification where allowed.

import { byId } from './dom.js';
import { number, t } from './i18n.js';
import { browser } from './storage.js';

/** What hinders notifications: '' | 'insecure' | 'missing' | 'denied'. */
export function notificationHurdle() {
    if (!window.isSecureContext)
        return 'insecure';
    if (!('Notification' in window))
        return 'missing';
    return Notification.permission === 'denied' ? 'denied' : '';
}

export class Attention {
    #unread = 0;
    #room = '';

    get away() {
        return document.hidden || !document.hasFocus();
    }

    set room(name) {
        this.#room = name;
        this.seen();
    }

    message(name, text) {
        this.#unread += 1;
        this.#draw();
        if (browser.read('notify', false) && notificationHurdle() === '' && Notification.permission === 'granted') {
            const note = new Notification(t('notify.title', { name, room: this.#room }), {
                body: text.slice(0, 160), tag: `parlance-${this.#room}`, icon: 'icons/app.svg',
            });
            note.onclick = () => {
                window.focus();
                note.close();
            };
        }
    }

    seen() {
        this.#unread = 0;
        this.#draw();
    }

    #draw() {
        const place = this.#room === '' ? 'Parlance' : `${this.#room} · Parlance`;
        document.title = this.#unread > 0 ? `(${number(this.#unread)}) ${place}` : place;
        const icon = this.#unread > 0 ? 'icons/favicon-dot.svg' : 'icons/favicon.svg';
        if (byId('favicon').getAttribute('href') !== icon)
            byId('favicon').setAttribute('href', icon);
    }
}
