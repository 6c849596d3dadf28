// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/relay.h"
#include "web/pagefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

/// What was written and is not stored yet.
class TestPageOutbox : public PageFixture
{
    Q_OBJECT

private slots:
    void unsentMessageSurvivesReload();
    void refusedMessageCanBeDiscarded();
    void refusalDecidesWhatComesNext_data();
    void refusalDecidesWhatComesNext();
    void unsentMessageGoesOutAfterSwitch();
    void unsentMessageGoesOutAfterLeaving();
    void pacedMessagesGoOutAfterSwitch();
    void outboxIsBounded();
};

void TestPageOutbox::unsentMessageSurvivesReload()
{
    Relay relay(m_server->port());
    QVERIFY(m_server->seat(u"general"_s, u"Keeper"_s));
    ChatPage &page = *m_first;
    QVERIFY(page.join(relay.port(), u"general"_s, u"Anna"_s));
    relay.setWebSocketsBlocked(true);
    relay.cut();
    QVERIFY(page.waitForState(u"waiting"_s));
    QVERIFY(page.say(u"written in a tunnel"_s));
    page.browser().reload();
    QVERIFY(page.waitForState(u"waiting"_s));
    QTRY_COMPARE(page.pending(), QStringList {u"written in a tunnel"_s});
    // Plain HTTP passes, so the page can say what is in the way.
    QVERIFY(page.browser().waitFor(u"document.getElementById('banner').innerText.includes('WebSocket')"_s));

    relay.setWebSocketsBlocked(false);
    page.browser().execute(u"window.dispatchEvent(new Event('online'))"_s);
    QVERIFY(page.waitForMessage(u"written in a tunnel"_s));
    QTRY_COMPARE(page.pending(), QStringList());
    page.browser().reload();
    QVERIFY(page.waitForMessage(u"written in a tunnel"_s));
    QCOMPARE(page.messages(), QStringList {u"written in a tunnel"_s});
}

void TestPageOutbox::refusedMessageCanBeDiscarded()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    // The page would not send this; a page of an older version might.
    page.browser().execute(u"const box = document.getElementById('text'); box.value = 'x'.repeat(4001);"
                           "box.dispatchEvent(new Event('input'))"_s);
    QVERIFY(page.browser().execute(u"return document.getElementById('send').disabled"_s).toBool());
    QVERIFY(page.browser().text(u"#composer-hint"_s).contains(u"1 character too many"_s));

    reloadWithUnsent(page, u"y"_s.repeated(4001));
    QVERIFY(page.browser().waitForSelector(u"#pending .failed"_s));
    QVERIFY(page.browser().text(u"#pending .failure"_s).contains(u"too long"_s));
    QVERIFY(page.browser().click(u"#pending .failure button:last-of-type"_s));
    QTRY_COMPARE(page.pending(), QStringList());
    QCOMPARE(page.messages(), QStringList());
}

void TestPageOutbox::refusalDecidesWhatComesNext_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("passes");
    for (const QString &code : {u"rate_limited"_s, u"unavailable"_s, u"shutting_down"_s, u"internal"_s, u"storage_full"_s})
        QTest::newRow(qPrintable(code)) << code << true;
    for (const QString &code : {u"forbidden"_s, u"too_long"_s, u"conflict"_s, u"of_a_newer_server"_s})
        QTest::newRow(qPrintable(code)) << code << false;
}

void TestPageOutbox::refusalDecidesWhatComesNext()
{
    QFETCH(QString, code);
    QFETCH(bool, passes);
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    page.browser().execute(u"window.mute = true"_s);
    QVERIFY(page.say(u"again"_s));
    QVERIFY(page.browser().waitForSelector(u"#pending .sending"_s));
    page.browser().execute(u"window.mute = false; hear({message_type: 'error', code: arguments[0], detail: 'why',"
                           "cid: document.querySelector('#pending .message').dataset.cid})"_s, {code});
    if (passes) {
        QVERIFY(page.waitForMessage(u"again"_s));
        QTRY_COMPARE(page.pending(), QStringList());
        return;
    }
    QVERIFY(page.browser().waitForSelector(u"#pending .failed"_s));
    QVERIFY(page.browser().click(u"#pending .failure button"_s));
    QVERIFY(page.waitForMessage(u"again"_s));
}

