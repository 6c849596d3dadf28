// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the page together: which room is open, and who hears of what.

import { Attention } from './attention.js';
import { Composer } from './composer.js';
import { Couriers } from './couriers.js';
import { byId, paintAvatar } from './dom.js';
import { chooseLanguage, nameList, t, tNodes, translatePage } from './i18n.js';
import { JoinPanel } from './join.js';
import { nameFault, shareUrl } from './names.js';
import { Notices } from './notices.js';
import { kMaxPerRoom, Outbox } from './outbox.js';
import { fetchMessages, RoomPoll, serverAnswers } from './rooms.js';
import { RoomSession } from './session.js';
import { Settings } from './settings.js';
import { Drawers, followVisualViewport, shareLink, toast } from './shell.js';
import { browser, tab } from './storage.js';
import { kMaxItems, RoomState } from './store.js';
import { LogView } from './view-log.js';
import { drawPeople, drawRooms } from './view-sides.js';
import { explainError, StatusView } from './view-status.js';
import { watchAbsence } from './wake.js';

const kDefaultRoom = 'general';
const kRememberedRooms = 8;
const kListedRooms = 200;
const kOlderStep = 200;

const parameters = new URLSearchParams(location.search);
const pickLanguage = () => chooseLanguage([parameters.get('lang'), browser.read('language', ''), ...(navigator.languages ?? [])]);
pickLanguage();
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
const status = new StatusView(() => session?.retryNow());

const states = new Map(); // rooms that were open in this tab, the latest last
let session = null;
let wanted = ''; // the name that was chosen; a room may give another
let rooms = [];
let unsentDrawn = '';

const state = () => states.get(session?.room);
const online = () => session?.status.kind === 'online';

// ---- coming and going --------------------------------------------------------------------------

function join(name, room) {
    wanted = name;
    browser.write('name', name);
    panel.hide();
    byId('chat').hidden = false;
    enter(room, 'replaceState');
    composer.focus();
}

/** Opens a room in place of the present one; `how` the address bar learns of it: a method of history, or null. */
function enter(room, how) {
    retire();
    drawers.close();
    const given = tab.read('given', {});
    const roomState = states.get(room) ?? newState(room);
    states.delete(room);
    states.set(room, roomState);
    if (states.size > kRememberedRooms)
        states.delete(states.keys().next().value);
    remember(room, how);
    const name = given[`${room}/${wanted}`] ?? wanted;
    couriers.recall(room, name);
    session = new RoomSession(name, roomState, outbox);
    listen(session, roomState);
    attention.room = room;
    log.self = session.name;
    log.show(roomState);
    log.busy = true;
    composer.show(room);
    drawRoom();
    drawOutbox();
    session.start();
}

/** The room leaves the screen; where messages still wait, its session goes on until they are out. */
function retire() {
    if (session === null)
        return;
    state().leftSeq = state().lastSeq;
    session.writing(false);
    if (outbox.waitingCount(session.room, session.name) > 0)
        couriers.keep(session);
    else
        session.end();
    session = null;
}

function newState(room) {
    const made = new RoomState(room);
    made.addEventListener('people', () => made === state() && drawSides());
    made.addEventListener('typing', () => made === state() && drawTyping());
    return made;
}

/** The server writes the room's name in another way than we asked for it. */
function respell(room, spelling) {
    const roomState = states.get(room);
    if (roomState === undefined)
        return;
    states.delete(room);
    states.set(spelling, roomState);
    remember(spelling, 'replaceState');
    attention.room = spelling;
    composer.rename(spelling);
}

/** Lets the address bar and a reload of this tab know where we are. */
function remember(room, how) {
    const url = new URL(shareUrl(room));
    if (parameters.has('lang'))
        url.searchParams.set('lang', parameters.get('lang'));
    if (how !== null)
        history[how]({ room }, '', url);
    tab.write('joined', { name: wanted, room });
}

function leave(refusal = '', field = '') {
    const room = session?.room ?? parameters.get('room') ?? kDefaultRoom;
    retire();
    states.clear(); // a session that goes on writes to its own; the next name gets its rooms anew
    tab.remove('joined');
    attention.room = '';
    panel.show({ name: wanted, room, refusal, field });
    drawOutbox();
    poll.now();
}

// ---- one session's events ----------------------------------------------------------------------

