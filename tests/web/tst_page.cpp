// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chatmanager.h"
#include "support/relay.h"
#include "web/chatpage.h"
#include "web/pageserver.h"

#include <QTest>

#include <memory>
#include <numeric>

using namespace Qt::StringLiterals;
using namespace Parlance;

/// The chat page in real browsers against the real server: talking, breaks, being removed.
class TestPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void joinsByPanel();
    void panelSaysWhatIsWrong();
    void wordsOfTheLanguageItselfAreNothingSpecial();
    void serverRefusesName();
    void errorsSpeakTheReadersLanguage();
    void twoBrowsersTalk();
    void sameNameTwice();
    void enterOfAnInputMethodDoesNotSend();
    void breakLosesAndRepeatsNothing();
    void lostEchoRepeatsNothing();
    void repeatedEchoIsDropped();
    void nameIsTakenBackFromOnesGhost();
    void unsentMessageSurvivesReload();
    void refusedMessageCanBeDiscarded();
    void refusalDecidesWhatComesNext_data();
    void refusalDecidesWhatComesNext();
    void unsentMessageGoesOutAfterSwitch();
    void unsentMessageGoesOutAfterLeaving();
    void pacedMessagesGoOutAfterSwitch();
    void outboxIsBounded();
    void redrawIsSilent();
    void kickedWithReason();
    void closedRoomCanBeJoinedAgain();
    void noticeIsShownOnce();
    void roomsAreSwitchedInPlace();
    void readerKeepsTheirPlace();
    void olderMessagesAreFetched();
    void unreadIsCountedInTheTitle();
    void roomsAreAskedForWhileSomebodyLooks();

private:
    std::unique_ptr<PageServer> m_server; ///< a new one for each test, so a new origin: browsers bring nothing along
    std::unique_ptr<ChatPage> m_first;
    std::unique_ptr<ChatPage> m_second;
};

namespace {

/// "message 1", "message 2", …
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

/// Reloads as if the page had been closed before the echo of \a text came.
void reloadWithUnsent(ChatPage &page, const QString &text)
{
    page.browser().execute(
        u"sessionStorage.setItem('parlance.outbox', JSON.stringify([{cid: 'c-1', room: 'general', name: 'Anna',"
        "text: arguments[0], time: Date.now(), state: 'queued', error: null}]))"_s, {text});
    page.browser().reload();
}

/// Runs before the page's scripts: the sockets are kept in window.sockets, and send nothing while window.mute is set.
constexpr char kSockets[] = R"js(
    const Genuine = WebSocket;
    window.sockets = [];
    window.WebSocket = class extends Genuine {
        constructor(...args) { super(...args); window.sockets.push(this); }
        send(data) { if (!window.mute) super.send(data); }
    };
    window.hear = (event) => window.sockets.at(-1).onmessage({data: JSON.stringify(event)});
)js";

/// The badge of \a room in the list of rooms, as a screen reader has it.
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

} // namespace

void TestPage::initTestCase()
{
    m_first = std::make_unique<ChatPage>();
    m_second = std::make_unique<ChatPage>();
    m_first->browser().addInitScript(QString::fromLatin1(kSockets));
    QVERIFY2(m_first->browser().error().isEmpty(), qPrintable(m_first->browser().error()));
    QVERIFY2(m_second->browser().error().isEmpty(), qPrintable(m_second->browser().error()));
}

void TestPage::init()
{
    m_server = std::make_unique<PageServer>();
}

/// Every test ends with pages that behaved.
void TestPage::cleanup()
{
    for (ChatPage *page : {m_first.get(), m_second.get()}) {
        if (page->browser().execute(u"return location.protocol"_s).toString() == "http:"_L1)
            QCOMPARE(page->breaches(), QStringList());
        page->browser().navigate(QUrl(u"about:blank"_s));
    }
    m_server.reset();
}

void TestPage::cleanupTestCase()
{
    m_first.reset();
    m_second.reset();
}

