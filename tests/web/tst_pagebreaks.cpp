// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/relay.h"
#include "web/pagefixture.h"

#include <QTest>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace Parlance;

/// Breaks of the connection, from outside and by the operator: nothing is lost or told twice.
class TestPageBreaks : public PageFixture
{
    Q_OBJECT

private slots:
    void breakLosesAndRepeatsNothing();
    void lostEchoRepeatsNothing();
    void repeatedEchoIsDropped();
    void nameIsTakenBackFromOnesGhost();
    void historyIsWaitedFor();
    void kickedWithReason();
    void kickedIsToldWhyAgain();
    void closedRoomCanBeJoinedAgain();
    void noticeIsShownOnce();
};

void TestPageBreaks::breakLosesAndRepeatsNothing()
{
    Relay relay(m_server->port());
    ChatPage &anna = *m_first;
    ChatPage &ben = *m_second;
    QVERIFY(anna.join(relay.port(), u"general"_s, u"Anna"_s));
    QVERIFY(ben.join(m_server->port(), u"general"_s, u"Ben"_s));
    QVERIFY(m_server->seat(u"general"_s, u"Robot"_s));
    QStringList expected;
    for (int round = 1; round <= 2; ++round) {
        relay.setWebSocketsBlocked(true);
        relay.cut();
        QVERIFY(anna.waitForState(u"waiting"_s));
        // More than a newcomer would be given.
        const QStringList missed = numbered(80).replaceInStrings(u"message"_s, u"round %1 message"_s.arg(round));
        m_server->say(u"general"_s, u"Robot"_s, missed);
        QVERIFY(ben.waitForMessage(missed.constLast()));
        expected += missed;
        const QString own = u"round %1 from Anna"_s.arg(round);
        QVERIFY(anna.say(own));
        QTRY_COMPARE(anna.pending(), QStringList {own});
        QVERIFY(anna.browser().text(u"#banner"_s).contains(u"1 message waits"_s));
        expected.append(own);

        relay.setWebSocketsBlocked(false);
        QVERIFY(anna.browser().click(u"#banner-now"_s) || anna.state() != u"waiting"_s);
        QVERIFY(anna.waitForState(u"online"_s));
        QVERIFY(ben.waitForMessage(own));
        QVERIFY(anna.waitForMessage(own));
        QTRY_COMPARE(anna.pending(), QStringList());
    }
    QCOMPARE(anna.messages(), expected);
    QCOMPARE(ben.messages(), expected);
    QCOMPARE(anna.seqs(), countingUp(expected.size()));
    QCOMPARE(anna.browser().text(u"#me-name"_s), u"Anna"_s);
    QVERIFY(relay.webSockets() >= 3);
}

void TestPageBreaks::lostEchoRepeatsNothing()
{
    Relay relay(m_server->port());
    ChatPage &anna = *m_first;
    ChatPage &ben = *m_second;
    QVERIFY(ben.join(m_server->port(), u"general"_s, u"Ben"_s));
    QVERIFY(anna.join(relay.port(), u"general"_s, u"Anna"_s));
    QVERIFY(ben.say(u"one"_s));
    QVERIFY(anna.waitForMessage(u"one"_s));
    relay.setServerMuted(true);
    QVERIFY(anna.say(u"two"_s));
    QVERIFY(ben.waitForMessage(u"two"_s));
    QCOMPARE(anna.pending(), QStringList {u"two"_s});
    relay.cut();
    relay.setServerMuted(false);
    QVERIFY(anna.waitForMessage(u"two"_s));
    QTRY_COMPARE(anna.pending(), QStringList());
    QVERIFY(ben.say(u"three"_s));
    QVERIFY(anna.waitForMessage(u"three"_s));
    QCOMPARE(anna.messages(), (QStringList {u"one"_s, u"two"_s, u"three"_s}));
    QCOMPARE(ben.messages(), anna.messages());
}

