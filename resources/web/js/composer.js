// SPDX-License-Identifier: GPL-3.0-or-later
// Where messages are written. Enter never sends what an input method is still composing.

import { byId, codePoints, isTouch } from './dom.js';
import { t } from './i18n.js';
import { browser, tab } from './storage.js';

const kNearLimit = 0.9;

/** Events: 'send' (detail: text), 'writing' (detail: whether there is text), 'edit-last' (up in an empty field). */
export class Composer extends EventTarget {
    #text = byId('text');
    #send = byId('send');
    #hint = byId('composer-hint');
    #room = '';
    #limit = 4000;
    #blocked = '';
    #note = '';

    constructor() {
        super();
        this.#text.addEventListener('input', () => this.#edited());
        this.#text.addEventListener('keydown', (event) => this.#key(event));
        byId('composer').addEventListener('submit', (event) => {
            event.preventDefault();
            this.#submit();
        });
        // A tap on the button must not take the keyboard of a phone away.
        this.#send.addEventListener('pointerdown', (event) => event.preventDefault());
    }

    set limit(codePointCount) {
        this.#limit = codePointCount > 0 ? codePointCount : 4000;
        this.refresh();
    }

    /** Why nothing can be sent now, in words; '' when it can. */
    set blocked(why) {
        this.#blocked = why;
        this.refresh();
    }

    /** A standing remark under the field, as for slow mode. */
    set note(text) {
        this.#note = text;
        this.refresh();
    }

    show(room) {
        this.#keepDraft();
        this.#room = room;
        const drafts = tab.read('drafts', {});
        this.#text.value = Object.hasOwn(drafts, room) ? drafts[room] : '';
        this.refresh();
    }

    /** The same room under another spelling: the draft goes along. */
    rename(room) {
        if (room === this.#room)
            return;
        const { [this.#room]: _, ...others } = tab.read('drafts', {});
        tab.write('drafts', others);
        this.#room = room;
        this.#keepDraft();
    }

    /** Not on touch screens, where it would open the keyboard. */
    focus() {
        if (!isTouch())
            this.#text.focus({ preventScroll: true });
    }

    /** Grows the field with its text and redraws what depends on it. */
    refresh() {
        this.#text.style.height = 'auto';
        this.#text.style.height = `${this.#text.scrollHeight + this.#text.offsetHeight - this.#text.clientHeight}px`;
        const used = codePoints(this.#text.value.trim());
        const over = used - this.#limit;
        this.#text.disabled = this.#blocked !== '';
        this.#send.disabled = this.#blocked !== '' || used === 0 || over > 0;
        this.#hint.classList.toggle('bad', over > 0);
        if (this.#blocked !== '')
            this.#hint.textContent = this.#blocked;
        else if (over > 0)
            this.#hint.textContent = t('composer.over', { n: over, limit: this.#limit });
        else if (used >= this.#limit * kNearLimit)
            this.#hint.textContent = t('composer.left', { n: this.#limit - used });
        else
            this.#hint.textContent = this.#note;
    }

    #edited() {
        this.refresh();
        this.#keepDraft();
        this.dispatchEvent(new CustomEvent('writing', { detail: this.#text.value.trim() !== '' }));
    }

    #key(event) {
        if (event.key === 'ArrowUp' && this.#text.value === '' && !event.isComposing) {
            this.dispatchEvent(new CustomEvent('edit-last'));
            return;
        }
        // Safari ends the composition before it tells the key; 229 is what remains to know it by.
        if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229 || event.shiftKey || event.altKey)
            return;
        const withControl = event.ctrlKey || event.metaKey;
        if (!withControl && browser.read('sendKey', 'enter') === 'ctrl')
            return;
        event.preventDefault();
        this.#submit();
    }

    #submit() {
        const text = this.#text.value.trim();
        if (this.#send.disabled || text === '')
            return;
        this.#text.value = '';
        this.#keepDraft();
        this.refresh();
        this.#text.focus({ preventScroll: true });
        this.dispatchEvent(new CustomEvent('send', { detail: text }));
    }

    /** What could not be taken stands in the field again. */
    putBack(text) {
        this.#text.value = text;
        this.#edited();
    }

    #keepDraft() {
        if (this.#room === '')
            return;
        const { [this.#room]: _, ...others } = tab.read('drafts', {});
        const text = this.#text.value;
        tab.write('drafts', text === '' ? others : { ...others, [this.#room]: text });
    }
}
