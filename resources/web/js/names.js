// SPDX-License-Identifier: GPL-3.0-or-later
// The naming rules, told while somebody types. The server decides; this only spares a round trip.

import { codePoints } from './dom.js';

export const kNameMax = 32;
export const kRoomMax = 64;

/** What is sent for what was typed. */
export const cleanName = (text) => text.trim().normalize('NFC').replace(/ {2,}/g, ' ');

/** The key of the words that say what is wrong, or null. `kind` is 'name' or 'room'. */
export function nameFault(text, kind) {
    const clean = cleanName(text);
    if (clean === '')
        return `fault.${kind}Empty`;
    if (codePoints(clean) > (kind === 'room' ? kRoomMax : kNameMax))
        return `fault.${kind}Long`;
    if (!/^[\p{L}\p{M}\p{N} ._-]+$/u.test(clean))
        return `fault.${kind}Chars`;
    if (!/^[\p{L}\p{N}]/u.test(clean))
        return `fault.${kind}Start`;
    if (/\p{M}{5}/u.test(clean))
        return `fault.${kind}Marks`;
    return null;
}

/** The address of a room's WebSocket, relative to wherever this page is served. */
export function socketUrl(room, name, query) {
    const url = new URL(`ws/${encodeURIComponent(room)}/${encodeURIComponent(name)}`, document.baseURI);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.search = new URLSearchParams(query).toString();
    return url.href;
}

/** The address that brings somebody else into a room. */
export function shareUrl(room) {
    const url = new URL(document.location.href);
    url.search = new URLSearchParams({ room }).toString();
    url.hash = '';
    return url.href;
}