void TestPage::joinsByPanel()
{
    ChatPage &page = *m_first;
    page.open(m_server->port());
    QVERIFY(page.browser().waitFor(u"!document.getElementById('join').hidden"_s));
    QVERIFY(page.browser().execute(u"return document.getElementById('join-button').disabled"_s).toBool());
    QVERIFY(!page.browser().text(u"#join-why"_s).isEmpty());

    QVERIFY(page.browser().type(u"#join-name"_s, u"Anna"_s));
    QVERIFY(page.browser().click(u"#join-button"_s));
    QVERIFY(page.waitForState(u"online"_s));
    QCOMPARE(page.browser().execute(u"return location.search"_s).toString(), u"?room=general"_s);
    QCOMPARE(page.people(), QStringList {u"Anna"_s});
    QVERIFY(page.say(u"first"_s));
    QVERIFY(page.waitForMessage(u"first"_s));

    page.browser().reload();
    QVERIFY(page.waitForState(u"online"_s));
    QCOMPARE(page.browser().text(u"#me-name"_s), u"Anna"_s);
}

void TestPage::panelSaysWhatIsWrong()
{
    ChatPage &page = *m_first;
    page.open(m_server->port(), u"room=general&name=a%2Fb"_s);
    QVERIFY(page.browser().waitFor(u"!document.getElementById('join').hidden"_s));
    QVERIFY(page.browser().text(u"#join-why"_s).contains(u"letters, digits"_s));
    QVERIFY(page.browser().execute(u"return document.getElementById('join-button').disabled"_s).toBool());
}

/// What every object of JavaScript has is neither a language nor a draft.
void TestPage::wordsOfTheLanguageItselfAreNothingSpecial()
{
    ChatPage &page = *m_first;
    for (const QString &word : {u"constructor"_s, u"toString"_s}) {
        page.open(m_server->port(), u"lang=%1&name=Anna&room=%1"_s.arg(word));
        QVERIFY(page.waitForState(u"online"_s));
        QCOMPARE(page.browser().execute(u"return document.documentElement.lang"_s).toString(), u"en"_s);
        QCOMPARE(page.browser().execute(u"return document.getElementById('text').value"_s).toString(), QString());
    }
}

void TestPage::serverRefusesName()
{
    // An invisible letter: the page lets it through, the server does not.
    ChatPage &page = *m_first;
    page.open(m_server->port(), u"room=general&name=a%E3%85%A4b"_s);
    QVERIFY(page.browser().waitFor(u"!document.getElementById('join-refusal').hidden"_s));
    QVERIFY(page.browser().text(u"#join-refusal"_s).contains(u"U+3164"_s));
    QCOMPARE(page.browser().execute(u"return document.getElementById('join-name').ariaInvalid"_s).toString(), u"true"_s);
}

void TestPage::errorsSpeakTheReadersLanguage()
{
    ChatPage &page = *m_first;
    page.open(m_server->port(), u"lang=de&room=general&name=a%E3%85%A4b"_s);
    QVERIFY(page.browser().waitFor(u"!document.getElementById('join-refusal').hidden"_s));
    QCOMPARE(page.browser().text(u"#join-refusal"_s), u"Dieser Name ist nicht erlaubt."_s);
    for (const QString &language : {u"de"_s, u"en"_s}) {
        page.open(m_server->port(), u"room=general&name=Anna&lang="_s + language);
        QVERIFY(page.waitForState(u"online"_s));
        for (const QString &code :
             {u"too_long"_s, u"rate_limited"_s, u"kicked"_s, u"server_full"_s, u"too_many_rooms"_s, u"too_many_sessions"_s,
              u"unavailable"_s, u"storage_full"_s, u"shutting_down"_s, u"not_joined"_s, u"bad_request"_s, u"unknown_type"_s,
              u"conflict"_s, u"forbidden"_s, u"unauthorized"_s, u"not_found"_s, u"internal"_s}) {
            const QString said = page.browser().execute(
                u"hear({message_type: 'error', code: arguments[0], detail: 'words of the server'});"
                "return document.getElementById('toast').textContent"_s, {code}).toString();
            QVERIFY2(!said.isEmpty() && !said.contains(u"words"_s) && !said.contains(u"error."_s), qPrintable(u"%1: %2"_s.arg(code, said)));
        }
    }
    QCOMPARE(page.browser().execute(u"hear({message_type: 'error', code: 'brand_new', detail: 'words of the server'});"
                                    "return document.getElementById('toast').textContent"_s).toString(),
             u"The server says: words of the server."_s);
}

