// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/chatpage.h"
#include "web/pageserver.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

/// Nothing that a person or an operator types is run or rendered as markup by the page.
class TestPageSafety : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_page.reset(); }
    void contentStaysText();
    void addressStaysText_data();
    void addressStaysText();
    void operatorsWordsStayText();
    void policyForbidsWhatIsInjected();
    void documentationIsReadable();

private:
    std::unique_ptr<PageServer> m_server;
    std::unique_ptr<ChatPage> m_page; ///< shared by the rows of addressStaysText()
};

namespace {

const QStringList kPayloads {
    u"<script>alert(1)</script>"_s,
    u"<img src=x onerror=alert(1)>"_s,
    u"\"><svg onload=alert(1)>"_s,
    u"'><iframe srcdoc='<script>parent.alert(1)</script>'>"_s,
    u"<a href=\"javascript:alert(1)\">click</a>"_s,
    u"javascript:alert(1)"_s,
    u"data:text/html,<script>alert(1)</script>"_s,
    u"http://example.org/\"onmouseover=\"alert(1)"_s,
    u"https://example.org/<script>alert(1)</script>"_s,
    u"<style>*{display:none}</style>"_s,
    u"<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>"_s,
    u"{{constructor.constructor('alert(1)')()}} ${alert(1)}"_s,
    u"<meta http-equiv=refresh content='0;url=//example.org'>"_s,
    u"\u202Etxet neddih\u202C <b>bold</b>"_s,
};

} // namespace

void TestPageSafety::initTestCase()
{
    m_server = std::make_unique<PageServer>();
}

void TestPageSafety::contentStaysText()
{
    ChatPage page;
    QVERIFY2(page.browser().error().isEmpty(), qPrintable(page.browser().error()));
    QVERIFY(m_server->seat(u"content"_s, u"Mallory"_s));
    QVERIFY(page.join(m_server->port(), u"content"_s, u"Anna"_s));
    m_server->say(u"content"_s, u"Mallory"_s, kPayloads);
    for (const QString &payload : kPayloads)
        QVERIFY2(page.waitForMessage(payload), qPrintable(payload));
    // Elements that the page itself never puts into its list.
    QCOMPARE(page.browser().execute(u"return document.querySelectorAll('#items :is(script, img, svg, iframe, style, math,"
                                    "form, meta, b)').length"_s).toInt(), 0);
    const QJsonArray links = page.browser().execute(
        u"return [...document.querySelectorAll('#items a')].map((a) => `${a.protocol} ${a.getAttributeNames()}`)"_s).toArray();
    QCOMPARE(links.size(), 2);
    for (const QJsonValue &link : links)
        QVERIFY2(link.toString().endsWith(u" href,target,rel,dir"_s), qPrintable(link.toString()));
    QCOMPARE(page.breaches(), QStringList());
}

void TestPageSafety::addressStaysText_data()
{
    QTest::addColumn<QString>("payload");
    for (const QString &payload : kPayloads)
        QTest::newRow(qPrintable(payload)) << payload;
}

void TestPageSafety::addressStaysText()
{
    QFETCH(QString, payload);
    if (!m_page)
        m_page = std::make_unique<ChatPage>();
    ChatPage &page = *m_page;
    const QString encoded = QString::fromLatin1(QUrl::toPercentEncoding(payload));
    for (const QString &query : {u"room=general&name="_s + encoded, u"name=Anna&room="_s + encoded}) {
        page.open(m_server->port(), query);
        QVERIFY(page.browser().waitFor(u"!document.getElementById('join').hidden"_s));
        QVERIFY(!page.browser().text(u"#join-why"_s).isEmpty());
        QCOMPARE(page.browser().execute(u"return document.querySelectorAll('script:not([src]), iframe, style, svg').length"_s).toInt(), 0);
        QCOMPARE(page.breaches(), QStringList());
    }
}

void TestPageSafety::operatorsWordsStayText()
{
    ChatPage page;
    QVERIFY(page.join(m_server->port(), u"operator"_s, u"Anna"_s));
    const QString payload = kPayloads.at(1);
    QVERIFY(m_server->notice(payload));
    QVERIFY(page.browser().waitForSelector(u"#notices .notice"_s));
    QVERIFY(page.browser().text(u"#notices .notice"_s).contains(payload));
    QVERIFY(m_server->kick(u"operator"_s, u"Anna"_s, payload, std::chrono::seconds(60)));
    QVERIFY(page.waitForState(u"kicked"_s));
    QVERIFY(page.browser().text(u"#banner"_s).contains(payload));
    QCOMPARE(page.browser().execute(u"return document.querySelectorAll('.centre img').length"_s).toInt(), 0);
    QCOMPARE(page.breaches(), QStringList());
}

/// The second line of defence, and the proof that breaches() sees something.
void TestPageSafety::policyForbidsWhatIsInjected()
{
    ChatPage page;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    page.browser().execute(u"const script = document.createElement('script'); script.textContent = 'window.ran = true';"
                           "document.body.append(script);"
                           "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" onclick=\"1\">x</p>')"_s);
    QVERIFY(page.browser().waitFor(u"window.breaches.length >= 2"_s));
    QVERIFY(page.browser().execute(u"return window.ran === undefined"_s).toBool());
    QVERIFY(!page.breaches().isEmpty());
}

void TestPageSafety::documentationIsReadable()
{
    ChatPage page;
    page.browser().navigate(QUrl(u"http://127.0.0.1:%1/docs"_s.arg(m_server->port())));
    QVERIFY(page.browser().waitForSelector(u"#routes .route"_s));
    const QJsonArray missing = page.browser().executeAsync(
        u"const done = arguments[0]; fetch('openapi.json').then((reply) => reply.json()).then((spec) =>"
        "done(Object.keys(spec.paths).filter((path) => !document.getElementById('routes').innerText.includes(path))))"_s).toArray();
    QCOMPARE(missing, QJsonArray());
    QVERIFY(page.browser().text(u"#ws-address"_s).startsWith(u"ws://127.0.0.1:%1/ws/"_s.arg(m_server->port())));
    QCOMPARE(page.breaches(), QStringList());
}

QTEST_GUILESS_MAIN(TestPageSafety)

#include "tst_pagesafety.moc"
