// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chatmanager.h"
#include "support/relay.h"
#include "web/pagefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

namespace {

/// From now on time passes when the test says so; what the page asks for is counted in window.asked. polls(ms) is how
/// many times it means to ask again after so long, look(hidden) has somebody look at the page or away from it.
constexpr char kTimers[] = R"js(
    window.asked = 0;
    const ask = window.fetch;
    window.fetch = (...all) => { ++window.asked; return ask(...all); };
    window.timers = new Map();
    let last = 0;
    window.setTimeout = (call, ms) => { window.timers.set(++last, {call, ms}); return last; };
    window.clearTimeout = (id) => window.timers.delete(id);
    window.polls = (ms) => [...window.timers.values()].filter((timer) => timer.ms === ms).length;
    window.poll = (ms) => [...window.timers.values()].find((timer) => timer.ms === ms).call();
    window.look = (hidden) => {
        Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
        document.dispatchEvent(new Event('visibilitychange'));
    };
)js";

} // namespace

/// Rooms and their long histories: going between them, reading up and down.
class TestPageRooms : public PageFixture
{
    Q_OBJECT

private slots:
    void roomsAreSwitchedInPlace();
    void whatTheRoomIsSetToShowsAtOnce();
    void roomsAreAskedForWhileSomebodyLooks();
    void roomsThatDoNotComeAreAskedForAgain();
    void unreadIsCountedAnewInANewEpoch();
    void peopleStayWhereTheyAre();
    void redrawIsSilent();
    void readerKeepsTheirPlace();
    void olderMessagesAreFetched();
};

void TestPageRooms::roomsAreSwitchedInPlace()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(page.say(u"in general"_s));
    QVERIFY(page.waitForMessage(u"in general"_s));
    QVERIFY(page.browser().type(u"#text"_s, u"half a thought"_s));
    QVERIFY(page.browser().type(u"#room-new"_s, u"Kitchen table"_s + QChar(WebDriver::kEnter)));
    QVERIFY(page.browser().waitFor(u"document.getElementById('room-name').textContent === 'Kitchen table'"_s));
    QVERIFY(page.waitForState(u"online"_s));
    QCOMPARE(page.messages(), QStringList());
    QCOMPARE(page.browser().execute(u"return document.getElementById('text').value"_s).toString(), QString());
    QCOMPARE(page.browser().execute(u"return new URLSearchParams(location.search).get('room')"_s).toString(),
             u"Kitchen table"_s);

    page.browser().execute(u"history.back()"_s);
    QVERIFY(page.browser().waitFor(u"document.getElementById('room-name').textContent === 'general'"_s));
    QVERIFY(page.waitForState(u"online"_s));
    QCOMPARE(page.browser().execute(u"return document.getElementById('text').value"_s).toString(), u"half a thought"_s);
}

void TestPageRooms::whatTheRoomIsSetToShowsAtOnce()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    const auto set = [this](const RoomPatch &patch) {
        m_server->server().app().chat().configureRoom(parseRoomName(u"general"_s).take(), patch, [](const Result<RoomSettings> &) {});
    };
    set({u"Вопросы к Анне <b>"_s, 30});
    QVERIFY(page.browser().waitFor(u"document.getElementById('room-topic').textContent === 'Вопросы к Анне <b>'"_s));
    QVERIFY(page.browser().waitFor(u"document.getElementById('composer-hint').textContent.includes('30')"_s));
    set({{}, 0, true});
    QVERIFY(page.browser().waitFor(u"document.getElementById('text').disabled"_s));
    set({u""_s, {}, false});
    QVERIFY(page.browser().waitFor(u"!document.getElementById('text').disabled"_s));
    QVERIFY(page.browser().waitFor(u"document.getElementById('room-topic').textContent === ''"_s));
}

void TestPageRooms::roomsAreAskedForWhileSomebodyLooks()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(page.browser().waitFor(u"document.querySelector('#room-list [data-key=general]') !== null"_s));
    page.browser().execute(QString::fromLatin1(kTimers));
    page.browser().execute(u"look(false)"_s);
    QVERIFY(page.browser().waitFor(u"window.asked === 1 && polls(20000) === 1"_s));
    page.browser().execute(u"poll(20000)"_s);
    QVERIFY(page.browser().waitFor(u"window.asked === 2"_s));
    page.browser().execute(u"look(true)"_s);
    QVERIFY(page.browser().waitFor(u"polls(20000) === 0"_s));
    QCOMPARE(page.browser().execute(u"return window.asked"_s).toInt(), 2);
    page.browser().execute(u"look(false)"_s);
    QVERIFY(page.browser().waitFor(u"window.asked === 3 && polls(20000) === 1"_s));
}

