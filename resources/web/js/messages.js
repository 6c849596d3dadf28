// SPDX-License-Identifier: GPL-3.0-or-later
// A message as the page keeps it, and what changes do to it. No drawing, no network.

/**
 * {kind: 'message', seq, id, name, text, time, edited, deleted, reactions}: `edited` is when, or 0; `reactions` a Map from
 * an emoji to the names of those who put it there, in the order in which they did.
 */
export function messageItem(event) {
    return {
        kind: 'message',
        seq: event.seq,
        id: event.id,
        name: String(event.username),
        text: String(event.content),
        time: Date.parse(event.timestamp),
        edited: Date.parse(event.edited) || 0,
        deleted: event.deleted === true,
        reactions: new Map((event.reactions ?? []).map(({ emoji, users }) => [String(emoji), users.map(String)])),
    };
}

/** Applies an edit, a deletion or a reaction; doing it twice changes nothing more. */
export function applyChange(item, event) {
    switch (event.message_type) {
    case 'message_edited':
        if (item.deleted)
            break;
        item.text = String(event.content);
        item.edited = Date.parse(event.timestamp) || Date.now();
        break;
    case 'message_deleted':
        item.text = '';
        item.deleted = true;
        item.edited = 0;
        item.reactions.clear();
        break;
    case 'reaction':
        if (!item.deleted)
            react(item.reactions, String(event.emoji), String(event.username), event.on !== false);
        break;
    default:
        break;
    }
}

function react(reactions, emoji, name, on) {
    const others = (reactions.get(emoji) ?? []).filter((each) => each !== name);
    if (on)
        reactions.set(emoji, reactions.get(emoji)?.includes(name) ? reactions.get(emoji) : [...others, name]);
    else if (others.length > 0)
        reactions.set(emoji, others);
    else
        reactions.delete(emoji);
}
