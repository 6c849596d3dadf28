// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/webdriver.h"

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kStartTries = 5;
constexpr int kStartMs = 20000;
constexpr int kCallMs = 30000;
constexpr int kPollMs = 50;

QJsonArray browserArguments(const BrowserOptions &options, const QString &profile)
{
    return {
        u"--headless=new"_s, u"--no-sandbox"_s, u"--disable-gpu"_s, u"--disable-quic"_s, u"--no-first-run"_s,
        u"--disable-background-networking"_s, u"--disable-component-update"_s, u"--disable-sync"_s,
        u"--disable-dev-shm-usage"_s, u"--no-proxy-server"_s,
        // A window behind another one must keep its timers, or two browsers on one screen stall each other.
        u"--disable-backgrounding-occluded-windows"_s, u"--disable-renderer-backgrounding"_s,
        u"--user-data-dir=%1"_s.arg(profile), u"--lang=%1"_s.arg(options.language),
        u"--window-size=%1,%2"_s.arg(options.size.width()).arg(options.size.height()),
    };
}

} // namespace

WebDriver::WebDriver(const BrowserOptions &options) : m_size(options.size), m_touch(options.touch)
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    if (!startDriver() || !startSession(options))
        return;
    setPageSize(options.size);
    setDark(options.dark);
}

