// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with a message: react, edit, delete. One set of tools, which goes to the message that is pointed at.

import { byId, el } from './dom.js';
import { t } from './i18n.js';
import { explainError } from './view-status.js';

const kEmojis = ['👍', '❤️', '😂', '🎉', '😮', '😢'];

/** In words, why a change was refused. */
function explainChange(error) {
    const key = `change.${error.code}`;
    const words = t(key);
    return words === key ? explainError(error) : words;
}

/**
 * `session()` and `state()` are those of the room on the screen. Works on the rows of the list by what they say of
 * themselves: data-seq, and data-emoji of a reaction.
 */
export class MessageTools {
    #list = byId('items');
    #log = byId('log');
    #bar = el('div', { class: 'tools', role: 'toolbar' });
    #row = null;
    #session;
    #state;
    #toast;

    constructor({ session, state, toast }) {
        this.#session = session;
        this.#state = state;
        this.#toast = toast;
        this.#list.addEventListener('pointerover', (event) => event.pointerType === 'mouse' && this.#show(this.#rowOf(event)));
        this.#list.addEventListener('focusin', (event) => this.#show(this.#rowOf(event)));
        this.#log.addEventListener('pointerleave', () => this.#bar.contains(document.activeElement) || this.hide());
        this.#list.addEventListener('click', (event) => this.#clicked(event));
        this.#list.addEventListener('keydown', (event) => this.#key(event));
        this.#log.addEventListener('keydown', (event) => {
            if (event.key === 'Enter' && event.target === this.#log)
                [...this.#list.querySelectorAll('.message')].at(-1)?.focus();
        });
    }

    hide() {
        this.#bar.remove();
        this.#row = null;
    }

    /** Opens one's newest message for editing. False where there is none. */
    editLast() {
        const own = this.#state().items.findLast((item) => item.kind === 'message' && item.name === this.#session().name && !item.deleted);
        const row = own && this.#list.querySelector(`.message[data-seq="${own.seq}"]`);
        if (!row || !this.#can('edit'))
            return false;
        this.#edit(row, own);
        return true;
    }

    #can(what) {
        return this.#session()?.features.has(what) === true;
    }

    #rowOf(event) {
        return event.target.closest('.message:not(.pending)');
    }

    #itemOf(row) {
        const seq = Number(row.dataset.seq);
        return this.#state().items.find((item) => item.kind === 'message' && item.seq === seq);
    }

    #show(row) {
        if (row === null || row === this.#row)
            return;
        const item = this.#itemOf(row);
        if (item === undefined || item.deleted || row.querySelector('.edit-form') !== null) {
            this.hide();
            return;
        }
        this.#row = row;
        const own = item.name === this.#session().name;
        this.#bar.setAttribute('aria-label', t('tools.label'));
        this.#bar.replaceChildren(
            ...(this.#can('react') ? [this.#button('tools.react', '☺', () => this.#offerEmojis(row, item))] : []),
            ...(own && this.#can('edit') ? [this.#button('tools.edit', '✎', () => this.#edit(row, item))] : []),
            ...(own && this.#can('delete') ? [this.#button('tools.delete', '✕', () => this.#askToDelete(row, item))] : []),
        );
        if (this.#bar.childElementCount > 0)
            row.append(this.#bar);
    }

    #button(key, sign, action) {
        const button = el('button', { type: 'button', class: 'tool', title: t(key), 'aria-label': t(key), text: sign });
        button.addEventListener('click', action);
        return button;
    }

    #clicked(event) {
        const row = this.#rowOf(event);
        const chip = event.target.closest('.reaction');
        if (row === null)
            return;
        if (chip !== null)
            this.#react(this.#itemOf(row), chip.dataset.emoji, chip.getAttribute('aria-pressed') !== 'true');
        else if (event.target.closest('a, button, textarea') === null)
            this.#tap(row);
    }

    /** Where nothing hovers; there the tools take room of their own. */
    #tap(row) {
        this.#show(row);
        this.#bar.scrollIntoView({ block: 'nearest' });
    }

    /** Enter goes from the list to its newest message, up and down from one to the next, and tab into its tools. */
    #key(event) {
        const row = event.target.closest('.message');
        if (row === null || event.target.closest('textarea') !== null)
            return;
        if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            let next = row;
            do {
                next = event.key === 'ArrowUp' ? next.previousElementSibling : next.nextElementSibling;
            } while (next !== null && !next.classList.contains('message'));
            next?.focus();
            event.preventDefault();
        } else if (event.key === 'Escape') {
            this.hide();
        }
    }

    #offerEmojis(row, item) {
        this.#bar.replaceChildren(...kEmojis.map((emoji) => {
            const button = el('button', { type: 'button', class: 'tool', 'aria-label': emoji, text: emoji });
            button.addEventListener('click', () => {
                this.hide();
                this.#react(item, emoji, !item.reactions.get(emoji)?.includes(this.#session().name));
            });
            return button;
        }));
        this.#bar.firstElementChild.focus();
    }

    async #react(item, emoji, on) {
        if (item === undefined || !this.#can('react'))
            return;
        const error = await this.#session().change({ type: 'react', id: item.id, emoji, on });
        if (error !== null)
            this.#toast(explainChange(error));
    }

    #askToDelete(row, item) {
        const yes = el('button', { type: 'button', class: 'tool word sure', text: t('tools.deleteYes') });
        const no = el('button', { type: 'button', class: 'tool word', text: t('tools.deleteNo') });
        yes.addEventListener('click', async () => {
            yes.disabled = no.disabled = true;
            const error = await this.#session().change({ type: 'delete', id: item.id });
            this.hide();
            if (error !== null)
                this.#toast(explainChange(error));
        });
        no.addEventListener('click', () => this.hide());
        this.#bar.replaceChildren(el('span', { class: 'question', text: t('tools.deleteSure') }), yes, no);
        no.focus();
    }

    #edit(row, item) {
        this.hide();
        if (row.querySelector('.edit-form') !== null)
            return;
        const text = el('textarea', { rows: 1, dir: 'auto', 'aria-label': t('edit.label') });
        const save = el('button', { type: 'submit', class: 'primary small', text: t('edit.save') });
        const cancel = el('button', { type: 'button', class: 'quiet small', text: t('edit.cancel') });
        const failure = el('p', { class: 'failure', role: 'alert' });
        const form = el('form', { class: 'edit-form' }, text, el('p', { class: 'edit-buttons' }, save, cancel), failure);
        text.value = item.text;
        // As high as what is written, up to the bound of the style sheet.
        const fit = () => {
            text.style.height = 'auto';
            text.style.height = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`;
        };
        text.addEventListener('input', fit);
        const close = () => {
            form.remove();
            row.classList.remove('editing');
            byId('text').focus({ preventScroll: true });
        };
        cancel.addEventListener('click', close);
        form.addEventListener('submit', async (event) => {
            event.preventDefault();
            const content = text.value.trim();
            if (content === item.text || item.deleted) {
                close();
                return;
            }
            save.disabled = true;
            failure.textContent = '';
            const error = await this.#session().change({ type: 'edit', id: item.id, content });
            save.disabled = false;
            if (error === null)
                close();
            else
                failure.textContent = explainChange(error);
        });
        text.addEventListener('keydown', (event) => {
            if (event.key === 'Escape')
                close();
            else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
                event.preventDefault();
                form.requestSubmit();
            }
        });
        row.classList.add('editing');
        row.append(form);
        fit();
        text.focus();
        text.setSelectionRange(text.value.length, text.value.length);
        form.scrollIntoView({ block: 'nearest' });
    }
}