void TestPage::twoBrowsersTalk()
{
    ChatPage &anna = *m_first;
    ChatPage &ben = *m_second;
    QVERIFY(anna.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(ben.join(m_server->port(), u"general"_s, u"Ben"_s));
    QCOMPARE(ben.people(), (QStringList {u"Ben"_s, u"Anna"_s})); // oneself first
    QVERIFY(anna.browser().waitFor(u"document.querySelectorAll('#people-list .person').length === 2"_s));
    QCOMPARE(anna.comings(), QStringList {u"Ben joined"_s});

    QVERIFY(ben.browser().type(u"#text"_s, u"x"_s));
    QVERIFY(anna.browser().waitFor(u"document.getElementById('typing').textContent === 'Ben is writing…'"_s));

    QVERIFY(anna.say(u"Hello Ben"_s));
    QVERIFY(ben.waitForMessage(u"Hello Ben"_s));
    QVERIFY(ben.say(u" see https://example.org/a_(b)."_s));
    QVERIFY(anna.waitForMessage(u"x see https://example.org/a_(b)."_s));
    QVERIFY(anna.browser().waitFor(u"document.getElementById('typing').textContent === ''"_s));

    const QJsonObject link = anna.browser().execute(
        u"const a = document.querySelector('#items a'); return {href: a.href, rel: a.rel, target: a.target}"_s).toObject();
    QCOMPARE(link[u"href"_s].toString(), u"https://example.org/a_(b)"_s);
    QCOMPARE(link[u"rel"_s].toString(), u"noopener noreferrer nofollow"_s);
    QCOMPARE(link[u"target"_s].toString(), u"_blank"_s);

    QCOMPARE(anna.seqs(), countingUp(2));
    QCOMPARE(anna.messages(), ben.messages());
    QTRY_COMPARE(anna.pending(), QStringList());
}

void TestPage::sameNameTwice()
{
    ChatPage &first = *m_first;
    ChatPage &second = *m_second;
    QVERIFY(first.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(second.join(m_server->port(), u"general"_s, u"Anna"_s));
    QCOMPARE(second.browser().text(u"#me-name"_s), u"Anna-2"_s);
    second.browser().reload();
    QVERIFY(second.waitForState(u"online"_s));
    QCOMPARE(second.browser().text(u"#me-name"_s), u"Anna-2"_s);
    // What is remembered for the next time is the name that was chosen.
    QCOMPARE(second.browser().execute(u"return JSON.parse(localStorage.getItem('parlance.name'))"_s).toString(), u"Anna"_s);
}

void TestPage::enterOfAnInputMethodDoesNotSend()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    WebDriver &browser = page.browser();
    browser.execute(u"document.getElementById('text').focus()"_s);
    browser.devTools(u"Input.imeSetComposition"_s, {{u"text"_s, u"にほん"_s}, {u"selectionStart"_s, 3}, {u"selectionEnd"_s, 3}});
    browser.devTools(u"Input.dispatchKeyEvent"_s, {{u"type"_s, u"rawKeyDown"_s}, {u"windowsVirtualKeyCode"_s, 229},
                                                   {u"key"_s, u"Enter"_s}, {u"code"_s, u"Enter"_s}});
    // As Safari does it: the composition has ended, the key still belongs to it.
    browser.execute(u"document.getElementById('text').dispatchEvent(new KeyboardEvent('keydown',"
                    "{key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))"_s);
    QCOMPARE(browser.execute(u"return document.getElementById('text').value"_s).toString(), u"にほん"_s);
    browser.devTools(u"Input.insertText"_s, {{u"text"_s, u"日本"_s}});
    QCOMPARE(page.messages(), QStringList());
    QVERIFY(browser.type(u"#text"_s, QString(QChar(WebDriver::kEnter))));
    QVERIFY(page.waitForMessage(u"日本"_s));
    QCOMPARE(page.messages(), QStringList {u"日本"_s});
}

void TestPage::breakLosesAndRepeatsNothing()
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

void TestPage::lostEchoRepeatsNothing()
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

void TestPage::repeatedEchoIsDropped()
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

void TestPage::nameIsTakenBackFromOnesGhost()
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

void TestPage::unsentMessageSurvivesReload()
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

void TestPage::refusedMessageCanBeDiscarded()
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

void TestPage::refusalDecidesWhatComesNext_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("passes");
    for (const QString &code : {u"rate_limited"_s, u"unavailable"_s, u"shutting_down"_s, u"internal"_s, u"storage_full"_s})
        QTest::newRow(qPrintable(code)) << code << true;
    for (const QString &code : {u"forbidden"_s, u"too_long"_s, u"conflict"_s, u"of_a_newer_server"_s})
        QTest::newRow(qPrintable(code)) << code << false;
}

