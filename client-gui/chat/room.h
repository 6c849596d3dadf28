// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/messagemodel.h"
#include "client-gui/chat/outbox.h"
#include "client-gui/chat/roomconnection.h"
#include "client-gui/chat/typinglist.h"
#include "client-gui/chat/usermodel.h"

#include <QObject>
#include <QTimer>

namespace Parlance::Client {

/// One room that the person is in: connection, transcript, people, outbox, unread count and draft.
///
/// Owns all of them and ties them together. Lives in the GUI thread; knows no widget.
class Room final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Room)

public:
    /// \a clock must outlive the room.
    Room(const ServerAddress &address, const QString &name, const QString &user, const Clock &clock,
         const ConnectionTiming &timing = {}, QObject *parent = nullptr);

    /// As the server spells it, once it has said so.
    const QString &name() const { return m_name; }
    RoomConnection &connection() { return m_connection; }
    const RoomConnection &connection() const { return m_connection; }
    MessageModel &messages() { return m_messages; }
    UserModel &people() { return m_people; }
    const Outbox &outbox() const { return m_outbox; }
    const QString &topic() const { return m_welcome.topic; }
    /// Nobody may speak at the moment.
    bool isFrozen() const { return m_welcome.frozen; }
    const ServerInfo &server() const { return m_welcome.server; }
    int maxContentChars() const;

    int unread() const { return m_unread; }
    /// Whether the person is looking at this room: then nothing counts as unread.
    void setActive(bool active);
    bool isActive() const { return m_active; }
    /// Those who write at the moment, without the person at this desk.
    const QStringList &typing() const { return m_typing.names(); }
    /// Older messages stand on the server that are not in the transcript.
    bool hasOlder() const { return m_hasOlder; }
    void setHasOlder(bool older);

    const QString &draft() const { return m_draft; }
    void setDraft(const QString &draft);
    /// What an earlier run could not deliver. Call before the connection opens.
    void restoreOutbox(const QList<Outbox::Entry> &entries);

    /// Puts \a text (trimmed) on its way. False when it is empty or the outbox is full.
    bool say(const QString &text);
    void retry(const QString &cid);
    void discard(const QString &cid);
    /// The person wrote into the composer, or emptied it. Told to the server at a bounded rate.
    void noteTyping(bool writing);

signals:
    /// Unread count, people, topic, own name or connection state changed.
    void changed();
    void typingChanged();
    /// A live message of somebody else while the room was not active.
    void messageMissed(const QString &author, const QString &content);
    void noticeReceived(const Parlance::NoticeEvent &notice);
    /// The messages that the server could not be brought to take changed.
    void outboxChanged();
    void draftChanged();

private:
    void welcomed(const WelcomeEvent &welcome);
    void messagesArrived(const QList<MessageEvent> &messages, Arrival arrival);
    void caughtUp(const HistoryEndEvent &end, bool resumed);
    void commandRefused(const ErrorEvent &event);
    void stateChanged(const ConnectionState &state);
    void presenceChanged(const PresenceEvent &event);
    void pump();
    void countUnread(const MessageEvent &message);

    QString m_name;
    const Clock &m_clock;
    Outbox m_outbox;
    MessageModel m_messages;
    UserModel m_people;
    TypingList m_typing;
    RoomConnection m_connection;
    QTimer m_pumpTimer;
    WelcomeEvent m_welcome;
    QString m_draft;
    Clock::Millis m_toldTypingAt {0}; ///< monotonic; 0: not writing as far as the server knows
    int m_unread = 0;
    bool m_active = false;
    bool m_hasOlder = false;
    bool m_knowsRoom = false; ///< caught up once: messages that arrive since are new
    quint64 m_readUpTo = 0; ///< of the epoch in m_welcome
};

} // namespace Parlance::Client