void TestPageBreaks::repeatedEchoIsDropped()
{
    QVERIFY(m_server->seat(u"general"_s, u"Robot"_s));
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    reloadWithUnsent(page, u"said once"_s);
    QVERIFY(page.waitForMessage(u"said once"_s));
    // So much later that history does not bring it: the server answers the same cid with the old message.
    m_server->say(u"general"_s, u"Robot"_s, numbered(60));
    QVERIFY(page.waitForMessage(u"message 60"_s));
    reloadWithUnsent(page, u"said once"_s);
    QVERIFY(page.waitForMessage(u"message 60"_s));
    QTRY_COMPARE(page.pending(), QStringList());
    QVERIFY(page.say(u"later"_s));
    QVERIFY(page.waitForMessage(u"later"_s));
    QList<int> expected = countingUp(62);
    expected.remove(0, expected.size() - page.seqs().size());
    QCOMPARE(page.seqs(), expected);
    QVERIFY(!page.messages().contains(u"said once"_s));
}

void TestPageBreaks::nameIsTakenBackFromOnesGhost()
{
    Relay relay(m_server->port());
    ChatPage &anna = *m_first;
    ChatPage &ben = *m_second;
    QVERIFY(ben.join(m_server->port(), u"general"_s, u"Ben"_s));
    QVERIFY(anna.join(relay.port(), u"general"_s, u"Anna"_s));
    relay.cutClients();
    QVERIFY(anna.waitForState(u"waiting"_s));
    QVERIFY(anna.waitForState(u"online"_s));
    QCOMPARE(anna.browser().text(u"#me-name"_s), u"Anna"_s);
    QCOMPARE(ben.people(), (QStringList {u"Ben"_s, u"Anna"_s}));
    QCOMPARE(ben.comings(), QStringList {u"Anna joined"_s});
}

/// On a slow line: nothing goes out before the history has ended, and silence in the middle of it is a dead line.
void TestPageBreaks::historyIsWaitedFor()
{
    ChatPage &anna = *m_first;
    QVERIFY(m_server->seat(u"Kitchen"_s, u"Robot"_s));
    m_server->say(u"Kitchen"_s, u"Robot"_s, numbered(2));
    QVERIFY(anna.join(m_server->port(), u"general"_s, u"Anna"_s));
    anna.browser().execute(u"window.lost = 'history_end'"_s);
    QVERIFY(switchRoom(anna, u"Kitchen"_s));
    QVERIFY(anna.waitForMessage(u"message 2"_s));
    QVERIFY(anna.say(u"not yet"_s));
    for (int round = 0; round < 3; ++round) {
        anna.browser().execute(u"pass(19000); hear({message_type: 'typing', username: 'Robot', on: true})"_s);
        QCOMPARE(anna.state(), u"catching-up"_s);
        QCOMPARE(anna.pending(), QStringList {u"not yet"_s});
    }
    QCOMPARE(anna.browser().execute(u"return sockets.length"_s).toInt(), 2);

    anna.browser().execute(u"window.lost = ''; pass(21000)"_s);
    QCOMPARE(anna.state(), u"waiting"_s);
    QVERIFY(anna.waitForMessage(u"not yet"_s));
    QTRY_COMPARE(anna.pending(), QStringList());
    QCOMPARE(anna.messages(), (QStringList {u"message 1"_s, u"message 2"_s, u"not yet"_s}));
    QVERIFY(anna.browser().execute(u"return sockets.at(-1).url.includes('since=2')"_s).toBool());
}

void TestPageBreaks::kickedWithReason()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(m_server->kick(u"general"_s, u"Anna"_s, u"<b>Too loud</b>"_s, std::chrono::seconds(2)));
    QVERIFY(page.waitForState(u"kicked"_s));
    QVERIFY(page.browser().text(u"#banner"_s).contains(u"<b>Too loud</b>"_s));
    QVERIFY(page.browser().execute(u"return document.getElementById('text').disabled"_s).toBool());
    QVERIFY(page.browser().execute(u"return document.getElementById('banner-now').disabled"_s).toBool());
    QVERIFY(page.browser().waitFor(u"!document.getElementById('banner-now').disabled"_s));
    QVERIFY(page.browser().click(u"#banner-now"_s));
    QVERIFY(page.waitForState(u"online"_s));
    QVERIFY(page.say(u"quieter"_s));
    QVERIFY(page.waitForMessage(u"quieter"_s));
}

