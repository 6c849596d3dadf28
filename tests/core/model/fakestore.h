// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"
#include "model/nodebus.h"

#include <QHash>
#include <QList>

namespace Parlance {

/// A store that answers when the test says, and remembers what it was asked.
class FakeStore final : public MessageStore
{
public:
    QString durability() const override { return QStringLiteral("durable"); }
    ErrorCode fault() const override { return failing; }
    void openRoom(const RoomName &room, int newest) override
    {
        opening.append(room);
        askedNewest = newest;
    }
    void closeRoom(const RoomName &room) override { closed.append(room); }
    void append(Draft draft) override { drafts.append(std::move(draft)); }
    void fetch(quint64 number, const HistoryQuery &query) override { fetching.append({number, query}); }
    void search(quint64 number, const SearchQuery &query) override { searching.append({number, query}); }
    void configure(quint64 number, const RoomName &room, const RoomPatch &patch) override
    {
        settings[room] = patch.applied(settings[room]);
        emit configured(number, settings[room]);
    }

    /// Answers the oldest openRoom().
    void answerOpen(const QString &epoch = QStringLiteral("e1"), const MessageList &newest = {})
    {
        const RoomName room = opening.takeFirst();
        m_heads[room] = newest.isEmpty() ? 0 : newest.constLast().seq;
        emit roomOpened({room, epoch, m_heads.value(room), newest, 0, settings.value(room)});
    }
    void failOpen(const Error &error) { emit roomFailed(opening.takeFirst(), error); }

    /// Commits the oldest \a count drafts in one batch; all by default.
    void commit(qsizetype count = -1)
    {
        QList<StoredDraft> batch;
        for (qsizetype left = count < 0 ? drafts.size() : count; left > 0; --left)
            batch.append(stored1(drafts.takeFirst()));
        emit stored(batch);
    }
    /// Answers the oldest draft with an earlier message.
    void repeat(const Message &earlier) { emit stored({{drafts.takeFirst().id, earlier, true}}); }
    void failAppend(const Error &error) { emit appendFailed(drafts.takeFirst().id, error); }

    QList<RoomName> opening; ///< not yet answered
    QList<RoomName> closed;
    QList<Draft> drafts; ///< not yet answered
    QList<std::pair<quint64, HistoryQuery>> fetching; ///< likewise
    QList<std::pair<quint64, SearchQuery>> searching; ///< not yet answered
    QHash<RoomName, RoomSettings> settings;
    ErrorCode failing = ErrorCode::None;
    int askedNewest = 0;

private:
    StoredDraft stored1(const Draft &draft)
    {
        const quint64 seq = ++m_heads[draft.room];
        const MessageId id(draft.room.text() + u'-' + QString::number(seq));
        return {draft.id,
                {id, draft.room, draft.author, draft.person, draft.content, draft.timestamp, seq, draft.cid},
                false};
    }

    QHash<RoomName, quint64> m_heads;
};

/// Remembers what was published, and brings what the test gives it.
class FakeBus final : public NodeBus
{
public:
    void publish(const Message &message) override { published.append(message); }

    MessageList published;
};

} // namespace Parlance