function listen(which, roomState) {
    const live = (handler) => (event) => {
        if (which === session)
            handler(event.detail);
    };
    which.addEventListener('status', live(onStatus));
    which.addEventListener('welcome', live(onWelcome));
    which.addEventListener('message', ({ detail }) => onMessage(detail, which, roomState));
    which.addEventListener('notice', live((notice) => notices.add(notice)));
    which.addEventListener('refused', live((error) => toast(explainError(error))));
}

function onStatus(now) {
    if (now.kind === 'refused' && !session.welcomed) {
        leave(explainError(now.error ?? { code: `close_${now.code}`, detail: now.reason }), now.error?.field ?? '');
        return;
    }
    status.status = now;
    log.busy = now.kind === 'connecting' || now.kind === 'catching-up';
    if (now.kind === 'waiting' && !now.error && now.attempt >= 2)
        serverAnswers().then((answers) => { status.unreachable = answers ? 'websocket' : 'server'; });
    if (now.kind === 'online')
        poll.now();
    drawComposer();
    drawOutbox();
}

function onWelcome({ event, asked }) {
    if (asked.room !== event.room)
        respell(asked.room, event.room);
    const given = tab.read('given', {});
    const first = given[`${event.room}/${wanted}`] !== event.username;
    tab.write('given', { ...given, [`${event.room}/${wanted}`]: event.username });
    log.self = event.username;
    if (first && event.username !== asked.name)
        toast(t('note.renamed', { name: event.username, asked: asked.name }));
    composer.limit = session.limits.content_chars;
    settings.about = session.server;
    drawRoom();
}

function onMessage({ event, live }, which, roomState) {
    const mine = event.username === which.name;
    if (which !== session) {
        if (mine && roomState.leftSeq === event.seq - 1)
            roomState.leftSeq = event.seq;
        else if (!mine && roomState.unreadSeq === 0)
            roomState.unreadSeq = event.seq;
        return;
    }
    const missed = !live && session.missing;
    if (mine || !(missed || (live && attention.away)))
        return;
    if (roomState.unreadSeq === 0)
        roomState.unreadSeq = event.seq;
    if (attention.away)
        attention.message(String(event.username), String(event.content));
}

// ---- drawing -----------------------------------------------------------------------------------

function drawRoom() {
    const room = state();
    byId('room-name').textContent = room.room;
    byId('room-topic').textContent = room.topic;
    byId('server-name').textContent = session.server?.name || 'Parlance';
    byId('me-name').textContent = session.name;
    paintAvatar(byId('me-avatar'), session.name);
    byId('insecure').hidden = window.isSecureContext;
    drawComposer();
    drawSides();
    drawTyping();
}

function drawSides() {
    const room = state();
    if (room === undefined)
        return;
    const unsent = outbox.counts();
    const listed = rooms.map((each) => ({
        ...each,
        unread: states.has(each.name) && each.name !== room.room ? Math.max(0, each.messages - states.get(each.name).leftSeq) : 0,
    }));
    for (const name of new Set([room.room, ...unsent.keys()])) {
        if (!listed.some((each) => each.name === name))
            listed.push({ name, users: 0, unread: 0 });
    }
    for (const each of listed) {
        const here = each.name === room.room;
        if (here)
            each.users = room.userCount || each.users;
        each.unsent = here ? 0 : unsent.get(each.name) ?? 0;
    }
    listed.sort((a, b) => a.name.localeCompare(b.name));
    const shown = listed.filter((each, index) => index < kListedRooms || each.unsent > 0 || each.name === room.room);
    drawRooms(shown, room.room, (name) => switchTo(name));
    drawPeople(room, session.name, room.typing);
}

function drawTyping() {
    const names = state()?.typing ?? [];
    const key = names.length === 0 ? '' : names.length > 3 ? 'typing.many' : 'typing.some';
    byId('typing').replaceChildren(...(key === '' ? [] : tNodes(key, { names: nameList(names), n: names.length })));
    if (session !== null)
        drawPeople(state(), session.name, names);
}

function drawComposer() {
    const kind = session?.status.kind;
    const blocked = ['kicked', 'room_closed', 'replaced', 'refused'].includes(kind) ? t(`composer.${kind}`) : state()?.frozen ? t('composer.frozen') : '';
    composer.blocked = blocked;
    composer.note = state()?.slowModeS > 0 ? t('composer.slow', { n: state().slowModeS }) : '';
}

