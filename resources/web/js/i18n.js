// SPDX-License-Identifier: GPL-3.0-or-later
// Words, numbers and times in the reader's language.

import en from '../i18n/en.js';
import de from '../i18n/de.js';
import { nameNode } from './dom.js';

export const catalogues = { en, de };

let language = 'en';
let locale = 'en';
let plural = new Intl.PluralRules('en');
let formats = {};

/** Chooses the first of `wanted` (BCP 47 tags, best first) that there is a catalogue for. */
export function chooseLanguage(wanted) {
    const tag = wanted.find((each) => each && Object.hasOwn(catalogues, each.split('-')[0].toLowerCase())) ?? 'en';
    language = tag.split('-')[0].toLowerCase();
    try {
        locale = Intl.getCanonicalLocales(tag)[0];
    } catch {
        locale = language;
    }
    plural = new Intl.PluralRules(locale);
    formats = {
        time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }),
        full: new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' }),
        day: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }),
        dayYear: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
        number: new Intl.NumberFormat(locale),
        list: new Intl.ListFormat(locale, { type: 'unit', style: 'short' }),
    };
    document.documentElement.lang = language;
    return language;
}

chooseLanguage(['en']);

function template(key, values) {
    const words = catalogues[language];
    const chosen = Object.hasOwn(values, 'n') ? `${key}.${plural.select(values.n)}` : key;
    return words[chosen] ?? words[`${key}.other`] ?? words[key] ?? key;
}

const shown = (value) => (typeof value === 'number' ? formats.number.format(value) : String(value));

/** The text of `key` with its {placeholders} filled; a value named n chooses the plural form. */
export function t(key, values = {}) {
    return template(key, values).replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? shown(values[name]) : whole));
}

/** As t(), but values may be nodes or lists of nodes. Returns what append() takes. */
export function tNodes(key, values = {}) {
    return template(key, values).split(/(\{\w+\})/).flatMap((part) => {
        const name = part.match(/^\{(\w+)\}$/)?.[1];
        if (name === undefined || !Object.hasOwn(values, name))
            return part === '' ? [] : [part];
        const value = values[name];
        if (Array.isArray(value))
            return value;
        return [value instanceof Node ? value : shown(value)];
    });
}

/** "Anna, Ben, Carl" or "Anna, Ben and 7 others" as nodes. */
export function nameList(names, max = 4) {
    const rest = names.length - max;
    const parts = formats.list.formatToParts(rest > 1 ? names.slice(0, max) : names);
    const nodes = parts.map((part) => (part.type === 'element' ? nameNode(part.value) : part.value));
    return rest > 1 ? tNodes('names.andMore', { names: nodes, n: rest }) : nodes;
}

export const clock = (ms) => formats.time.format(ms);
export const fullTime = (ms) => formats.full.format(ms);
export const number = (value) => formats.number.format(value);

const dayNumber = (ms) => {
    const date = new Date(ms);
    return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86400000);
};

export const sameDay = (a, b) => dayNumber(a) === dayNumber(b);

/** "Today", "Yesterday" or the date. */
export function dayLabel(ms, now = Date.now()) {
    const ago = dayNumber(now) - dayNumber(ms);
    if (ago === 0)
        return t('day.today');
    if (ago === 1)
        return t('day.yesterday');
    return (new Date(ms).getFullYear() === new Date(now).getFullYear() ? formats.day : formats.dayYear).format(ms);
}

/** Fills the elements of the document that name their words. */
export function translatePage(root = document) {
    for (const node of root.querySelectorAll('[data-i18n]'))
        node.textContent = t(node.dataset.i18n);
    for (const node of root.querySelectorAll('[data-i18n-attr]')) {
        for (const pair of node.dataset.i18nAttr.split(';')) {
            const [attribute, key] = pair.split(':');
            node.setAttribute(attribute, t(key));
        }
    }
}
