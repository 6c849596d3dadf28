// SPDX-License-Identifier: GPL-3.0-or-later
// Says in words how the connection is: a word in the header, and a banner with the reason while it is not well.

import { byId } from './dom.js';
import { clock, t } from './i18n.js';

/** Where somebody is out, and may come in again after a time that the server named. */
const kMayRejoin = new Set(['kicked', 'room_closed']);

/** With a full stop, where somebody else's words have none. */
const sentence = (text) => (/[.!?…。！？]$/u.test(text.trim()) ? text.trim() : `${text.trim()}.`);

/**
 * Our words for the code of an error. What the server says, in English, stands in for codes that we have no words
 * for, and tells an English reader what exactly is wrong with a name.
 */
export function explainError(error) {
    if (!error)
        return '';
    const key = `error.${error.code}`;
    const words = t(key);
    const known = words !== key;
    const wanted = !known || (error.code === 'bad_name' && document.documentElement.lang === 'en');
    if (!wanted || !error.detail)
        return known ? words : t('error.internal');
    const theirs = t('error.serverSays', { detail: sentence(error.detail) });
    return known ? `${words} ${theirs}` : theirs;
}

/** Draws a status of RoomSession. `act()` is what the banner's button does. */
export class StatusView {
    #banner = byId('banner');
    #text = byId('banner-text');
    #count = byId('banner-count');
    #now = byId('banner-now');
    #status = { kind: 'connecting' };
    #queued = 0;
    #unreachable = '';

    constructor(act) {
        this.#now.addEventListener('click', () => act());
        setInterval(() => this.tick(), 500);
        window.addEventListener('offline', () => this.draw());
        window.addEventListener('online', () => this.draw());
    }

    set status(status) {
        this.#status = status;
        if (status.kind === 'online' || status.kind === 'catching-up')
            this.#unreachable = '';
        this.draw();
    }

    set queued(count) {
        if (this.#queued === count)
            return;
        this.#queued = count;
        this.draw();
    }

    /** '' | 'server' | 'websocket': what a look at the server over plain HTTP found. */
    set unreachable(what) {
        this.#unreachable = what;
        this.draw();
    }

    get #offline() {
        return navigator.onLine === false;
    }

    /** Redraws the counted seconds, which a screen reader is not told. */
    tick() {
        const left = this.#secondsLeft();
        this.#count.textContent = left > 0 ? t('state.seconds', { n: left }) : '';
        if (kMayRejoin.has(this.#status.kind))
            this.#now.disabled = left > 0;
    }

    draw() {
        const { kind } = this.#status;
        const word = kind === 'waiting' && this.#offline ? 'offline'
            : kind === 'waiting' && this.#status.error?.code === 'shutting_down' ? 'closing' : kind;
        const node = byId('state');
        node.dataset.state = word;
        byId('state-word').textContent = t(`state.${word}`);
        document.documentElement.dataset.state = word;

        const text = this.#bannerText(word);
        this.#banner.hidden = text === '';
        this.#banner.dataset.kind = word;
        if (this.#text.textContent !== text)
            this.#text.textContent = text;
        const action = { waiting: 'state.now', kicked: 'state.rejoin', room_closed: 'state.rejoin', replaced: 'state.useHere', refused: 'state.again' }[kind];
        this.#now.hidden = action === undefined;
        this.#now.textContent = action === undefined ? '' : t(action);
        this.#now.disabled = false;
        this.tick();
    }

    #secondsLeft() {
        const until = this.#status.kind === 'waiting' ? this.#status.retryAt
            : kMayRejoin.has(this.#status.kind) ? this.#status.rejoinAt : 0;
        return Math.ceil((until - Date.now()) / 1000);
    }

    #bannerText(word) {
        const status = this.#status;
        switch (word) {
        case 'connecting':
            return status.attempt > 0 ? this.#with(t('banner.connecting')) : '';
        case 'waiting':
            return this.#with(`${this.#why()} ${t('banner.reconnecting')}`.trim());
        case 'offline':
            return this.#with(t('banner.offline'));
        case 'closing':
            return this.#with(t('banner.closing'));
        case 'kicked': {
            const reason = status.reason ? t('banner.kickedReason', { reason: sentence(status.reason) }) : t('banner.kicked');
            return status.rejoinAt > Date.now() + 1000 ? `${reason} ${t('banner.rejoinAt', { time: clock(status.rejoinAt) })}` : reason;
        }
        case 'room_closed': {
            const reason = status.reason ? t('banner.room_closedReason', { reason: sentence(status.reason) }) : t('banner.room_closed');
            return this.#with(reason);
        }
        case 'replaced':
            return t('banner.replaced');
        case 'refused':
            return explainError(status.error ?? { code: `close_${status.code}`, detail: status.reason });
        default:
            return '';
        }
    }

    #why() {
        const status = this.#status;
        if (status.error)
            return explainError(status.error);
        if (status.code >= 4000)
            return explainError({ code: `close_${status.code}`, detail: status.reason });
        if (this.#unreachable !== '')
            return t(`banner.no_${this.#unreachable}`);
        return t('banner.lost');
    }

    #with(text) {
        return this.#queued > 0 ? `${t('banner.queued', { n: this.#queued })} ${text}` : text;
    }
}
