// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/pagefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

/// Coming in, names and words, and two people who talk.
class TestPage : public PageFixture
{
    Q_OBJECT

private slots:
    void joinsByPanel();
    void panelSaysWhatIsWrong();
    void wordsOfTheLanguageItselfAreNothingSpecial();
    void serverRefusesName();
    void errorsSpeakTheReadersLanguage();
    void twoBrowsersTalk();
    void sameNameTwice();
    void enterOfAnInputMethodDoesNotSend();
    void unreadIsCountedInTheTitle();
};

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

QTEST_GUILESS_MAIN(TestPage)
#include "tst_page.moc"