void TestPage::refusalDecidesWhatComesNext()
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

void TestPage::unsentMessageGoesOutAfterSwitch()
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

void TestPage::unsentMessageGoesOutAfterLeaving()
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

void TestPage::pacedMessagesGoOutAfterSwitch()
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

void TestPage::outboxIsBounded()
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

/// What a screen reader has read before, it does not read again.
void TestPage::redrawIsSilent()
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

void TestPage::kickedWithReason()
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

void TestPage::closedRoomCanBeJoinedAgain()
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

void TestPage::noticeIsShownOnce()
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

void TestPage::roomsAreSwitchedInPlace()
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

void TestPage::readerKeepsTheirPlace()
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

void TestPage::olderMessagesAreFetched()
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

void TestPage::unreadIsCountedInTheTitle()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(m_server->seat(u"general"_s, u"Robot"_s));
    page.browser().execute(u"Object.defineProperty(document, 'hidden', {configurable: true, get: () => true});"
                           "document.dispatchEvent(new Event('visibilitychange'))"_s);
    m_server->say(u"general"_s, u"Robot"_s, numbered(3));
    QVERIFY(page.browser().waitFor(u"document.title.startsWith('(3) ')"_s));
    QVERIFY(page.browser().execute(u"return document.getElementById('favicon').href"_s).toString().endsWith(u"favicon-dot.svg"_s));
    QVERIFY(page.browser().waitFor(u"document.querySelectorAll('.unread-line').length === 1"_s));
    page.browser().execute(u"delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))"_s);
    QVERIFY(page.browser().waitFor(u"!document.title.startsWith('(')"_s));
}

void TestPage::roomsAreAskedForWhileSomebodyLooks()
{
    ChatPage &page = *m_first;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(page.browser().waitFor(u"document.querySelector('#room-list [data-key=general]') !== null"_s));
    // Time passes when the test says so; what the page asks for is counted.
    page.browser().execute(u"window.asked = 0; window.timers = new Map(); let last = 0; const ask = window.fetch;"
                           "window.fetch = (...all) => { ++window.asked; return ask(...all); };"
                           "window.setTimeout = (call, ms) => { window.timers.set(++last, {call, ms}); return last; };"
                           "window.clearTimeout = (id) => window.timers.delete(id);"
                           "window.polls = () => [...window.timers.values()].filter((timer) => timer.ms === 20000).length;"
                           "window.look = (hidden) => { Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});"
                           "document.dispatchEvent(new Event('visibilitychange')); }"_s);
    page.browser().execute(u"look(false)"_s);
    QVERIFY(page.browser().waitFor(u"window.asked === 1 && polls() === 1"_s));
    page.browser().execute(u"[...timers.values()].find((timer) => timer.ms === 20000).call()"_s);
    QVERIFY(page.browser().waitFor(u"window.asked === 2"_s));
    page.browser().execute(u"look(true)"_s);
    QVERIFY(page.browser().waitFor(u"polls() === 0"_s));
    QCOMPARE(page.browser().execute(u"return window.asked"_s).toInt(), 2);
    page.browser().execute(u"look(false)"_s);
    QVERIFY(page.browser().waitFor(u"window.asked === 3 && polls() === 1"_s));
}

QTEST_GUILESS_MAIN(TestPage)

#include "tst_page.moc"
