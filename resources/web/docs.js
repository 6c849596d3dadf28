// SPDX-License-Identifier: GPL-3.0-or-later
// Shows openapi.json as something to read. What the file says goes in as text.

import { byId, el } from './js/dom.js';

const base = new URL('./', document.baseURI);

/** Text in which `backquotes` mark code. */
function prose(text) {
    return String(text ?? '').split('`').map((part, index) => (index % 2 === 1 ? el('code', { text: part }) : part));
}

function resolve(spec, node) {
    if (!node?.$ref)
        return node ?? {};
    return node.$ref.split('/').slice(1).reduce((at, key) => at?.[key], spec) ?? {};
}

function typeOf(spec, schema) {
    const shape = resolve(spec, schema);
    if (shape.const !== undefined)
        return JSON.stringify(shape.const);
    if (shape.enum)
        return shape.enum.map((value) => JSON.stringify(value)).join(' | ');
    if (shape.type === 'array')
        return `array of ${typeOf(spec, shape.items)}`;
    return shape.format === 'date-time' ? 'time' : shape.type ?? 'any';
}

function limitsOf(schema) {
    const parts = [];
    if (schema.minimum !== undefined && schema.maximum !== undefined)
        parts.push(`${schema.minimum} to ${schema.maximum}`);
    if (schema.default !== undefined)
        parts.push(`default ${schema.default}`);
    return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** One row per key; objects within are listed below with a dotted name. */
function schemaRows(spec, schema, prefix = '', depth = 0) {
    const shape = resolve(spec, schema);
    return Object.entries(shape.properties ?? {}).flatMap(([key, value]) => {
        const inner = resolve(spec, value);
        const row = el('tr', {}, el('td', {}, el('code', { text: prefix + key })), el('td', { text: typeOf(spec, value) }),
            el('td', {}, ...prose(value.description ?? inner.description)));
        const below = inner.type === 'array' ? resolve(spec, inner.items) : inner;
        const dotted = `${prefix}${key}${inner.type === 'array' ? '[]' : ''}.`;
        return [row, ...(depth < 3 && below.properties ? schemaRows(spec, below, dotted, depth + 1) : [])];
    });
}

function table(heads, rows) {
    return el('div', { class: 'scroll' }, el('table', {},
        el('thead', {}, el('tr', {}, ...heads.map((head) => el('th', { scope: 'col', text: head })))), el('tbody', {}, ...rows)));
}

function curl(path, parameters) {
    const filled = path.replace(/\{(\w+)\}/g, (whole, name) => encodeURIComponent(parameters.find((each) => each.name === name)?.example ?? name));
    const query = parameters.filter((each) => each.in === 'query').map((each) => `${each.name}=${each.schema?.default ?? ''}`).join('&');
    return `curl '${new URL(filled.slice(1) || '.', base).href}${query ? `?${query}` : ''}'`;
}

function routeNode(spec, path, method, operation) {
    const parameters = (operation.parameters ?? []).map((each) => resolve(spec, each));
    const node = el('section', { class: 'route', id: operation.operationId },
        el('h3', {}, el('span', { class: 'method', text: method.toUpperCase() }), path),
        el('p', {}, ...prose(operation.summary), '.'));
    if (operation.description)
        node.append(el('p', {}, ...prose(operation.description)));
    node.append(el('pre', {}, el('code', { text: curl(path, parameters) })));
    if (parameters.length > 0) {
        node.append(el('h4', { text: 'Parameters' }), table(['Name', 'Where', 'Type', 'Meaning'], parameters.map((each) => el('tr', {},
            el('td', {}, el('code', { text: each.name })), el('td', { text: each.in }),
            el('td', { text: typeOf(spec, each.schema) + limitsOf(each.schema ?? {}) }), el('td', {}, ...prose(each.description))))));
    }
    const answers = Object.entries(operation.responses).map(([status, answer]) => [status, resolve(spec, answer)]);
    node.append(el('h4', { text: 'Answers' }), table(['Status', 'Meaning', 'Form'], answers.map(([status, answer]) => el('tr', {},
        el('td', {}, el('code', { text: status })), el('td', {}, ...prose(answer.description)),
        el('td', { text: Object.keys(answer.content ?? {}).join(', ') })))));
    const body = answers.find(([status]) => status === '200')?.[1].content?.['application/json'];
    const rows = schemaRows(spec, body?.schema);
    if (rows.length > 0)
        node.append(el('h4', { text: 'Body' }), table(['Key', 'Type', 'Meaning'], rows));
    if (body?.example)
        node.append(el('pre', {}, el('code', { text: JSON.stringify(body.example, null, 2) })));
    return node;
}

async function show() {
    const reply = await fetch(new URL('openapi.json', base));
    const spec = await reply.json();
    byId('version').textContent = spec.info.version;
    const routes = Object.entries(spec.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
    byId('routes').replaceChildren(...routes.map((each) => routeNode(spec, each.path, each.method, each.operation)));
    byId('contents-http').replaceChildren(...routes.map((each) =>
        el('li', {}, el('a', { href: `docs#${each.operation.operationId}`, text: each.path }))));
}

const socketBase = new URL(base);
socketBase.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
byId('ws-address').textContent = `${socketBase.href}ws/{room}/{username}`;
for (const node of document.querySelectorAll('.ws-base'))
    node.textContent = socketBase.href;
show().catch((error) => byId('routes').replaceChildren(el('p', { class: 'bad', text: `openapi.json could not be read: ${error.message}` })));