function drawOutbox() {
    const counts = outbox.counts();
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    byId('join-unsent').textContent = all > 0 ? t('rooms.unsent', { n: all }) : '';
    if (session === null)
        return;
    log.drawPending(outbox.inRoom(session.room), online() || session.status.kind === 'catching-up', {
        retry: (cid) => outbox.retry(cid, session.name),
        discard: (cid) => outbox.discard(cid),
        explain: (error) => explainError(error),
    });
    status.queued = online() ? 0 : outbox.waitingCount(session.room, session.name);
    counts.delete(session.room);
    const unsent = JSON.stringify([...counts]);
    if (unsent === unsentDrawn)
        return;
    unsentDrawn = unsent;
    drawSides();
}

function switchTo(room) {
    if (nameFault(room, 'room') === null && room !== session?.room)
        enter(room, 'pushState');
    else
        drawers.close();
    composer.focus();
}

// ---- what people do ----------------------------------------------------------------------------

panel.addEventListener('join', (event) => join(event.detail.name, event.detail.room));
settings.addEventListener('leave', () => leave());
settings.addEventListener('presence', () => { log.showPresence = browser.read('presence', true); });
settings.addEventListener('language', () => {
    parameters.delete('lang');
    pickLanguage();
    translatePage();
    panel.refresh();
    if (session !== null) {
        log.redraw();
        status.draw();
        drawRoom();
        drawOutbox();
        settings.about = session.server;
    }
});
outbox.addEventListener('change', drawOutbox);
composer.addEventListener('writing', (event) => session?.writing(event.detail));
composer.addEventListener('send', (event) => {
    if (!outbox.add(session.room, session.name, event.detail)) {
        composer.putBack(event.detail);
        toast(t('outbox.full', { n: kMaxPerRoom }));
        return;
    }
    session.writing(false);
    state().unreadSeq = 0;
    log.dropUnreadLine();
    log.toEnd();
});
log.addEventListener('older', async () => {
    const room = state();
    const shown = room.items.filter((item) => item.kind === 'message').length;
    try {
        room.addOlder(await fetchMessages(room.room, Math.min(kMaxItems, shown + kOlderStep)));
    } catch {
        toast(t('log.olderFailed'));
    }
});
poll.addEventListener('rooms', (event) => {
    rooms = event.detail;
    if (panel.visible)
        panel.rooms = rooms;
    if (session === null)
        return;
    drawSides();
    session.expectSeq(rooms.find((room) => room.name === session.room)?.messages ?? 0);
});
byId('share-button').addEventListener('click', () => shareLink(session.room, shareUrl(session.room)));
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
    if (session === null || byId('settings').open)
        return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        const names = [...byId('room-list').querySelectorAll('[data-key]')].map((row) => row.dataset.key);
        const step = event.key === 'ArrowUp' ? -1 : 1;
        event.preventDefault();
        switchTo(names[(names.indexOf(session.room) + step + names.length) % names.length]);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement === document.body) {
        byId('text').focus();
    }
});
window.addEventListener('popstate', () => {
    const room = new URLSearchParams(location.search).get('room');
    if (session !== null && room !== null && nameFault(room, 'room') === null && room !== session.room)
        enter(room, null);
});

// ---- the world around --------------------------------------------------------------------------

watchAbsence({
    seen() {
        attention.seen();
        log.relabelDays();
    },
    left() {
        if (session !== null)
            state().unreadSeq = 0;
    },
    network() {
        session?.retryNow();
        couriers.retryNow();
    },
    // The socket may be gone without a sign; the rooms tell whether something was missed.
    wake() {
        session?.retryNow();
        couriers.retryNow();
        poll.now();
    },
    tick() {
        if (session !== null)
            drawTyping();
        log.relabelDays();
    },
});

// ---- beginning ---------------------------------------------------------------------------------

followVisualViewport();
log.showPresence = browser.read('presence', true);
poll.start();

const linked = { name: parameters.get('name'), room: parameters.get('room') };
const joined = tab.read('joined');
const first = {
    name: (linked.name ?? joined?.name ?? browser.read('name', '')).trim(),
    room: (linked.room ?? joined?.room ?? kDefaultRoom).trim() || kDefaultRoom,
};
const known = linked.name !== null || joined !== null;
wanted = first.name;
if (known && nameFault(first.name, 'name') === null && nameFault(first.room, 'room') === null)
    join(first.name, first.room);
else
    panel.show(first);
for (const { room, name } of outbox.senders()) {
    if (room !== session?.room || name !== session.name)
        couriers.start(room, name);
}
drawOutbox();
