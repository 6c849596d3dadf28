// SPDX-License-Identifier: GPL-3.0-or-later
// The frame around the chat: side panels that are drawers on narrow screens, the keyboard of a phone, short remarks.

import { byId, isTouch } from './dom.js';
import { t } from './i18n.js';
import { browser } from './storage.js';

const kToastMs = 2500;
const kToastPerCharacterMs = 70;

/** Rooms and people: columns where there is width, drawers where there is not. */
export class Drawers {
    #narrow = window.matchMedia('(max-width: 719.98px)');
    #medium = window.matchMedia('(max-width: 999.98px)');
    #scrim = byId('scrim');
    #open = null;
    #opener = null;

    constructor() {
        for (const id of ['rooms', 'people']) {
            byId(`${id}-button`).addEventListener('click', () => this.#toggle(id));
            byId(id).querySelector('.close-drawer').addEventListener('click', () => this.close());
        }
        this.#scrim.addEventListener('click', () => this.close());
        document.addEventListener('keydown', (event) => {
            if (event.key === 'Escape' && this.#open !== null) {
                event.preventDefault();
                this.close();
            }
        });
        this.#narrow.addEventListener('change', () => this.close());
        this.#medium.addEventListener('change', () => this.close());
        this.#draw();
    }

    close() {
        const focusWasInside = this.#open !== null && byId(this.#open).contains(document.activeElement);
        this.#open = null;
        this.#draw();
        if (focusWasInside)
            this.#opener?.focus();
    }

    #isDrawer(id) {
        return id === 'rooms' ? this.#narrow.matches : this.#medium.matches;
    }

    #toggle(id) {
        if (!this.#isDrawer(id)) {
            browser.write('hidePeople', !browser.read('hidePeople', false));
            this.#draw();
            return;
        }
        if (this.#open === id) {
            this.close();
            return;
        }
        this.#opener = byId(`${id}-button`);
        this.#open = id;
        this.#draw();
        byId(id).querySelector('button:not([hidden])')?.focus();
    }

    #draw() {
        for (const id of ['rooms', 'people']) {
            const drawer = this.#isDrawer(id);
            const shown = drawer ? this.#open === id : id === 'rooms' || !browser.read('hidePeople', false);
            const panel = byId(id);
            panel.classList.toggle('drawer', drawer);
            panel.classList.toggle('open', shown);
            panel.inert = !shown;
            byId(`${id}-button`).setAttribute('aria-expanded', String(shown));
        }
        byId('chat').classList.toggle('no-people', !byId('people').classList.contains('open') || this.#isDrawer('people'));
        this.#scrim.hidden = this.#open === null;
        document.querySelector('.centre').inert = this.#open !== null;
    }
}

/** Keeps the composer above the on-screen keyboard where the keyboard covers the page (Safari). */
export function followVisualViewport() {
    const viewport = window.visualViewport;
    if (!viewport)
        return;
    const root = document.documentElement;
    const fit = () => {
        const covered = viewport.scale === 1 && window.innerHeight - viewport.height > 60;
        root.style.setProperty('--app-height', covered ? `${viewport.height}px` : '100dvh');
        root.style.setProperty('--app-top', covered ? `${viewport.offsetTop}px` : '0px');
    };
    viewport.addEventListener('resize', fit);
    viewport.addEventListener('scroll', fit);
    fit();
}

let toastTimer = 0;

/** A short remark that goes by itself. */
export function toast(text) {
    clearTimeout(toastTimer);
    byId('toast').textContent = text;
    toastTimer = setTimeout(() => { byId('toast').textContent = ''; }, Math.max(kToastMs, text.length * kToastPerCharacterMs));
}

/** Copies text. The clipboard API exists on encrypted pages only; elsewhere a selection has to do. */
export async function copyText(text) {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const field = document.createElement('textarea');
        field.value = text;
        field.className = 'sr';
        document.body.append(field);
        field.select();
        const done = document.execCommand('copy');
        field.remove();
        return done;
    }
}

/** Hands a link on: the share sheet of a phone where there is one, else the clipboard. */
export async function shareLink(title, url) {
    if (navigator.share && isTouch()) {
        try {
            await navigator.share({ title, url });
            return;
        } catch (error) {
            if (error.name === 'AbortError')
                return;
        }
    }
    toast(await copyText(url) ? t('share.copied') : t('share.failed', { url }));
}