WebDriver::~WebDriver()
{
    if (!m_session.isEmpty())
        call("DELETE", u"/session/%1"_s.arg(m_session));
    if (m_driver.state() == QProcess::NotRunning)
        return;
    QEventLoop loop;
    QObject::connect(&m_driver, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(30'000, &loop, &QEventLoop::quit); // a busy machine
    m_driver.terminate();
    loop.exec();
    m_driver.kill();
}

bool WebDriver::startDriver()
{
    const QString program = QStandardPaths::findExecutable(u"chromedriver"_s);
    if (program.isEmpty() || !m_profile.isValid()) {
        m_error = u"chromedriver is not installed (leave the browser tests out with ctest -LE browser)"_s;
        return false;
    }
    // It ends by itself where the port that it was given by chance is taken for one of the two kinds of addresses.
    QByteArray output;
    m_driver.setProcessChannelMode(QProcess::MergedChannels);
    for (int attempt = 0; m_base.isEmpty() && attempt < kStartTries; ++attempt)
        output = runDriver(program);
    if (m_base.isEmpty())
        m_error = u"chromedriver did not start: %1"_s.arg(QString::fromUtf8(output));
    return !m_base.isEmpty();
}

/// Until it says its port, ends or has had kStartMs. Returns what it said.
QByteArray WebDriver::runDriver(const QString &program)
{
    QByteArray output;
    QEventLoop loop;
    QObject::connect(&m_driver, &QProcess::readyReadStandardOutput, &loop, [this, &output, &loop] {
        output += m_driver.readAllStandardOutput();
        static const QRegularExpression started(u"started successfully on port (\\d+)"_s);
        const auto match = started.match(QString::fromUtf8(output));
        if (!match.hasMatch())
            return;
        m_base = u"http://127.0.0.1:"_s + match.captured(1);
        loop.quit();
    });
    QObject::connect(&m_driver, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QObject::connect(&m_driver, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(kStartMs, &loop, &QEventLoop::quit);
    m_driver.start(program, {u"--port=0"_s});
    loop.exec();
    return output;
}

bool WebDriver::startSession(const BrowserOptions &options)
{
    QJsonObject chrome {
        {u"args"_s, browserArguments(options, m_profile.path())},
        {u"prefs"_s, QJsonObject {{u"intl.accept_languages"_s, options.language}}},
    };
    if (options.touch) {
        chrome[u"mobileEmulation"_s] = QJsonObject {{u"deviceMetrics"_s, QJsonObject {
            {u"width"_s, options.size.width()}, {u"height"_s, options.size.height()},
            {u"pixelRatio"_s, 1}, {u"touch"_s, true}, {u"mobile"_s, true}}}};
    }
    const QJsonObject capabilities {
        {u"browserName"_s, u"chrome"_s},
        {u"goog:chromeOptions"_s, chrome},
        {u"goog:loggingPrefs"_s, QJsonObject {{u"browser"_s, u"ALL"_s}}},
        {u"unhandledPromptBehavior"_s, u"ignore"_s},
        {u"timeouts"_s, QJsonObject {{u"script"_s, kCallMs / 2}, {u"pageLoad"_s, kCallMs / 2}}},
    };
    const QJsonValue answer = call("POST", u"/session"_s,
        {{u"capabilities"_s, QJsonObject {{u"alwaysMatch"_s, capabilities}}}});
    m_session = answer[u"sessionId"_s].toString();
    return !m_session.isEmpty();
}

void WebDriver::navigate(const QUrl &url)
{
    session("POST", u"/url"_s, {{u"url"_s, url.toString(QUrl::FullyEncoded)}});
}

void WebDriver::reload()
{
    session("POST", u"/refresh"_s);
}

QJsonValue WebDriver::execute(const QString &body, const QJsonArray &args)
{
    return session("POST", u"/execute/sync"_s, {{u"script"_s, body}, {u"args"_s, args}});
}

QJsonValue WebDriver::executeAsync(const QString &body, const QJsonArray &args)
{
    return session("POST", u"/execute/async"_s, {{u"script"_s, body}, {u"args"_s, args}});
}

bool WebDriver::waitFor(const QString &expression, int timeoutMs)
{
    const QString body = u"return Boolean(%1)"_s.arg(expression);
    QDeadlineTimer deadline(timeoutMs);
    while (!m_session.isEmpty()) {
        if (execute(body).toBool())
            return true;
        if (deadline.hasExpired())
            break;
        pause(kPollMs);
    }
    return false;
}

bool WebDriver::waitForSelector(const QString &css, int timeoutMs)
{
    const QString quoted = QString::fromUtf8(QJsonDocument(QJsonArray {css}).toJson(QJsonDocument::Compact));
    return waitFor(u"document.querySelector(%1[0])"_s.arg(quoted), timeoutMs);
}

QString WebDriver::text(const QString &css)
{
    return execute(u"return document.querySelector(arguments[0])?.innerText ?? ''"_s, {css}).toString();
}

QStringList WebDriver::texts(const QString &css)
{
    const QJsonArray found =
        execute(u"return [...document.querySelectorAll(arguments[0])].map((node) => node.innerText)"_s, {css}).toArray();
    QStringList texts;
    for (const QJsonValue &each : found)
        texts.append(each.toString());
    return texts;
}

QString WebDriver::findElement(const QString &css)
{
    const QJsonObject found =
        session("POST", u"/element"_s, {{u"using"_s, u"css selector"_s}, {u"value"_s, css}}).toObject();
    return found.isEmpty() ? QString() : found.constBegin()->toString();
}

bool WebDriver::click(const QString &css)
{
    const QString element = findElement(css);
    m_error.clear();
    if (!element.isEmpty())
        session("POST", u"/element/%1/click"_s.arg(element));
    return !element.isEmpty() && m_error.isEmpty();
}

bool WebDriver::type(const QString &css, const QString &keys)
{
    const QString element = findElement(css);
    m_error.clear();
    if (!element.isEmpty())
        session("POST", u"/element/%1/value"_s.arg(element), {{u"text"_s, keys}});
    return !element.isEmpty() && m_error.isEmpty();
}

bool WebDriver::screenshot(const QString &path)
{
    const QByteArray png = QByteArray::fromBase64(session("GET", u"/screenshot"_s).toString().toLatin1());
    QFile file(path);
    return !png.isEmpty() && file.open(QIODevice::WriteOnly) && file.write(png) == png.size();
}

void WebDriver::setPageSize(const QSize &size)
{
    m_size = size;
    devTools(u"Emulation.setDeviceMetricsOverride"_s,
             {{u"width"_s, size.width()}, {u"height"_s, size.height()}, {u"deviceScaleFactor"_s, 1}, {u"mobile"_s, m_touch}});
}

void WebDriver::setDark(bool dark)
{
    const QJsonObject scheme {{u"name"_s, u"prefers-color-scheme"_s}, {u"value"_s, dark ? u"dark"_s : u"light"_s}};
    // Nothing moves, so that a picture or a position does not depend on the moment.
    const QJsonObject motion {{u"name"_s, u"prefers-reduced-motion"_s}, {u"value"_s, u"reduce"_s}};
    devTools(u"Emulation.setEmulatedMedia"_s, {{u"features"_s, QJsonArray {scheme, motion}}});
}

void WebDriver::setOffline(bool offline)
{
    devTools(u"Network.enable"_s);
    devTools(u"Network.emulateNetworkConditions"_s,
             {{u"offline"_s, offline}, {u"latency"_s, 0}, {u"downloadThroughput"_s, -1}, {u"uploadThroughput"_s, -1}});
}

void WebDriver::addInitScript(const QString &script)
{
    devTools(u"Page.addScriptToEvaluateOnNewDocument"_s, {{u"source"_s, script}});
}

QJsonObject WebDriver::devTools(const QString &command, const QJsonObject &parameters)
{
    return session("POST", u"/goog/cdp/execute"_s, {{u"cmd"_s, command}, {u"params"_s, parameters}}).toObject();
}

QStringList WebDriver::consoleErrors()
{
    QStringList errors;
    const QJsonArray entries = session("POST", u"/se/log"_s, {{u"type"_s, u"browser"_s}}).toArray();
    for (const QJsonValue &entry : entries) {
        if (entry[u"level"_s].toString() == "SEVERE"_L1)
            errors.append(entry[u"message"_s].toString());
    }
    return errors;
}

QJsonValue WebDriver::session(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    return m_session.isEmpty() ? QJsonValue() : call(method, u"/session/%1%2"_s.arg(m_session, path), body);
}

QJsonValue WebDriver::call(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    QNetworkRequest request(QUrl(m_base + path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setTransferTimeout(kCallMs);
    const QByteArray data = method == "POST" ? QJsonDocument(body).toJson(QJsonDocument::Compact) : QByteArray();
    QNetworkReply *reply = m_network.sendCustomRequest(request, method, data);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    reply->deleteLater();
    const QJsonObject answer = QJsonDocument::fromJson(reply->readAll()).object();
    const QJsonValue value = answer[u"value"_s];
    if (answer.isEmpty())
        m_error = u"%1 %2: %3"_s.arg(QString::fromLatin1(method), path, reply->errorString());
    else if (value[u"error"_s].isString())
        m_error = u"%1 %2: %3"_s.arg(QString::fromLatin1(method), path, value[u"message"_s].toString().left(400));
    else
        return value;
    return {};
}

void WebDriver::pause(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace Parlance