/// As when a phone left the Wi-Fi: the connection is there, and nothing comes through it.
void TestPageRooms::roomsThatDoNotComeAreAskedForAgain()
{
    Relay relay(m_server->port());
    ChatPage &page = *m_first;
    QVERIFY(page.join(relay.port(), u"general"_s, u"Anna"_s));
    QVERIFY(page.browser().waitFor(u"document.querySelector('#room-list [data-key=general]') !== null"_s));
    page.browser().execute(QString::fromLatin1(kTimers));
    page.browser().execute(u"const genuine = AbortSignal.timeout.bind(AbortSignal);"
                           "AbortSignal.timeout = (ms) => { window.patience = ms; return genuine(50); }"_s);
    relay.setServerMuted(true);
    page.browser().execute(u"look(false)"_s);
    QVERIFY(page.browser().waitFor(u"polls(5000) === 1"_s));
    QVERIFY(page.browser().execute(u"return patience >= 5000 && patience <= 20000"_s).toBool());
    relay.setServerMuted(false);
    page.browser().execute(u"AbortSignal.timeout = () => undefined; poll(5000)"_s);
    QVERIFY(page.browser().waitFor(u"window.asked === 2 && polls(20000) === 1"_s));
}

/// The server forgot everything: what is said then is unread, however much was read before.
void TestPageRooms::unreadIsCountedAnewInANewEpoch()
{
    ChatPage &page = *m_first;
    QVERIFY(m_server->seat(u"general"_s, u"Robot"_s));
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    m_server->say(u"general"_s, u"Robot"_s, numbered(5));
    QVERIFY(page.waitForMessage(u"message 5"_s));
    QVERIFY(switchRoom(page, u"Kitchen"_s));
    QVERIFY(page.waitForState(u"online"_s));
    m_server->server().restart();
    QVERIFY(m_server->seat(u"general"_s, u"Robot"_s));
    m_server->say(u"general"_s, u"Robot"_s, numbered(3));
    QTRY_COMPARE(m_server->server().app().chat().room(parseRoomName(u"general"_s).take())->head, 3u);
    QVERIFY(page.browser().waitFor(u"window.sockets.length >= 3 && document.documentElement.dataset.state === 'online'"_s));
    page.browser().execute(u"window.dispatchEvent(new Event('online'))"_s); // asks for the rooms now
    const QString badge = u"document.querySelector('#room-list [data-key=general] .unread + .sr')?.textContent"_s;
    QVERIFY(page.browser().waitFor(badge + u" === '3 new messages'"_s));
    // Each number is read once: in words.
    QVERIFY(page.browser().execute(u"return [...document.querySelectorAll('#room-list .unread, #room-list .count')]"
                                   ".every((node) => node.ariaHidden === 'true' && node.nextSibling.className === 'sr')"_s).toBool());
}

/// A screen reader stands on a row: as long as the person is there, it is the same row.
void TestPageRooms::peopleStayWhereTheyAre()
{
    ChatPage &page = *m_first;
    for (const QString &name : {u"Carl"_s, u"Emil"_s})
        QVERIFY(m_server->seat(u"general"_s, name));
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Dora"_s));
    QTRY_COMPARE(page.people(), (QStringList {u"Dora"_s, u"Carl"_s, u"Emil"_s}));
    page.browser().execute(u"window.moved = 0; const list = document.getElementById('people-list');"
                           "window.rows = [...list.children];"
                           "new MutationObserver((all) => { for (const each of all) window.moved += each.addedNodes.length + each.removedNodes.length; })"
                           ".observe(list, {childList: true, subtree: true, characterData: true})"_s);
    page.browser().execute(u"for (let i = 0; i < 3; ++i) hear({message_type: 'typing', username: 'Carl', on: true})"_s);
    QVERIFY(page.browser().waitFor(u"window.rows[1].querySelector('.remark')?.textContent === 'writing…'"_s));
    QVERIFY(m_server->seat(u"general"_s, u"Ben"_s));
    QTRY_COMPARE(page.people(), (QStringList {u"Dora"_s, u"Ben"_s, u"Carl"_s, u"Emil"_s}));
    page.browser().execute(u"hear({message_type: 'typing', username: 'Carl', on: false})"_s);
    QVERIFY(page.browser().waitFor(u"window.rows[1].querySelector('.remark') === null"_s));
    QVERIFY(page.browser().execute(u"return window.rows.every((row) => row.isConnected)"_s).toBool());
    QCOMPARE(page.browser().execute(u"return window.moved"_s).toInt(), 3); // the word comes and goes, and Ben comes
}

