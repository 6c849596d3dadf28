// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the page together: who hears of what.

import { Attention } from './attention.js';
import { Chat } from './chat.js';
import { Composer } from './composer.js';
import { Couriers } from './couriers.js';
import { byId } from './dom.js';
import { chooseLanguage, t, translatePage } from './i18n.js';
import { JoinPanel } from './join.js';
import { nameFault, shareUrl } from './names.js';
import { Notices } from './notices.js';
import { kMaxPerRoom, Outbox } from './outbox.js';
import { Place } from './place.js';
import { fetchOlder, RoomPoll, serverAnswers } from './rooms.js';
import { Screen } from './screen.js';
import { Settings } from './settings.js';
import { Drawers, followVisualViewport, shareLink, toast } from './shell.js';
import { browser } from './storage.js';
import { LogView } from './view-log.js';
import { MessageTools } from './view-tools.js';
import { explainError, StatusView } from './view-status.js';
import { watchAbsence } from './wake.js';

const kOlderStep = 200;

const place = new Place();
chooseLanguage(place.languages);
translatePage();

const attention = new Attention();
const composer = new Composer();
const drawers = new Drawers();
const log = new LogView();
const notices = new Notices();
const outbox = new Outbox();
const couriers = new Couriers(outbox);
const panel = new JoinPanel();
const poll = new RoomPoll();
const settings = new Settings();
const chat = new Chat({ outbox, couriers, attention, place });
const status = new StatusView(() => chat.session?.retryNow());
const tools = new MessageTools({ session: () => chat.session, state: () => chat.state, toast });
const screen = new Screen({ chat, outbox, log, composer, status, open: switchTo });

function join(name, room) {
    browser.write('name', name);
    panel.hide();
    byId('chat').hidden = false;
    chat.join(name, room);
    composer.focus();
}

function switchTo(room) {
    if (nameFault(room, 'room') === null && room !== chat.session?.room)
        chat.enter(room, 'pushState');
    else
        drawers.close();
    composer.focus();
}

// ---- what becomes of the room ------------------------------------------------------------------

chat.addEventListener('open', () => {
    drawers.close();
    attention.room = chat.session.room;
    log.self = chat.session.name;
    tools.hide();
    log.show(chat.state);
    log.busy = true;
    composer.show(chat.session.room);
    screen.drawRoom();
    screen.drawOutbox();
});
chat.addEventListener('left', ({ detail: { room, status: end } }) => {
    const refusal = end === null ? '' : explainError(end.error ?? { code: `close_${end.code}`, detail: end.reason });
    attention.room = '';
    panel.show({ name: chat.wanted, room, refusal, field: end?.error?.field ?? '' });
    screen.drawOutbox();
    poll.now();
});
chat.addEventListener('respelled', () => {
    attention.room = chat.session.room;
    composer.rename(chat.session.room);
});
chat.addEventListener('status', ({ detail: now }) => {
    status.status = now;
    log.busy = now.kind === 'connecting' || now.kind === 'catching-up';
    if (now.kind === 'waiting' && !now.error && now.attempt >= 2)
        serverAnswers().then((answers) => { status.unreachable = answers ? 'websocket' : 'server'; });
    if (now.kind === 'online')
        poll.now();
    screen.drawComposer();
    screen.drawOutbox();
});
chat.addEventListener('welcome', ({ detail: { event, asked, first } }) => {
    log.self = event.username;
    if (first && event.username !== asked.name)
        toast(t('note.renamed', { name: event.username, asked: asked.name }));
    composer.limit = chat.session.limits.content_chars;
    settings.about = chat.session.server;
    screen.drawRoom();
});
chat.addEventListener('notice', ({ detail }) => notices.add(detail));
chat.addEventListener('refused', ({ detail }) => toast(explainError(detail)));
chat.addEventListener('people', () => screen.drawSides());
chat.addEventListener('settings', () => screen.drawRoom());
chat.addEventListener('typing', () => screen.drawTyping());
outbox.addEventListener('change', () => screen.drawOutbox());
poll.addEventListener('rooms', ({ detail: rooms }) => {
    if (panel.visible)
        panel.rooms = rooms;
    screen.rooms = rooms;
    chat.session?.expectSeq(rooms.find((room) => room.name === chat.session.room)?.messages ?? 0);
});

