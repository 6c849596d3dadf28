// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pagefixture.h"

#include <QTest>

#include <numeric>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// Runs before the page's scripts: the sockets are kept in window.sockets, and send nothing while window.mute is set.
/// What contains window.lost never arrives. pass(ms) lets so much time pass at once, for all that waits for a timeout.
constexpr char kSockets[] = R"js(
    const Genuine = WebSocket;
    window.sockets = [];
    window.WebSocket = class extends Genuine {
        constructor(...args) { super(...args); window.sockets.push(this); }
        send(data) { if (!window.mute) super.send(data); }
        get onmessage() { return this.told; }
        set onmessage(call) {
            this.told = call;
            super.onmessage = call && ((event) => window.lost && event.data.includes(window.lost) || call(event));
        }
    };
    const start = setTimeout, stop = clearTimeout, now = Date.now, due = new Map();
    let passed = 0;
    Date.now = () => now() + passed;
    window.setTimeout = (call, ms = 0, ...all) => {
        const run = () => { due.delete(id); call(...all); };
        const id = start(run, ms);
        due.set(id, { at: Date.now() + ms, run });
        return id;
    };
    window.clearTimeout = (id) => { due.delete(id); stop(id); };
    window.pass = (ms) => {
        passed += ms;
        for (const [id, timer] of [...due].sort((a, b) => a[1].at - b[1].at)) {
            if (due.has(id) && timer.at <= Date.now()) {
                stop(id);
                timer.run();
            }
        }
    };
    window.hear = (event) => window.sockets.at(-1).onmessage({data: JSON.stringify(event)});
)js";

} // namespace

void PageFixture::initTestCase()
{
    m_first = std::make_unique<ChatPage>();
    m_second = std::make_unique<ChatPage>();
    m_first->browser().addInitScript(QString::fromLatin1(kSockets));
    QVERIFY2(m_first->browser().error().isEmpty(), qPrintable(m_first->browser().error()));
    QVERIFY2(m_second->browser().error().isEmpty(), qPrintable(m_second->browser().error()));
}

void PageFixture::init()
{
    m_server = std::make_unique<PageServer>();
}

/// Every test ends with pages that behaved.
void PageFixture::cleanup()
{
    for (ChatPage *page : {m_first.get(), m_second.get()}) {
        if (page->browser().execute(u"return location.protocol"_s).toString() == "http:"_L1)
            QCOMPARE(page->breaches(), QStringList());
        page->browser().navigate(QUrl(u"about:blank"_s));
    }
    m_server.reset();
}

void PageFixture::cleanupTestCase()
{
    m_first.reset();
    m_second.reset();
}

QStringList numbered(int count)
{
    QStringList texts;
    for (int number = 1; number <= count; ++number)
        texts.append(u"message %1"_s.arg(number));
    return texts;
}

QList<int> countingUp(qsizetype count)
{
    QList<int> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 1);
    return numbers;
}

void reloadWithUnsent(ChatPage &page, const QString &text)
{
    page.browser().execute(
        u"sessionStorage.setItem('parlance.outbox', JSON.stringify([{cid: 'c-1', room: 'general', name: 'Anna',"
        "text: arguments[0], time: Date.now(), state: 'queued', error: null}]))"_s, {text});
    page.browser().reload();
}

QString unsentIn(ChatPage &page, const QString &room)
{
    return page.browser().execute(
        u"return document.querySelector(`#room-list [data-key='${arguments[0]}'] .unsent + .sr`)?.textContent ?? ''"_s,
        {room}).toString();
}

bool switchRoom(ChatPage &page, const QString &room)
{
    return page.browser().type(u"#room-new"_s, room + QChar(WebDriver::kEnter))
        && page.browser().waitFor(u"document.getElementById('room-name').textContent === '%1'"_s.arg(room));
}

} // namespace Parlance