/// Who comes back too early reads the operator's reason in their own language, without the server's English around it.
void TestPageBreaks::kickedIsToldWhyAgain()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(m_server->kick(u"general"_s, u"Anna"_s, u"zu laut"_s, std::chrono::minutes(5)));
    QVERIFY(page.waitForState(u"kicked"_s));
    const QString first = page.browser().text(u"#banner-text"_s);
    page.browser().execute(u"const box = document.getElementById('set-language'); box.value = 'de'; box.dispatchEvent(new Event('change'))"_s);
    page.browser().reload();
    QVERIFY(page.waitForState(u"kicked"_s));
    const QString again = page.browser().text(u"#banner-text"_s);
    QVERIFY2(again.contains(u"zu laut"_s) && !again.contains(u"removed"_s) && again != first, qPrintable(again));
}

void TestPageBreaks::closedRoomCanBeJoinedAgain()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    page.browser().execute(u"hear({message_type: 'kicked', cause: 'room_closed', reason: '', rejoin_after_ms: 0});"
                           "sockets.at(-1).onclose({code: 4404, reason: 'room closed'})"_s);
    QVERIFY(page.waitForState(u"room_closed"_s));
    QVERIFY(page.browser().text(u"#banner-text"_s).startsWith(u"The operator closed this room."_s));
    QVERIFY(!page.browser().text(u"#banner"_s).contains(u"removed"_s));
    QVERIFY(!page.browser().execute(u"const bad = document.createElement('p'); bad.className = 'bad'; document.body.append(bad);"
                                    "return getComputedStyle(bad).color === getComputedStyle(document.getElementById('banner')).color"_s)
                 .toBool(true));
    QCOMPARE(page.browser().text(u"#banner-now"_s), u"Join again"_s);
    QVERIFY(page.browser().click(u"#banner-now"_s));
    QVERIFY(page.waitForState(u"online"_s));
    QVERIFY(page.say(u"anew"_s));
    QVERIFY(page.waitForMessage(u"anew"_s));
}

void TestPageBreaks::noticeIsShownOnce()
{
    Relay relay(m_server->port());
    ChatPage &page = *m_first;
    QVERIFY(page.join(relay.port(), u"general"_s, u"Anna"_s));
    QVERIFY(m_server->notice(u"Tea at <i>five</i>"_s));
    QVERIFY(page.browser().waitForSelector(u"#notices .notice"_s));
    QVERIFY(page.browser().text(u"#notices"_s).contains(u"Tea at <i>five</i>"_s));
    const auto count = [&page] { return page.browser().texts(u"#notices .notice"_s).size(); };
    // The message behind it tells that the second one has arrived, too.
    QVERIFY(m_server->notice(u"Tea at <i>five</i>"_s));
    QVERIFY(page.say(u"after it"_s));
    QVERIFY(page.waitForMessage(u"after it"_s));
    QCOMPARE(count(), 1);
    relay.cut();
    QVERIFY(page.browser().waitFor(u"window.sockets.length > 1 && document.documentElement.dataset.state === 'online'"_s));
    QCOMPARE(count(), 1);

    QVERIFY(page.browser().click(u"#notices .close"_s));
    QTRY_COMPARE(count(), 0);
    relay.cut();
    QVERIFY(page.browser().waitFor(u"window.sockets.length > 2 && document.documentElement.dataset.state === 'online'"_s));
    QVERIFY(page.say(u"after the break"_s));
    QVERIFY(page.waitForMessage(u"after the break"_s));
    QCOMPARE(count(), 0);
    QVERIFY(m_server->notice(u"Tea is over"_s));
    QTRY_COMPARE(count(), 1);
}

QTEST_GUILESS_MAIN(TestPageBreaks)
#include "tst_pagebreaks.moc"