/// What a screen reader has read before, it does not read again.
void TestPageRooms::redrawIsSilent()
{
    ChatPage &page = *m_first;
    QVERIFY(m_server->seat(u"general"_s, u"Robot"_s));
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    m_server->say(u"general"_s, u"Robot"_s, numbered(900));
    QVERIFY(page.waitForMessage(u"message 900"_s, 30000));
    QVERIFY(page.browser().waitFor(u"document.getElementById('log').ariaBusy === 'false'"_s));
    page.browser().execute(u"const log = document.getElementById('log'); window.loud = 0;"
                           "new MutationObserver((all) => { for (const each of all) window.loud +="
                           "log.ariaBusy === 'true' ? 0 : [...each.addedNodes].filter((row) => row.ariaLive !== 'off').length; })"
                           ".observe(document.getElementById('items'), {childList: true});"
                           "window.kept = document.querySelector(\"[data-seq='890']\")"_s);
    m_server->say(u"general"_s, u"Robot"_s, numbered(300));
    QVERIFY(page.waitForMessage(u"message 300"_s, 30000));
    QTRY_COMPARE(page.seqs().constLast(), 1200);
    // The oldest went, and the others were not made anew.
    QVERIFY(page.seqs().constFirst() > 1);
    QCOMPARE(page.browser().execute(u"return window.sockets.length"_s).toInt(), 1);
    QVERIFY(page.browser().execute(u"return window.kept.isConnected"_s).toBool());
    QCOMPARE(page.browser().execute(u"return document.querySelector('#items .message').classList.contains('first')"_s), QJsonValue(true));
    QCOMPARE(page.browser().execute(u"return window.loud"_s).toInt(), 300);

    page.browser().execute(u"const box = document.getElementById('set-language'); box.value = 'de'; box.dispatchEvent(new Event('change'))"_s);
    QVERIFY(!page.browser().execute(u"return window.kept.isConnected"_s).toBool());
    QCOMPARE(page.browser().execute(u"return window.loud"_s).toInt(), 300);
    QVERIFY(page.browser().waitFor(u"document.getElementById('log').ariaBusy === 'false'"_s));
}

void TestPageRooms::readerKeepsTheirPlace()
{
    ChatPage &anna = *m_first;
    QVERIFY(anna.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(m_server->seat(u"general"_s, u"Robot"_s));
    m_server->say(u"general"_s, u"Robot"_s, numbered(1300));
    QVERIFY(anna.waitForMessage(u"message 1300"_s, 30000));
    const int rows = anna.browser().execute(u"return document.getElementById('items').childElementCount"_s).toInt();
    QVERIFY2(rows <= 1100, qPrintable(QString::number(rows)));
    QVERIFY(anna.browser().execute(u"const log = document.getElementById('log');"
                                   "return log.scrollHeight - log.scrollTop - log.clientHeight < 2"_s).toBool());

    anna.browser().execute(u"document.getElementById('log').scrollTop -= 2000"_s);
    QVERIFY(anna.browser().waitFor(u"!document.getElementById('newest').hidden"_s));
    // Rows may go at the top meanwhile: what counts is where a row stands before the reader's eyes.
    const int seq = anna.browser().execute(
        u"const log = document.getElementById('log').getBoundingClientRect();"
        "return Number(document.elementFromPoint(log.left + 200, log.top + log.height / 2).closest('.message').dataset.seq)"_s)
                        .toInt();
    const auto place = [&anna, seq] {
        return anna.browser().execute(
            u"return document.querySelector(`[data-seq='${arguments[0]}']`).getBoundingClientRect().top"_s, {seq}).toDouble();
    };
    const double before = place();
    m_server->say(u"general"_s, u"Robot"_s, numbered(2));
    QVERIFY(anna.browser().waitFor(u"document.getElementById('newest').textContent === '2 new messages'"_s));
    QVERIFY2(qAbs(place() - before) <= 1, qPrintable(u"moved by %1 px"_s.arg(place() - before)));
    m_server->say(u"general"_s, u"Robot"_s, numbered(150));
    QVERIFY(anna.browser().waitFor(u"document.getElementById('newest').textContent === '152 new messages'"_s));
    QVERIFY2(qAbs(place() - before) <= 1, qPrintable(u"moved by %1 px"_s.arg(place() - before)));
    QVERIFY(anna.browser().click(u"#newest"_s));
    QVERIFY(anna.browser().waitFor(u"document.getElementById('newest').hidden"_s));
}

void TestPageRooms::olderMessagesAreFetched()
{
    QVERIFY(m_server->seat(u"general"_s, u"Robot"_s));
    m_server->say(u"general"_s, u"Robot"_s, numbered(120));
    ChatPage &page = *m_first;
    QTRY_COMPARE(m_server->server().app().chat().rooms().constFirst().messages, 120u);
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    QCOMPARE(page.seqs().size(), 50);
    page.browser().execute(u"document.getElementById('log').scrollTop = 0"_s);
    QVERIFY(page.browser().click(u"#older"_s));
    QVERIFY(page.waitForMessage(u"message 1"_s));
    QCOMPARE(page.seqs(), countingUp(120));
    QVERIFY(page.browser().execute(u"return document.getElementById('older').hidden"_s).toBool());
    // What was at the top is still in sight, with the older ones above it.
    QVERIFY(page.browser().execute(u"const log = document.getElementById('log').getBoundingClientRect();"
                                   "const top = document.querySelector('[data-seq=\"71\"]').getBoundingClientRect().top;"
                                   "return top >= log.top && top < log.top + 150"_s).toBool());
}

QTEST_GUILESS_MAIN(TestPageRooms)
#include "tst_pagerooms.moc"
