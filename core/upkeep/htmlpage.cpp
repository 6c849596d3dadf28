// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/htmlpage.h"

#include <QDateTime>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Parlance::HtmlPage {

namespace {

QByteArray escaped(const QString &text)
{
    return text.toHtmlEscaped().toUtf8();
}

QDateTime utc(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time, Qt::UTC);
}

constexpr char kHead[] = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Chat history</title>
<style>
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2124; --soft: #5c666d; --line: #dbe0e2; --accent: #0f6b63; --mark: #ffe58a; }
@media (prefers-color-scheme: dark) { :root { --paper: #16191b; --ink: #e4e7e8; --soft: #9aa4aa; --line: #30373b; --accent: #6fc7bb; --mark: #6b5600; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.45 system-ui, sans-serif; }
header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px; align-items: center; padding: 10px 16px;
  background: var(--paper); border-bottom: 1px solid var(--line); }
header input { flex: 1; min-width: 10em; max-width: 30em; padding: 8px 12px; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--soft); border-radius: 8px; }
header button { padding: 7px 12px; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px; }
header output { color: var(--soft); min-width: 7em; }
main { max-width: 52em; margin: 0 auto; padding: 8px 16px 48px; }
h2 { margin: 32px 0 4px; overflow-wrap: anywhere; }
h3 { display: flex; gap: 12px; align-items: center; margin: 24px 0 8px; font-size: 13px; color: var(--soft); }
h3::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
article { padding: 3px 0; content-visibility: auto; contain-intrinsic-size: auto 3em; }
article p { margin: 0; }
.by { font-size: 13px; color: var(--soft); }
.by b { color: var(--accent); font-size: 15px; margin-inline-end: 6px; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
mark { background: var(--mark); color: inherit; }
.here { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
.filtered article:not(.hit), .filtered h3 { display: none; }
@media print { header { display: none; } article { content-visibility: visible; } }
</style>
</head>
<body>
<header hidden>
<input type="search" id="q" placeholder="Search" aria-label="Search" autocomplete="off">
<button type="button" id="back" aria-label="Previous hit">&#8593;</button>
<button type="button" id="on" aria-label="Next hit">&#8595;</button>
<label><input type="checkbox" id="only" style="flex:none;min-width:0"> hits only</label>
<output id="count" for="q"></output>
</header>
<main>
)html";

constexpr char kTail[] = R"html(</main>
<script>
const all = [...document.querySelectorAll('article')];
const words = all.map((each) => each.textContent.toLowerCase());
const field = document.getElementById('q'), count = document.getElementById('count'), only = document.getElementById('only');
let hits = [], at = -1, timer = 0;
document.querySelector('header').hidden = false;
function plain(node) { node.textContent = node.textContent; }
function light(node, wanted) {
  const text = node.textContent, low = text.toLowerCase();
  if (low.length !== text.length) return; // letters that grow in lower case: found, not marked
  node.textContent = '';
  let from = 0;
  for (let to = low.indexOf(wanted); to >= 0; to = low.indexOf(wanted, from)) {
    const mark = document.createElement('mark');
    mark.textContent = text.slice(to, to + wanted.length);
    node.append(text.slice(from, to), mark);
    from = to + wanted.length;
  }
  node.append(text.slice(from));
}
function search() {
  for (const each of hits) { each.classList.remove('hit', 'here'); plain(each.querySelector('.text')); }
  const wanted = field.value.trim().toLowerCase();
  hits = wanted === '' ? [] : all.filter((each, i) => words[i].includes(wanted));
  for (const each of hits) { each.classList.add('hit'); light(each.querySelector('.text'), wanted); }
  document.body.classList.toggle('filtered', only.checked && wanted !== '');
  at = -1;
  count.textContent = wanted === '' ? '' : `${hits.length} found`;
  if (hits.length > 0) go(hits.length - 1);
}
function go(to) {
  if (hits.length === 0) return;
  hits[at]?.classList.remove('here');
  at = (to + hits.length) % hits.length;
  hits[at].classList.add('here');
  hits[at].scrollIntoView({ block: 'center' });
  count.textContent = `${at + 1} of ${hits.length}`;
}
field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(search, 150); });
field.addEventListener('keydown', (event) => { if (event.key === 'Enter') go(event.shiftKey ? at - 1 : at + 1); });
only.addEventListener('change', search);
document.getElementById('back').addEventListener('click', () => go(at - 1));
document.getElementById('on').addEventListener('click', () => go(at + 1));
</script>
</body>
</html>
)html";

} // namespace

QByteArray begin()
{
    return kHead;
}

QByteArray room(const RoomName &name)
{
    return "<h2 dir=\"auto\">" + escaped(name.text()) + "</h2>\n";
}

QByteArray day(qint64 time)
{
    return "<h3>" + utc(time).toString(u"yyyy-MM-dd"_s).toLatin1() + " UTC</h3>\n";
}

QByteArray message(const Message &message)
{
    const QByteArray time = utc(message.timestamp).toString(u"HH:mm:ss"_s).toLatin1();
    const QByteArray edited = message.aftermath && message.aftermath->edited > 0 ? " (edited)" : "";
    return "<article id=\"" + escaped(message.id.toString()) + "\"><p class=\"by\"><b><bdi>" + escaped(message.author.text())
        + "</bdi></b> " + time + edited + "</p><p class=\"text\" dir=\"auto\">" + escaped(message.content) + "</p></article>\n";
}

QByteArray end()
{
    return kTail;
}

} // namespace Parlance::HtmlPage
