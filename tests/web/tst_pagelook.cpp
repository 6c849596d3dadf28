// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/relay.h"
#include "web/chatpage.h"
#include "web/pageserver.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Parlance;

/// How the page looks and reads: sizes from a small phone up, dark and light, two languages, the keyboard.
///
/// Pictures go into the folder that PARLANCE_PICTURES names, where it is set.
class TestPageLook : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void fits_data();
    void fits();
    void breakLeavesRoomForTheName();
    void drawersByKeyboard();
    void darkAndLight();
    void german();
    void cataloguesMatch();
    void focusIsNotTakenOnTouchScreens();

private:
    void picture(ChatPage &page, const QString &name);

    std::unique_ptr<PageServer> m_server;
};

namespace {

/// Relative luminance of an element's background as WCAG 2 has it, and its contrast with its text.
constexpr char kColours[] = R"js(
    const channel = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const luminance = (colour) => {
        const [r, g, b] = colour.match(/[\d.]+/g).map((value) => channel(value / 255));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (node) => {
        const colour = getComputedStyle(node).backgroundColor;
        return /, 0\)$/.test(colour) && node.parentElement ? ground(node.parentElement) : colour;
    };
    return [...arguments].map((css) => {
        const node = document.querySelector(css);
        const back = luminance(ground(node));
        const fore = luminance(getComputedStyle(node).color);
        return {css, back, contrast: (Math.max(back, fore) + 0.05) / (Math.min(back, fore) + 0.05)};
    });
)js";

} // namespace

void TestPageLook::initTestCase()
{
    m_server = std::make_unique<PageServer>();
    QVERIFY(m_server->seat(u"general"_s, u"Mira"_s));
    QVERIFY(m_server->seat(u"general"_s, u"Tom"_s));
    QVERIFY(m_server->seat(u"Kitchen table"_s, u"Pia"_s));
    QVERIFY(m_server->seat(u"general"_s, u"Wolfeschlegelsteinhausenbergerdo"_s));
    m_server->say(u"general"_s, u"Mira"_s, {u"Good morning! The slides for Thursday: https://example.org/slides/2026/(final).pdf"_s,
                                            u"Comments until noon, if you can."_s});
    m_server->say(u"general"_s, u"Tom"_s, {u"Looks good to me. Two typos on page 4, otherwise ready.\nI can print 20 copies."_s});
    m_server->say(u"general"_s, u"Wolfeschlegelsteinhausenbergerdo"_s,
                  {u"x"_s.repeated(300), u"https://example.org/"_s + u"verylongpath/"_s.repeated(20)});
}

void TestPageLook::picture(ChatPage &page, const QString &name)
{
    const QString folder = qEnvironmentVariable("PARLANCE_PICTURES");
    if (!folder.isEmpty())
        QVERIFY(page.browser().screenshot(QDir(folder).filePath(name + u".png"_s)));
}

void TestPageLook::fits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("touch");
    QTest::newRow("wide") << QSize(1280, 800) << false;
    QTest::newRow("tablet") << QSize(800, 1000) << true;
    QTest::newRow("phone") << QSize(390, 844) << true;
    QTest::newRow("small") << QSize(320, 568) << true;
    QTest::newRow("landscape") << QSize(640, 320) << true;
}

void TestPageLook::fits()
{
    QFETCH(QSize, size);
    QFETCH(bool, touch);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    BrowserOptions options;
    options.size = size;
    options.touch = touch;
    ChatPage page(options);
    QVERIFY2(page.browser().error().isEmpty(), qPrintable(page.browser().error()));

    page.open(m_server->port());
    QVERIFY(page.browser().waitForSelector(u"#join-rooms .chip"_s));
    QVERIFY(page.fitsWidth());
    picture(page, name + u"-join"_s);

    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(page.waitForMessage(u"x"_s.repeated(300)));
    QVERIFY(page.fitsWidth());
    picture(page, name + u"-chat"_s);
    // The composer is where a thumb can reach it, wholly.
    QVERIFY(page.browser().execute(u"return document.getElementById('send').getBoundingClientRect().bottom <= innerHeight"_s).toBool());

    if (size.width() < 720) {
        for (const QString &id : {u"rooms"_s, u"people"_s}) {
            QVERIFY(page.browser().click(u"#%1-button"_s.arg(id)));
            QVERIFY(page.browser().waitFor(u"document.getElementById('%1').getBoundingClientRect().width > 200"_s.arg(id)));
            QVERIFY(page.fitsWidth());
            QVERIFY(page.browser().execute(u"const box = document.getElementById('%1').getBoundingClientRect();"
                                           "return box.left >= 0 && box.right <= innerWidth"_s.arg(id)).toBool());
            picture(page, u"%1-%2"_s.arg(name, id));
            QVERIFY(page.browser().click(u"#%1 .close-drawer"_s.arg(id)));
        }
    }
    QCOMPARE(page.breaches(), QStringList());
}

