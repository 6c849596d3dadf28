// SPDX-License-Identifier: GPL-3.0-or-later
#include "web/chatpage.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// Runs before the page's own scripts and keeps what it sees in window.breaches.
constexpr char kWatch[] = R"js(
    window.breaches = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print'])
        window[name] = (text) => { window.breaches.push(`${name}: ${text}`); };
    document.addEventListener('securitypolicyviolation',
        (event) => window.breaches.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    window.addEventListener('error', (event) => window.breaches.push(`error: ${event.message}`));
    window.addEventListener('unhandledrejection', (event) => window.breaches.push(`rejection: ${event.reason}`));
)js";

QString literal(const QString &text)
{
    const QString array = QString::fromUtf8(QJsonDocument(QJsonArray {text}).toJson(QJsonDocument::Compact));
    return array.mid(1, array.size() - 2);
}

} // namespace

ChatPage::ChatPage(const BrowserOptions &options) : m_browser(options)
{
    m_browser.addInitScript(QString::fromLatin1(kWatch));
}

void ChatPage::open(quint16 port, const QString &query)
{
    QUrl url(u"http://127.0.0.1:%1/"_s.arg(port));
    url.setQuery(query);
    m_browser.navigate(url);
}

bool ChatPage::join(quint16 port, const QString &room, const QString &name)
{
    open(port, u"room=%1&name=%2"_s.arg(QString::fromLatin1(QUrl::toPercentEncoding(room)),
                                        QString::fromLatin1(QUrl::toPercentEncoding(name))));
    return waitForState(u"online"_s);
}

bool ChatPage::waitForState(const QString &state, int timeoutMs)
{
    return m_browser.waitFor(u"document.documentElement.dataset.state === %1"_s.arg(literal(state)), timeoutMs);
}

QString ChatPage::state()
{
    return m_browser.execute(u"return document.documentElement.dataset.state ?? ''"_s).toString();
}

bool ChatPage::say(const QString &text)
{
    return m_browser.type(u"#text"_s, text + QChar(WebDriver::kEnter));
}

bool ChatPage::waitForMessage(const QString &text, int timeoutMs)
{
    return m_browser.waitFor(
        u"[...document.querySelectorAll('#items .message .text')].some((node) => node.textContent === %1)"_s.arg(
            literal(text)),
        timeoutMs);
}

QStringList ChatPage::messages()
{
    return m_browser.texts(u"#items .message .text"_s);
}

QList<int> ChatPage::seqs()
{
    QList<int> seqs;
    const QJsonArray found =
        m_browser.execute(u"return [...document.querySelectorAll('#items .message')].map((row) => Number(row.dataset.seq))"_s)
            .toArray();
    for (const QJsonValue &seq : found)
        seqs.append(seq.toInt());
    return seqs;
}

QStringList ChatPage::pending()
{
    return m_browser.texts(u"#pending .message .text"_s);
}

QStringList ChatPage::people()
{
    return m_browser.texts(u"#people-list .person .name"_s);
}

QStringList ChatPage::comings()
{
    return m_browser.texts(u"#items .presence"_s);
}

QStringList ChatPage::breaches()
{
    QStringList breaches;
    const QJsonArray seen = m_browser.execute(u"return window.breaches ?? ['not watched']"_s).toArray();
    for (const QJsonValue &breach : seen)
        breaches.append(breach.toString());
    for (const QString &error : m_browser.consoleErrors()) {
        if (error.contains("Content Security Policy"_L1) || error.contains("Uncaught"_L1))
            breaches.append(error);
    }
    return breaches;
}

bool ChatPage::fitsWidth()
{
    return m_browser
        .execute(u"return [document.documentElement, document.body, document.getElementById('log'),"
                 "document.getElementById('join')].every((node) => node.scrollWidth <= innerWidth)"_s)
        .toBool();
}

} // namespace Parlance
