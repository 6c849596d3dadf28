// SPDX-License-Identifier: GPL-3.0-or-later
// The message list: appends in batches, stays at the end while somebody reads there, keeps its place otherwise.

import { byId } from './dom.js';
import { t } from './i18n.js';
import { kMaxItems } from './store.js';
import { fillMessage, fillPresence, pendingRow, relabelDays, rowsFor } from './view-rows.js';

const kNearEndPx = 100;
const kSlack = 100; // rows above the bound before the oldest go
const kSettleMs = 300; // from a redraw until a screen reader may speak again

/** Draws one RoomState at a time; show() changes which. Events: 'seen' when the end came into view, 'older'. */
export class LogView extends EventTarget {
    #log = byId('log');
    #items = byId('items');
    #pending = byId('pending');
    #newest = byId('newest');
    #older = byId('older');
    #empty = byId('log-empty');
    #state = null;
    #self = '';
    #showPresence = true;
    #queue = [];
    #rows = new Map(); // presence item -> its row
    #last = undefined; // the item drawn last
    #scheduled = false;
    #busy = false;
    #settling = 0;
    #following = true;
    #missed = 0;
    #abort = new AbortController();
    #entries = [];
    #pendingRows = null; // makes the rows of the unsent messages, when they are to be drawn anew