/// On a small phone the banner says what is wrong; the word for it beside the room's name would push that out.
void TestPageLook::breakLeavesRoomForTheName()
{
    Relay relay(m_server->port());
    BrowserOptions options;
    options.size = {320, 568};
    options.touch = true;
    options.language = u"de"_s;
    ChatPage page(options);
    QVERIFY(page.join(relay.port(), u"Kitchen table"_s, u"Anna"_s));
    relay.setWebSocketsBlocked(true);
    relay.cut();
    QVERIFY(page.waitForState(u"waiting"_s));
    QVERIFY(page.browser().execute(u"const name = document.querySelector('.heading h1'); return name.scrollWidth <= name.clientWidth"_s).toBool());
    QVERIFY(!page.browser().execute(u"return document.getElementById('state-word').textContent"_s).toString().isEmpty());
    // Over plain HTTP from elsewhere than this computer: a sign to see, and the words to hear.
    page.browser().execute(u"document.getElementById('insecure').hidden = false"_s);
    QVERIFY(page.browser().execute(u"const sign = document.getElementById('insecure').getBoundingClientRect();"
                                   "return sign.width >= 16 && sign.width <= 26"_s).toBool());
    QCOMPARE(page.browser().execute(u"return document.getElementById('insecure').innerText.trim()"_s).toString(), u"unverschlüsselt"_s);
    QVERIFY(page.browser().execute(u"const name = document.querySelector('.heading h1'); return name.scrollWidth <= name.clientWidth"_s).toBool());
    QVERIFY(page.fitsWidth());
    picture(page, u"small-break"_s);
}

void TestPageLook::drawersByKeyboard()
{
    BrowserOptions options;
    options.size = {390, 700};
    ChatPage page(options);
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    WebDriver &browser = page.browser();
    QVERIFY(browser.type(u"#rooms-button"_s, QString(QChar(WebDriver::kEnter))));
    QVERIFY(browser.waitFor(u"document.getElementById('rooms').contains(document.activeElement)"_s));
    QCOMPARE(browser.execute(u"return document.getElementById('rooms-button').ariaExpanded"_s).toString(), u"true"_s);
    QVERIFY(browser.type(u"#room-new"_s, QString(QChar(WebDriver::kEscape))));
    QVERIFY(browser.waitFor(u"document.activeElement.id === 'rooms-button'"_s));
    QCOMPARE(browser.execute(u"return document.getElementById('rooms-button').ariaExpanded"_s).toString(), u"false"_s);
    // What is out of sight is out of the order of Tab, too.
    QVERIFY(browser.execute(u"return document.getElementById('rooms').inert && document.getElementById('people').inert"_s).toBool());
    // Every control says what it is.
    const QJsonArray nameless = browser.execute(
        u"return [...document.querySelectorAll('button, input, textarea, select')].filter((node) => !node.hidden"
        "&& !(node.textContent.trim() || node.ariaLabel || node.labels?.length)).map((node) => node.id)"_s).toArray();
    QCOMPARE(nameless, QJsonArray());
}

void TestPageLook::darkAndLight()
{
    ChatPage page;
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(page.waitForMessage(u"x"_s.repeated(300)));
    const QJsonArray places {u".message .text"_s, u".message time"_s, u".by .name"_s, u"#items a"_s, u"#state"_s,
                             u".day"_s, u"#people-list .tag"_s, u"#room-list .count"_s, u"#room-list .hash"_s, u".message .avatar"_s};
    for (const bool dark : {false, true}) {
        page.browser().setDark(dark);
        const QJsonArray colours = page.browser().execute(QString::fromLatin1(kColours), places).toArray();
        QVERIFY2(colours.size() == places.size(), qPrintable(page.browser().error()));
        for (const QJsonValue &colour : colours) {
            const QString what = u"%1 %2 contrast %3"_s.arg(dark ? u"dark"_s : u"light"_s, colour[u"css"_s].toString())
                                     .arg(colour[u"contrast"_s].toDouble());
            QVERIFY2(colour[u"contrast"_s].toDouble() >= 4.5, qPrintable(what));
        }
        QCOMPARE(colours.at(0)[u"back"_s].toDouble() < 0.2, dark);
        picture(page, dark ? u"wide-chat-dark"_s : u"wide-chat-light"_s);
    }
}

