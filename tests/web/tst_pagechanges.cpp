// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pagefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

/// Edits, deletions and reactions, as two people make and see them.
class TestPageChanges : public PageFixture
{
    Q_OBJECT

private slots:
    void init();
    void editedInPlace();
    void editByTheKeyboard();
    void editIsNotLostWithTheConnection();
    void deletedAfterAQuestion();
    void reactions();
    void onlyOnesOwn();
    void aNewcomerSeesTheStateOfNow();
    void anEventOfAnUnknownMessage();
    void changesBeforeTheirMessage();

private:
    bool press(ChatPage &page, const QString &label);
    bool point(ChatPage &page, int seq);
    QString row(ChatPage &page, int seq);
};

void TestPageChanges::init()
{
    PageFixture::init();
    QVERIFY(m_first->join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(m_second->join(m_server->port(), u"general"_s, u"Ben"_s));
    QVERIFY(m_first->say(u"first"_s));
    QVERIFY(m_second->waitForMessage(u"first"_s));
}

/// A message is pointed at with the keyboard: its tools appear.
bool TestPageChanges::point(ChatPage &page, int seq)
{
    return page.browser()
        .execute(u"const row = document.querySelector(`.message[data-seq='${arguments[0]}']`); row.focus();"
                 "return row.querySelector('.tools') !== null"_s, {seq})
        .toBool();
}

bool TestPageChanges::press(ChatPage &page, const QString &label)
{
    return page.browser()
        .execute(u"const found = [...document.querySelectorAll('.tools button, .edit-form button, .reaction')]"
                 ".find((each) => (each.getAttribute('aria-label') ?? each.textContent).startsWith(arguments[0]));"
                 "found?.click(); return found !== undefined"_s, {label})
        .toBool();
}

/// What its row says, without who and when.
QString TestPageChanges::row(ChatPage &page, int seq)
{
    return page.browser()
        .execute(u"const row = document.querySelector(`.message[data-seq='${arguments[0]}']`);"
                 "return [...row.querySelectorAll('.text, .reaction')].map((each) => each.textContent).join('|')"_s, {seq})
        .toString();
}

void TestPageChanges::editedInPlace()
{
    QVERIFY(point(*m_first, 1));
    QVERIFY(press(*m_first, u"Edit"_s));
    m_first->browser().execute(u"document.querySelector('.edit-form textarea').value = 'better <b>'"_s);
    QVERIFY(press(*m_first, u"Save"_s));
    QTRY_COMPARE(row(*m_second, 1), u"better <b> (edited)"_s);
    QTRY_COMPARE(row(*m_first, 1), u"better <b> (edited)"_s);
    QTRY_VERIFY(!m_first->browser().execute(u"return document.querySelector('.edit-form') !== null"_s).toBool());
}

void TestPageChanges::editByTheKeyboard()
{
    m_first->browser().execute(
        u"const box = document.getElementById('text'); box.focus();"
        "box.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowUp', bubbles: true}))"_s);
    QVERIFY(m_first->browser().execute(u"return document.activeElement.matches('.edit-form textarea')"_s).toBool());
    m_first->browser().execute(u"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true}))"_s);
    QVERIFY(m_first->browser().execute(u"return document.querySelector('.edit-form') === null"_s).toBool());
    QCOMPARE(row(*m_first, 1), u"first"_s);
    QVERIFY(m_first->browser().execute(u"return document.activeElement.id === 'text'"_s).toBool());
}

void TestPageChanges::editIsNotLostWithTheConnection()
{
    QVERIFY(point(*m_first, 1));
    QVERIFY(press(*m_first, u"Edit"_s));
    m_first->browser().execute(u"document.querySelector('.edit-form textarea').value = 'from the tunnel';"
                               "window.sockets.forEach((socket) => socket.close())"_s);
    QVERIFY(m_first->waitForState(u"waiting"_s));
    QVERIFY(press(*m_first, u"Save"_s));
    QTRY_VERIFY(m_first->browser().text(u".edit-form .failure"_s).contains(u"no connection"_s));
    m_first->browser().execute(u"window.dispatchEvent(new Event('online'))"_s);
    QVERIFY(m_first->waitForState(u"online"_s));
    QVERIFY(press(*m_first, u"Save"_s));
    QTRY_COMPARE(row(*m_second, 1), u"from the tunnel (edited)"_s);
}

void TestPageChanges::deletedAfterAQuestion()
{
    QVERIFY(point(*m_first, 1));
    QVERIFY(press(*m_first, u"Delete"_s));
    QVERIFY(press(*m_first, u"Keep"_s));
    QCOMPARE(row(*m_first, 1), u"first"_s);
    m_first->browser().execute(u"document.activeElement.blur()"_s);
    QVERIFY(point(*m_first, 1));
    QVERIFY(press(*m_first, u"Delete"_s));
    QVERIFY(press(*m_first, u"Delete"_s));
    QTRY_COMPARE(row(*m_first, 1), u"Message deleted"_s);
    QTRY_COMPARE(row(*m_second, 1), u"Message deleted"_s);
    m_second->browser().reload();
    QVERIFY(m_second->waitForState(u"online"_s));
    QTRY_COMPARE(row(*m_second, 1), u"Message deleted"_s);
}

void TestPageChanges::reactions()
{
    QVERIFY(point(*m_second, 1));
    QVERIFY(press(*m_second, u"React"_s));
    QVERIFY(press(*m_second, u"🎉"_s));
    QTRY_COMPARE(row(*m_first, 1), u"first|🎉 1"_s);
    QVERIFY(press(*m_first, u"🎉"_s)); // the chip: me too
    QTRY_COMPARE(row(*m_second, 1), u"first|🎉 2"_s);
    const QString title = m_second->browser().execute(u"return document.querySelector('.reaction').title"_s).toString();
    QVERIFY2(title.contains(u"Anna"_s) && title.contains(u"Ben"_s), qPrintable(title));
    QVERIFY(press(*m_first, u"🎉"_s)); // and away
    QTRY_COMPARE(row(*m_second, 1), u"first|🎉 1"_s);
    QVERIFY(m_second->browser().execute(u"return document.querySelector('.reaction').getAttribute('aria-pressed') === 'true'"_s).toBool());
}

void TestPageChanges::onlyOnesOwn()
{
    QVERIFY(point(*m_second, 1));
    QVERIFY(!press(*m_second, u"Edit"_s));
    QVERIFY(!press(*m_second, u"Delete"_s));
    QVERIFY(press(*m_second, u"React"_s));
}

void TestPageChanges::aNewcomerSeesTheStateOfNow()
{
    QVERIFY(point(*m_first, 1));
    QVERIFY(press(*m_first, u"Edit"_s));
    m_first->browser().execute(u"document.querySelector('.edit-form textarea').value = 'second'"_s);
    QVERIFY(press(*m_first, u"Save"_s));
    QTRY_COMPARE(row(*m_second, 1), u"second (edited)"_s);
    QVERIFY(point(*m_second, 1));
    QVERIFY(press(*m_second, u"React"_s));
    QVERIFY(press(*m_second, u"👍"_s));
    QTRY_COMPARE(row(*m_first, 1), u"second (edited)|👍 1"_s);
    m_first->browser().reload();
    QVERIFY(m_first->waitForState(u"online"_s));
    QTRY_COMPARE(row(*m_first, 1), u"second (edited)|👍 1"_s);
}

void TestPageChanges::anEventOfAnUnknownMessage()
{
    m_first->browser().execute(u"hear({message_type: 'reaction', id: 'nobody', target_seq: 0, seq: 1, emoji: '👍', on: true, username: 'x'});"
                               "hear({message_type: 'message_edited', id: 'nobody', seq: 1, content: 'x'});"
                               "hear({message_type: 'message_deleted'})"_s);
    QVERIFY(m_first->say(u"goes on"_s));
    QVERIFY(m_first->waitForMessage(u"goes on"_s));
    QCOMPARE(m_first->messages(), (QStringList {u"first"_s, u"goes on"_s}));
}

/// An older page that was read before a change, and arrives behind it.
void TestPageChanges::changesBeforeTheirMessage()
{
    const QString shown = m_first->browser().executeAsync(uR"js(
        const done = arguments[arguments.length - 1];
        import('/js/store.js').then(({ RoomState }) => {
            const room = new RoomState('general');
            const said = (seq, content) => ({ seq, id: `m${seq}`, username: 'x', content, timestamp: '2026-01-01T00:00:00.000Z' });
            room.addMessage(said(10, 'new'));
            room.changeMessage({ message_type: 'message_edited', id: 'm1', seq: 11, content: 'hello' });
            room.changeMessage({ message_type: 'message_deleted', id: 'm2', seq: 12 });
            for (let seq = 13; seq < 60; ++seq)
                room.changeMessage({ message_type: 'reaction', id: 'm3', seq, emoji: '👍', on: true, username: 'y' });
            room.changeMessage({ message_type: 'message_edited', id: 'm1', seq: 1000, content: 'hello again' });
            room.addOlder({ messages: [said(1, 'helo'), said(2, 'secret'), said(3, 'third')], more: false });
            done(room.items.map((item) => `${item.text} ${item.deleted} ${item.reactions.size}`).join('|'));
        });
    )js"_s).toString();
    QCOMPARE(shown, u"hello again false 0| true 0|third false 1|new false 0"_s);
}

QTEST_GUILESS_MAIN(TestPageChanges)
#include "tst_pagechanges.moc"