// ---- what people do ----------------------------------------------------------------------------

panel.addEventListener('join', ({ detail }) => join(detail.name, detail.room));
settings.addEventListener('leave', () => chat.leave());
settings.addEventListener('presence', () => { log.showPresence = browser.read('presence', true); });
settings.addEventListener('language', () => {
    place.forgetLanguage();
    chooseLanguage(place.languages);
    translatePage();
    panel.refresh();
    if (chat.session !== null) {
        log.redraw();
        status.draw();
        screen.drawRoom();
        screen.drawOutbox();
        settings.about = chat.session.server;
    }
});
composer.addEventListener('edit-last', () => tools.editLast());
composer.addEventListener('writing', ({ detail }) => chat.session?.writing(detail));
composer.addEventListener('send', ({ detail: text }) => {
    const { session, state } = chat;
    if (!outbox.add(session.room, session.name, text)) {
        composer.putBack(text);
        toast(t('outbox.full', { n: kMaxPerRoom }));
        return;
    }
    session.writing(false);
    state.unreadSeq = 0;
    log.dropUnreadLine();
    log.toEnd();
});
log.addEventListener('older', async () => {
    const room = chat.state;
    try {
        room.addOlder(await fetchOlder(room.room, room.firstSeq || Number.MAX_SAFE_INTEGER, kOlderStep));
    } catch {
        toast(t('log.olderFailed'));
    }
});
byId('share-button').addEventListener('click', () => shareLink(chat.session.room, shareUrl(chat.session.room)));
byId('room-form').addEventListener('submit', (event) => {
    event.preventDefault();
    const field = byId('room-new');
    const room = field.value.trim().normalize('NFC');
    const fault = nameFault(room, 'room');
    if (fault !== null) {
        toast(t(fault));
        return;
    }
    field.value = '';
    switchTo(room);
});
document.addEventListener('keydown', (event) => {
    if (chat.session === null || byId('settings').open)
        return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        const names = [...byId('room-list').querySelectorAll('[data-key]')].map((row) => row.dataset.key);
        const step = event.key === 'ArrowUp' ? -1 : 1;
        event.preventDefault();
        switchTo(names[(names.indexOf(chat.session.room) + step + names.length) % names.length]);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement === document.body) {
        byId('text').focus();
    }
});
window.addEventListener('popstate', () => {
    const room = place.roomNow;
    if (chat.session !== null && room !== null && nameFault(room, 'room') === null && room !== chat.session.room)
        chat.enter(room, null);
});

// ---- the world around --------------------------------------------------------------------------

/** The socket may be gone without a sign; the rooms tell whether something was missed. */
function comeBack() {
    chat.session?.retryNow();
    couriers.retryNow();
    poll.now();
}

watchAbsence({
    seen() {
        attention.seen();
        log.relabelDays();
    },
    left() {
        if (chat.session !== null)
            chat.state.unreadSeq = 0;
    },
    network: comeBack,
    wake: comeBack,
    tick() {
        if (chat.session !== null)
            screen.drawTyping();
        log.relabelDays();
    },
});

// ---- beginning ---------------------------------------------------------------------------------

followVisualViewport();
log.showPresence = browser.read('presence', true);
poll.start();

const { name, room, known } = place.first;
if (known && nameFault(name, 'name') === null && nameFault(room, 'room') === null)
    join(name, room);
else
    panel.show({ name, room });
for (const sender of outbox.senders()) {
    if (sender.room !== chat.session?.room || sender.name !== chat.session.name)
        couriers.start(sender.room, sender.name);
}
screen.drawOutbox();