void TestPageLook::german()
{
    BrowserOptions options;
    options.language = u"de-AT"_s;
    ChatPage page(options);
    page.open(m_server->port());
    QVERIFY(page.browser().waitFor(u"document.getElementById('join-button').textContent === 'Beitreten'"_s));
    QCOMPARE(page.browser().execute(u"return document.documentElement.lang"_s).toString(), u"de"_s);
    QVERIFY(page.join(m_server->port(), u"general"_s, u"Änne"_s));
    QCOMPARE(page.browser().execute(u"return document.getElementById('text').placeholder"_s).toString(), u"Nachricht"_s);
    QVERIFY(page.browser().texts(u".day"_s).contains(u"Heute"_s));

    // The address has the last word, and nothing of the other language is left standing.
    page.open(m_server->port(), u"lang=en"_s);
    QVERIFY(page.browser().waitFor(u"document.documentElement.lang === 'en'"_s));
    QVERIFY(page.waitForState(u"online"_s));
    QCOMPARE(page.browser().execute(u"return document.getElementById('text').placeholder"_s).toString(), u"Message"_s);
}

void TestPageLook::cataloguesMatch()
{
    ChatPage page;
    page.open(m_server->port());
    const QJsonArray faults = page.browser().executeAsync(uR"js(
        const done = arguments[0];
        const script = document.querySelector('script[type=module]').src;
        const load = (path) => import(new URL(path, script));
        (async () => {
            const {catalogues} = await load('./i18n.js');
            const faults = [];
            const holes = (text) => (text.match(/\{\w+\}/g) ?? []).sort().join();
            for (const [language, words] of Object.entries(catalogues)) {
                for (const key of Object.keys(catalogues.en))
                    if (!(key in words)) faults.push(`${language} lacks ${key}`);
                for (const [key, text] of Object.entries(words)) {
                    if (!(key in catalogues.en)) faults.push(`${language} alone has ${key}`);
                    else if (holes(text) !== holes(catalogues.en[key])) faults.push(`${language} ${key}: placeholders differ`);
                    if (text.trim() === '') faults.push(`${language} ${key}: empty`);
                }
            }
            // Every key that is written out in the page or its scripts has words.
            const html = await (await fetch(document.baseURI)).text();
            const used = [...html.matchAll(/data-i18n="([^"]+)"/g)].map((match) => match[1]);
            for (const list of html.matchAll(/data-i18n-attr="([^"]+)"/g))
                used.push(...list[1].split(';').map((pair) => pair.split(':')[1]));
            const sources = performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => name.endsWith('.js'));
            for (const source of sources) {
                const text = await (await fetch(source)).text();
                used.push(...[...text.matchAll(/\bt(?:Nodes)?\('([\w.-]+)'/g)].map((match) => match[1]));
            }
            for (const key of used)
                if (!(key in catalogues.en) && !(`${key}.other` in catalogues.en)) faults.push(`no words for ${key}`);
            if (used.length < 80 || sources.length < 15) faults.push(`looked at ${used.length} keys of ${sources.length} scripts only`);
            return faults;
        })().then(done, (error) => done([String(error)]));
    )js"_s).toArray();
    QCOMPARE(faults, QJsonArray());
}

void TestPageLook::focusIsNotTakenOnTouchScreens()
{
    BrowserOptions options;
    options.size = {390, 844};
    options.touch = true;
    ChatPage phone(options);
    QVERIFY(phone.join(m_server->port(), u"general"_s, u"Anna"_s));
    QVERIFY(phone.browser().execute(u"return document.activeElement !== document.getElementById('text')"_s).toBool());
    QCOMPARE(phone.browser().execute(u"return getComputedStyle(document.getElementById('text')).fontSize"_s).toString(), u"16px"_s);

    ChatPage desk;
    QVERIFY(desk.join(m_server->port(), u"general"_s, u"Ben"_s));
    QVERIFY(desk.browser().execute(u"return document.activeElement === document.getElementById('text')"_s).toBool());
}

QTEST_GUILESS_MAIN(TestPageLook)

#include "tst_pagelook.moc"