void TestPageOutbox::unsentMessageGoesOutAfterSwitch()
{
    Relay relay(m_server->port());
    QVERIFY(m_server->seat(u"general"_s, u"Keeper"_s));
    ChatPage &page = *m_first;
    QVERIFY(page.join(relay.port(), u"general"_s, u"Anna"_s));
    relay.setWebSocketsBlocked(true);
    relay.cut();
    QVERIFY(page.waitForState(u"waiting"_s));
    QVERIFY(page.say(u"one"_s));
    QVERIFY(page.say(u"two"_s));
    QVERIFY(switchRoom(page, u"Kitchen"_s));
    QTRY_COMPARE(unsentIn(page, u"general"_s), u"2 messages not sent yet"_s);
    QCOMPARE(page.pending(), QStringList());
    page.browser().reload();
    QVERIFY(page.browser().waitFor(u"document.getElementById('room-name').textContent === 'Kitchen'"_s));
    QTRY_COMPARE(unsentIn(page, u"general"_s), u"2 messages not sent yet"_s);

    relay.setWebSocketsBlocked(false);
    page.browser().execute(u"window.dispatchEvent(new Event('online'))"_s);
    QVERIFY(page.waitForState(u"online"_s));
    QTRY_COMPARE_WITH_TIMEOUT(unsentIn(page, u"general"_s), QString(), 15000);
    QVERIFY(switchRoom(page, u"general"_s));
    QVERIFY(page.waitForMessage(u"two"_s));
    QCOMPARE(page.messages(), (QStringList {u"one"_s, u"two"_s}));
    QCOMPARE(page.pending(), QStringList());
}

void TestPageOutbox::unsentMessageGoesOutAfterLeaving()
{
    Relay relay(m_server->port());
    ChatPage &anna = *m_first;
    ChatPage &ben = *m_second;
    QVERIFY(ben.join(m_server->port(), u"general"_s, u"Ben"_s));
    QVERIFY(anna.join(relay.port(), u"general"_s, u"Anna"_s));
    relay.setWebSocketsBlocked(true);
    relay.cut();
    QVERIFY(anna.waitForState(u"waiting"_s));
    QVERIFY(anna.say(u"still from Anna"_s));
    QVERIFY(anna.browser().click(u"#settings-button"_s));
    QVERIFY(anna.browser().click(u"#leave-button"_s));
    QVERIFY(anna.browser().waitFor(u"!document.getElementById('join').hidden"_s));
    QCOMPARE(anna.browser().text(u"#join-unsent"_s), u"1 message not sent yet"_s);
    relay.setWebSocketsBlocked(false);
    anna.browser().execute(u"window.dispatchEvent(new Event('online'))"_s);
    QVERIFY(ben.waitForMessage(u"still from Anna"_s));
    QVERIFY(anna.browser().waitFor(u"document.getElementById('join-unsent').textContent === ''"_s));
}

void TestPageOutbox::pacedMessagesGoOutAfterSwitch()
{
    ChatPage &anna = *m_first;
    ChatPage &ben = *m_second;
    QVERIFY(ben.join(m_server->port(), u"general"_s, u"Ben"_s));
    QVERIFY(anna.join(m_server->port(), u"general"_s, u"Anna"_s));
    const QStringList texts = numbered(12);
    for (const QString &text : texts)
        QVERIFY(anna.say(text));
    QVERIFY(switchRoom(anna, u"Kitchen"_s));
    QVERIFY(ben.waitForMessage(texts.constLast(), 20000));
    QCOMPARE(ben.messages(), texts);
    QTRY_COMPARE(unsentIn(anna, u"general"_s), QString());
    // Who has nothing left to say there is no longer there.
    QTRY_COMPARE(ben.people(), QStringList {u"Ben"_s});
}

void TestPageOutbox::outboxIsBounded()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    page.browser().execute(u"sessionStorage.setItem('parlance.outbox', JSON.stringify(Array.from({length: 200}, (_, n) => ({"
                           "cid: `c-${n}`, room: 'general', name: 'Anna', text: `${n}`, time: 0, state: 'failed',"
                           "error: {code: 'forbidden'}}))))"_s);
    page.browser().reload();
    QVERIFY(page.waitForState(u"online"_s));
    QVERIFY(page.say(u"one too many"_s));
    QVERIFY(page.browser().waitFor(u"document.getElementById('toast').textContent.startsWith('200 messages')"_s));
    QCOMPARE(page.browser().execute(u"return document.getElementById('text').value"_s).toString(), u"one too many"_s);
    QCOMPARE(page.pending().size(), 200);
}

QTEST_GUILESS_MAIN(TestPageOutbox)
#include "tst_pageoutbox.moc"
