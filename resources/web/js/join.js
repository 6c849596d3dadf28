// SPDX-License-Identifier: GPL-3.0-or-later
// The first-run panel: a name, a room, and which rooms there are.

import { byId, el, isTouch, nameNode } from './dom.js';
import { number, t } from './i18n.js';
import { cleanName, nameFault } from './names.js';

/** Events: 'join' (detail: {name, room}). */
export class JoinPanel extends EventTarget {
    #name = byId('join-name');
    #room = byId('join-room');
    #button = byId('join-button');
    #why = byId('join-why');
    #refusal = byId('join-refusal');
    #touched = false;

    constructor() {
        super();
        for (const field of [this.#name, this.#room]) {
            field.addEventListener('input', () => {
                this.#touched = true;
                this.#refusal.hidden = true;
                this.refresh();
            });
        }
        byId('join-form').addEventListener('submit', (event) => {
            event.preventDefault();
            this.#touched = true;
            this.refresh();
            if (!this.#button.disabled)
                this.dispatchEvent(new CustomEvent('join', { detail: { name: cleanName(this.#name.value), room: cleanName(this.#room.value) } }));
        });
    }

    /** `refusal`: why a try failed; `field`: 'username' or 'room' when one of them is to blame. */
    show({ name, room, refusal = '', field = '' }) {
        byId('chat').hidden = true;
        byId('join').hidden = false;
        this.#name.value = name;
        this.#room.value = room;
        this.#touched = name !== '';
        this.#refusal.textContent = refusal;
        this.#refusal.hidden = refusal === '';
        this.#name.setAttribute('aria-invalid', field === 'username' ? 'true' : 'false');
        this.#room.setAttribute('aria-invalid', field === 'room' ? 'true' : 'false');
        this.refresh();
        if (!isTouch())
            (field === 'room' ? this.#room : name === '' || field !== '' ? this.#name : this.#button).focus();
    }

    hide() {
        byId('join').hidden = true;
    }

    get visible() {
        return !byId('join').hidden;
    }

    set rooms(rooms) {
        const chips = rooms.slice(0, 12).map((room) => {
            const chip = el('button', { type: 'button', class: 'chip', 'aria-pressed': String(room.name === cleanName(this.#room.value)) },
                nameNode(room.name), ' ', el('span', { class: 'count', text: number(room.users), 'aria-hidden': 'true' }),
                el('span', { class: 'sr', text: t('rooms.people', { n: room.users }) }));
            chip.addEventListener('click', () => {
                this.#room.value = room.name;
                this.#refusal.hidden = true;
                this.refresh();
                this.#name.value === '' ? this.#name.focus() : this.#button.focus();
            });
            return chip;
        });
        const box = byId('join-rooms');
        if (!box.contains(document.activeElement))
            box.replaceChildren(...chips);
    }

    /** Says why the button is off, once there is something to say it about. */
    refresh() {
        const name = nameFault(this.#name.value, 'name');
        const room = nameFault(this.#room.value, 'room');
        const fault = name ?? room;
        this.#button.disabled = fault !== null;
        const quiet = name === 'fault.nameEmpty' && !this.#touched;
        this.#why.textContent = fault === null ? '' : t(quiet ? 'fault.nameFirst' : fault);
        this.#why.classList.toggle('bad', fault !== null && !quiet);
        for (const chip of byId('join-rooms').children)
            chip.setAttribute('aria-pressed', String(chip.firstChild.textContent === cleanName(this.#room.value)));
    }
}
