// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QSize>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QUrl>

namespace Parlance {

/// How a browser is to look at the page.
struct BrowserOptions
{
    QSize size {1280, 800}; ///< of the page itself, CSS pixels
    QString language = QStringLiteral("en-US"); ///< BCP 47, first of navigator.languages
    bool dark = false; ///< prefers-color-scheme
    bool touch = false; ///< a phone: touch events, coarse pointer
};

/// One headless Chromium with a fresh profile, driven through chromedriver (W3C WebDriver).
///
/// Owns the chromedriver process, the browser and the profile; all end with it. Every call waits in an
/// event loop of its own, so that a server in the same thread goes on working. For tests only.
/// Calls after a failure do nothing: check error() or let waitFor() fail.
class WebDriver final
{
    Q_DISABLE_COPY_MOVE(WebDriver)

public:
    explicit WebDriver(const BrowserOptions &options = {});
    ~WebDriver();

    /// Empty while all is well; otherwise what the last failing call was told.
    QString error() const { return m_error; }

    void navigate(const QUrl &url);
    void reload();
    /// Runs the body of a function in the page; \a args are its `arguments`. What it returns.
    QJsonValue execute(const QString &body, const QJsonArray &args = {});
    /// As execute(), for a body that calls the last of its `arguments` with the result when it has one.
    QJsonValue executeAsync(const QString &body, const QJsonArray &args = {});

    /// True as soon as the JavaScript \a expression is truthy; false after \a timeoutMs.
    bool waitFor(const QString &expression, int timeoutMs = 10000);
    /// True as soon as \a css matches something.
    bool waitForSelector(const QString &css, int timeoutMs = 10000);

    /// The rendered text of the first match; empty where there is none.
    QString text(const QString &css);
    /// The rendered text of every match.
    QStringList texts(const QString &css);
    /// A real click in the middle of the first match; false when there is none or it cannot be clicked.
    bool click(const QString &css);
    /// Real key strokes into the first match. kEnter and the like are the code points of WebDriver.
    bool type(const QString &css, const QString &keys);
    static constexpr char16_t kEnter = 0xE007;
    static constexpr char16_t kEscape = 0xE00C;
    static constexpr char16_t kTab = 0xE004;
    static constexpr char16_t kShift = 0xE008; ///< held until kRelease
    static constexpr char16_t kRelease = 0xE000;

    /// Writes a PNG of what is visible. False when that is not possible.
    bool screenshot(const QString &path);
    /// The page's own size in CSS pixels, whatever the window's frame takes.
    void setPageSize(const QSize &size);
    /// As the operating system would say it.
    void setDark(bool dark);
    /// Cuts the page off from every network, and lets it back.
    void setOffline(bool offline);

    /// Runs \a script in every page from now on, before the page's own scripts.
    void addInitScript(const QString &script);
    /// One command of the Chrome DevTools Protocol.
    QJsonObject devTools(const QString &command, const QJsonObject &parameters = {});
    /// Errors that the browser logged since the last call: refused by the policy, thrown, not loaded.
    QStringList consoleErrors();

private:
    bool startDriver();
    QByteArray runDriver(const QString &program);
    bool startSession(const BrowserOptions &options);
    QJsonValue call(const QByteArray &method, const QString &path, const QJsonObject &body = {});
    QJsonValue session(const QByteArray &method, const QString &path, const QJsonObject &body = {});
    QString findElement(const QString &css);
    void pause(int ms);

    QTemporaryDir m_profile;
    QProcess m_driver;
    QNetworkAccessManager m_network;
    QSize m_size;
    bool m_touch = false;
    QString m_base; ///< http://127.0.0.1:PORT
    QString m_session;
    QString m_error;
};

} // namespace Parlance
