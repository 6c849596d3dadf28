// SPDX-License-Identifier: GPL-3.0-or-later
// The settings dialog. Each takes effect at once and is remembered by this browser.

import { notificationHurdle } from './attention.js';
import { byId } from './dom.js';
import { t } from './i18n.js';
import { browser } from './storage.js';

/** Events: 'language', 'presence', 'leave'. */
export class Settings extends EventTarget {
    #dialog = byId('settings');

    constructor() {
        super();
        byId('settings-button').addEventListener('click', () => this.open());
        byId('set-language').addEventListener('change', (event) => this.#set('language', event.target.value));
        byId('set-send').addEventListener('change', (event) => this.#set('sendKey', event.target.value));
        byId('set-presence').addEventListener('change', (event) => this.#set('presence', event.target.checked));
        byId('set-notify').addEventListener('change', (event) => this.#notify(event.target.checked));
        byId('leave-button').addEventListener('click', () => {
            this.#dialog.close();
            this.#tell('leave');
        });
    }

    open() {
        byId('set-language').value = browser.read('language', '');
        byId('set-send').value = browser.read('sendKey', 'enter');
        byId('set-presence').checked = browser.read('presence', true);
        this.#drawNotify();
        this.#dialog.showModal();
    }

    set about(server) {
        const parts = [];
        if (server)
            parts.push(t('settings.about', { name: server.name, version: server.version, durability: t(`durability.${server.durability}`) }));
        if (!window.isSecureContext)
            parts.push(t('state.insecureWhy'));
        byId('about').textContent = parts.join(' ');
    }

    #set(key, value) {
        browser.write(key, value);
        this.#tell(key);
    }

    async #notify(wanted) {
        if (wanted && notificationHurdle() === '')
            await Notification.requestPermission();
        browser.write('notify', wanted && notificationHurdle() === '' && Notification.permission === 'granted');
        this.#drawNotify();
    }

    #drawNotify() {
        const hurdle = notificationHurdle();
        byId('set-notify').disabled = hurdle !== '';
        byId('set-notify').checked = hurdle === '' && browser.read('notify', false);
        byId('set-notify-why').textContent = hurdle === '' ? '' : t(`settings.notify_${hurdle}`);
    }

    #tell(type) {
        this.dispatchEvent(new CustomEvent(type));
    }
}
