// SPDX-License-Identifier: GPL-3.0-or-later
// Where somebody is, as the address bar has it, and a reload of this tab, and their next visit.

import { shareUrl } from './names.js';
import { browser, tab } from './storage.js';

export const kDefaultRoom = 'general';

export class Place {
    #parameters = new URLSearchParams(location.search);

    /** Which languages this reader would have, the dearest first; the address counts most. */
    get languages() {
        return [this.#parameters.get('lang'), browser.read('language', ''), ...(navigator.languages ?? [])];
    }

    /** From now on the settings decide on the language, whatever the address said. */
    forgetLanguage() {
        this.#parameters.delete('lang');
    }

    /** The room that the address asked for when the page was opened; null: none. */
    get linkedRoom() {
        return this.#parameters.get('room');
    }

    /** The room in the address bar now, as after a step back; null: none. */
    get roomNow() {
        return new URLSearchParams(location.search).get('room');
    }

    /** Who comes, and where to: {name, room, known}; known: they chose the name for this tab already. */
    get first() {
        const linkedName = this.#parameters.get('name');
        const joined = tab.read('joined');
        return {
            name: (linkedName ?? joined?.name ?? browser.read('name', '')).trim(),
            room: (this.linkedRoom ?? joined?.room ?? kDefaultRoom).trim() || kDefaultRoom,
            known: linkedName !== null || joined !== null,
        };
    }

    /** They are in `room` now; `how` the address bar learns of it: a method of history, or null. */
    enter(name, room, how) {
        const url = new URL(shareUrl(room));
        if (this.#parameters.has('lang'))
            url.searchParams.set('lang', this.#parameters.get('lang'));
        if (how !== null)
            history[how]({ room }, '', url);
        tab.write('joined', { name, room });
    }

    /** They are nowhere. */
    leave() {
        tab.remove('joined');
    }

    /** The name that the server gave them in `room` when they asked for `wanted`; null before it did. */
    givenName(room, wanted) {
        return tab.read('given', {})[`${room}/${wanted}`] ?? null;
    }

    keepGivenName(room, wanted, name) {
        tab.write('given', { ...tab.read('given', {}), [`${room}/${wanted}`]: name });
    }
}
