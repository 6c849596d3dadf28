// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/outbox.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace Parlance::Client {

/// What the client remembers between two runs: server, name, rooms, window, drafts, unsent messages and
/// resume tokens.
///
/// Resume tokens are secrets: who has one can be that guest. They are kept in memory and in this file,
/// which only its owner can read (0600); there is no keychain behind it. One object per process.
class ClientSettings
{
public:
    static constexpr qsizetype kMaxServers = 10; ///< addresses remembered
    static constexpr qsizetype kMaxRooms = 50; ///< rooms remembered per server
    static constexpr qsizetype kMaxDraftChars = 20'000;

    /// The person's own settings file.
    ClientSettings();
    explicit ClientSettings(const QString &fileName);

    QString fileName() const { return m_settings.fileName(); }

    /// Addresses, the one used last first.
    QStringList servers() const;
    void rememberServer(const QString &server, const QString &name);
    QString name() const;

    QStringList rooms(const QString &server) const;
    void setRooms(const QString &server, const QStringList &rooms);
    QString currentRoom(const QString &server) const;
    void setCurrentRoom(const QString &server, const QString &room);

    QString draft(const QString &server, const QString &room) const;
    void setDraft(const QString &server, const QString &room, const QString &text);
    QList<Outbox::Entry> unsent(const QString &server, const QString &room) const;
    void setUnsent(const QString &server, const QString &room, const QList<Outbox::Entry> &entries);

    /// Proves to be the guest \a name of an earlier session in \a room; for a room that is new to this
    /// person that of any other, so that they are one person everywhere.
    QString resumeToken(const QString &server, const QString &room, const QString &name) const;
    void setResumeToken(const QString &server, const QString &room, const QString &name, const QString &token);

    QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    bool isShown(const QString &part, bool fallback) const;
    void setShown(const QString &part, bool shown);

    /// Writes now and makes sure that nobody else can read it.
    void sync();

private:
    static QString roomKey(const QString &server, const QString &room, const QString &what);
    void protect();

    QSettings m_settings;
};

} // namespace Parlance::Client
