// SPDX-License-Identifier: GPL-3.0-or-later
// What the page remembers. Private windows may refuse storage: then it lasts as long as the page.

class Drawer {
    #area;
    #spare = new Map();

    constructor(area) {
        this.#area = area;
    }

    read(key, fallback = null) {
        try {
            const text = this.#area().getItem(`parlance.${key}`);
            return text === null ? fallback : JSON.parse(text);
        } catch {
            return this.#spare.get(key) ?? fallback;
        }
    }

    write(key, value) {
        this.#spare.set(key, value);
        try {
            this.#area().setItem(`parlance.${key}`, JSON.stringify(value));
        } catch {
            // Refused or full: the copy in memory has to do.
        }
    }

    remove(key) {
        this.#spare.delete(key);
        try {
            this.#area().removeItem(`parlance.${key}`);
        } catch {
            // As above.
        }
    }
}

/** Of this browser: name, settings, who one is. */
export const browser = new Drawer(() => window.localStorage);
/** Of this tab: the room one is in, unsent messages, drafts. */
export const tab = new Drawer(() => window.sessionStorage);

const kTokens = 16;

/**
 * The resume tokens by name. They are kept per browser and not per tab: two tabs with the same name are the
 * same person, listed once, and a crashed tab gets its name back. Another name is another person.
 */
export function tokenFor(name) {
    return (browser.read('tokens', [])).find((entry) => entry.name === name)?.token ?? null;
}

export function keepToken(name, token) {
    const others = browser.read('tokens', []).filter((entry) => entry.name !== name);
    browser.write('tokens', [...others, { name, token }].slice(-kTokens));
}
