// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/webdriver.h"

#include <QList>

namespace Parlance {

/// The chat page in a browser of its own, with the words of the page as functions.
///
/// Watches from the start for what must never happen: a dialog, a breach of the content security policy,
/// an uncaught error. Thread and waiting as WebDriver.
class ChatPage final
{
public:
    explicit ChatPage(const BrowserOptions &options = {});

    WebDriver &browser() { return m_browser; }

    /// The page of a server on \a port of 127.0.0.1; \a query as in "room=general&name=Anna".
    void open(quint16 port, const QString &query = {});
    /// Opens the page as \a name in \a room and waits until it is online.
    bool join(quint16 port, const QString &room, const QString &name);

    /// Waits for the word that the page uses for the connection: "online", "waiting", "kicked", …
    bool waitForState(const QString &state, int timeoutMs = 15000);
    QString state();

    /// Types \a text into the composer and presses Enter.
    bool say(const QString &text);
    /// Waits until a message of exactly this text stands in the list.
    bool waitForMessage(const QString &text, int timeoutMs = 10000);
    /// The texts of all stored messages, top to bottom.
    QStringList messages();
    /// The seq of all stored messages, top to bottom.
    QList<int> seqs();
    /// The texts of what is not stored yet.
    QStringList pending();
    QStringList people();
    /// Lines of comings and goings.
    QStringList comings();

    /// What must never happen and did; empty in a good run.
    QStringList breaches();
    /// True where nothing is wider than the page.
    bool fitsWidth();

private:
    WebDriver m_browser;
};

} // namespace Parlance