    constructor() {
        super();
        this.#log.addEventListener('scroll', () => this.#scrolled(), { passive: true });
        this.#newest.addEventListener('click', () => this.toEnd());
        this.#older.addEventListener('click', () => this.dispatchEvent(new CustomEvent('older')));
        this.#log.addEventListener('keydown', (event) => {
            if (event.key === 'End')
                this.toEnd();
        });
        new ResizeObserver(() => {
            if (this.#following)
                this.#jump();
        }).observe(this.#log);
    }

    get following() {
        return this.#following;
    }

    set showPresence(on) {
        this.#showPresence = on;
        this.redraw();
    }

    set self(name) {
        if (this.#self === name)
            return;
        this.#self = name;
        this.redraw();
    }

    show(state) {
        this.#abort.abort();
        this.#abort = new AbortController();
        const { signal } = this.#abort;
        this.#state = state;
        state.addEventListener('append', (event) => this.#enqueue(event.detail), { signal });
        state.addEventListener('change', (event) => this.#changed(event.detail), { signal });
        state.addEventListener('reset', () => this.redraw(), { signal });
        state.addEventListener('prepend', () => this.#redrawInPlace(), { signal });
        this.#following = true;
        this.redraw();
        this.#jump();
    }

    /** While history arrives a screen reader stays silent. */
    set busy(on) {
        this.#flush();
        this.#busy = on;
        this.#hush();
        this.#mark();
    }

    /** Unsent messages stand below all others. Drawn together with the rows, so that an echo takes their place at once. */
    drawPending(entries, online, actions) {
        this.#entries = entries;
        this.#pendingRows = () => entries.map((entry) => pendingRow(entry, online, actions));
        this.#schedule();
    }

    /** The line above what nobody had seen goes. */
    dropUnreadLine() {
        for (const line of this.#items.querySelectorAll('.unread-line'))
            line.remove();
    }

    toEnd() {
        this.#following = true;
        this.#missed = 0;
        this.#jump();
        this.#mark();
        this.dispatchEvent(new CustomEvent('seen'));
    }

    /** Draws everything anew, as after a change of the language. */
    redraw() {
        clearTimeout(this.#settling);
        this.#settling = setTimeout(() => {
            this.#settling = 0;
            this.#hush();
        }, kSettleMs);
        this.#hush();
        this.#queue = [];
        this.#items.replaceChildren();
        this.#rows.clear();
        this.#last = undefined;
        this.#missed = 0;
        if (this.#state !== null)
            this.#draw(this.#state.items);
        this.#mark();
        if (this.#following)
            this.#jump();
    }

    relabelDays() {
        relabelDays(this.#items);
    }

    #enqueue(item) {
        this.#queue.push(item);
        this.#schedule();
    }

    #schedule() {
        if (this.#scheduled)
            return;
        this.#scheduled = true;
        // A hidden page draws no frames, and must not pile up rows either.
        if (document.hidden)
            setTimeout(() => this.#flush(), 50);
        else
            requestAnimationFrame(() => this.#flush());
    }

    #flush() {
        this.#scheduled = false;
        const items = this.#queue;
        this.#queue = [];
        this.#draw(items);
        if (this.#pendingRows !== null)
            this.#pending.replaceChildren(...this.#pendingRows());
        this.#pendingRows = null;
        if (!this.#following)
            this.#missed += items.filter((item) => item.kind === 'message').length;
        this.#trim();
        this.#mark();
        if (this.#following)
            this.#jump();
    }

    #draw(items) {
        const rows = document.createDocumentFragment();
        for (const item of items.slice(-kMaxItems)) {
            if (item.kind === 'presence' && !this.#showPresence)
                continue;
            const made = rowsFor(item, this.#last, this.#self, this.#state.unreadSeq);
            if (item.kind === 'presence')
                this.#rows.set(item, made.at(-1));
            if (item.seq === this.#state.unreadSeq && item.kind === 'message')
                this.dropUnreadLine();
            rows.append(...made);
            this.#last = item;
        }
        this.#items.append(rows);
    }

    /** Rows that were read before are no news: silence while history arrives or the list is drawn anew. */
    #hush() {
        this.#log.setAttribute('aria-busy', String(this.#busy || this.#settling !== 0));
    }

    /** Bounds the document: now and then the oldest rows go, and the rest stays as it is. */
    #trim() {
        const surplus = this.#items.childElementCount - kMaxItems;
        if (surplus <= kSlack)
            return;
        const kept = [...this.#items.children].slice(surplus);
        const first = kept.find((row) => row.classList.contains('message'));
        const item = first && this.#state.items.find((each) => each.seq === Number(first.dataset.seq));
        if (item === undefined) {
            this.#redrawInPlace();
            return;
        }
        const top = this.#log.getBoundingClientRect().top;
        const anchor = kept.find((row) => row !== first && row.getBoundingClientRect().bottom > top);
        const before = anchor?.getBoundingClientRect().top;
        for (const row of [...this.#items.children].slice(0, surplus))
            row.remove();
        // The first message now stands alone: it needs its day and its sender, which nobody is to hear again.
        while (first.previousElementSibling?.matches('.day, .unread-line'))
            first.previousElementSibling.remove();
        const rows = rowsFor(item, undefined, this.#self, this.#state.unreadSeq);
        for (const row of rows)
            row.setAttribute('aria-live', 'off');
        first.replaceWith(...rows);
        for (const [presence, row] of this.#rows) {
            if (!row.isConnected)
                this.#rows.delete(presence);
        }
        if (anchor?.isConnected)
            this.#log.scrollTop += anchor.getBoundingClientRect().top - before;
    }

    #changed(item) {
        if (item.kind === 'message') {
            const drawn = this.#items.querySelector(`.message[data-seq="${Number(item.seq)}"]`);
            if (drawn !== null)
                fillMessage(drawn, item, this.#self);
            if (this.#following)
                this.#jump();
            return;
        }
        const row = this.#rows.get(item);
        if (row !== undefined)
            fillPresence(row, item);
    }

    /** Draws anew around the first message in sight, which stays where it is. */
    #redrawInPlace() {
        const top = this.#log.getBoundingClientRect().top;
        const anchor = [...this.#items.querySelectorAll('.message')].find((row) => row.getBoundingClientRect().bottom > top);
        const before = anchor?.getBoundingClientRect().top;
        const missed = this.#missed;
        this.redraw();
        this.#missed = missed;
        const after = anchor && this.#items.querySelector(`[data-seq="${Number(anchor.dataset.seq)}"]`);
        if (after)
            this.#log.scrollTop += after.getBoundingClientRect().top - before;
        this.#mark();
    }

    #scrolled() {
        const before = this.#following;
        this.#following = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight < kNearEndPx;
        if (this.#following && this.#missed > 0)
            this.#missed = 0;
        if (this.#following !== before) {
            this.#mark();
            if (this.#following)
                this.dispatchEvent(new CustomEvent('seen'));
        }
    }

    #jump() {
        this.#log.scrollTop = this.#log.scrollHeight;
    }

    /** The parts that depend on everything else. */
    #mark() {
        this.#newest.hidden = this.#following;
        this.#newest.textContent = this.#missed > 0 ? t('log.newMessages', { n: this.#missed }) : t('log.toEnd');
        this.#older.hidden = !(this.#state?.olderExist) || this.#items.childElementCount === 0;
        const messages = this.#state?.items.some((item) => item.kind === 'message') ?? false;
        this.#empty.hidden = this.#busy || messages || this.#entries.length > 0;
    }
}
