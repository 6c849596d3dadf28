// SPDX-License-Identifier: GPL-3.0-or-later
// The only place where elements are made. Text goes in as text nodes, never as markup.

/** The element with that id. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element. `props`: class, text, and any attribute; a value of false, null or undefined leaves it out.
 * Children are nodes or strings.
 */
export function el(tag, props = {}, ...children) {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(props)) {
        if (value === false || value === null || value === undefined)
            continue;
        if (key === 'class')
            node.className = value;
        else if (key === 'text')
            node.textContent = value;
        else
            node.setAttribute(key, value === true ? '' : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
}

/** A name that somebody chose: isolated, so that its writing direction cannot reorder what stands beside it. */
export const nameNode = (name) => el('bdi', { class: 'name', text: name });

/** A phone or tablet, where focusing a field opens the keyboard over half of the page. */
export const isTouch = () => window.matchMedia('(pointer: coarse)').matches;

/** Code points, which is what the server counts. */
export function codePoints(text) {
    let count = 0;
    for (const _ of text)
        ++count;
    return count;
}

const kTones = 6;

/** The class of the muted tone that goes with a name, always the same one. */
export function toneOf(name) {
    let hash = 7;
    for (const char of name)
        hash = (hash * 31 + char.codePointAt(0)) % 9973;
    return `tone-${hash % kTones}`;
}

/** A round picture with the first letter of a name. Says nothing to a screen reader. */
export function avatar(name) {
    const node = el('span', { 'aria-hidden': 'true' });
    paintAvatar(node, name);
    return node;
}

export function paintAvatar(node, name) {
    node.className = `avatar ${toneOf(name)}`;
    node.textContent = (name.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? name.slice(0, 1)).toLocaleUpperCase();
}
