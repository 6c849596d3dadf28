// SPDX-License-Identifier: GPL-3.0-or-later
// Finds http and https addresses in what somebody wrote. Everything else stays text.

import { el } from './dom.js';

const kAddress = /\bhttps?:\/\/[^\s<>"'`\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/giu;
const kTail = /[.,;:!?…*_~]+$/u;

/** Cuts what belongs to the sentence and not to the address. */
function trimAddress(text) {
    let address = text.replace(kTail, '');
    for (const [open, close] of ['()', '[]', '{}']) {
        while (address.endsWith(close) && address.split(close).length > address.split(open).length)
            address = address.slice(0, -1).replace(kTail, '');
    }
    return address;
}

function safeHref(text) {
    try {
        const url = new URL(text);
        return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' ? url.href : null;
    } catch {
        return null;
    }
}

/** Text and link nodes for `text`. */
export function linkify(text) {
    const nodes = [];
    let from = 0;
    for (const match of text.matchAll(kAddress)) {
        const address = trimAddress(match[0]);
        const href = safeHref(address);
        if (href === null)
            continue;
        if (match.index > from)
            nodes.push(text.slice(from, match.index));
        nodes.push(el('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'ltr', text: address }));
        from = match.index + address.length;
    }
    if (from < text.length)
        nodes.push(text.slice(from));
    return nodes;
}
