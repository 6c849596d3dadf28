// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/messagestore.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QHash>

#include <memory>
#include <utility>

namespace Parlance {

/// Asks any store, and notes what it answers, as one line per answer.
class StoreDesk
{
public:
    explicit StoreDesk(std::unique_ptr<MessageStore> from) : store(std::move(from))
    {
        QObject::connect(store.get(), &MessageStore::roomOpened, store.get(), [this](const RoomRecord &record) {
            note(QStringLiteral("opened %1 at %2").arg(record.room.text()).arg(record.head));
            records.append(record);
        });
        QObject::connect(store.get(), &MessageStore::roomFailed, store.get(),
                         [this](const RoomName &room, const Error &error) {
            note(QStringLiteral("failed %1 %2").arg(room.text(), QString::fromLatin1(errorName(error.code))));
        });
        QObject::connect(store.get(), &MessageStore::stored, store.get(), [this](const QList<StoredDraft> &batch) {
            ++batches;
            for (const StoredDraft &one : batch) {
                note(QStringLiteral("%1%2=%3").arg(one.repeated ? QStringLiteral("repeated ") : QString()).arg(one.id).arg(one.message.seq));
                messages.append(one.message);
            }
        });
        QObject::connect(store.get(), &MessageStore::appendFailed, store.get(), [this](quint64 id, const Error &error) {
            note(QStringLiteral("refused %1 %2").arg(id).arg(QString::fromLatin1(errorName(error.code))));
            errors.append(error);
        });
        QObject::connect(store.get(), &MessageStore::fetched, store.get(), [this](quint64 number, const HistoryPage &page) {
            note(QStringLiteral("fetched %1").arg(number));
            pages.append(page);
        });
        QObject::connect(store.get(), &MessageStore::fetchFailed, store.get(), [this](quint64 number, const Error &error) {
            note(QStringLiteral("unread %1 %2").arg(number).arg(QString::fromLatin1(errorName(error.code))));
        });
    }

    static RoomName roomName(const QString &room) { return parseRoomName(room).take(); }

    void open(const QString &room, int newest = 10)
    {
        ++asked;
        store->openRoom(roomName(room), newest);
    }
    void close(const QString &room) { store->closeRoom(roomName(room)); }
    void append(const QString &room, const QString &content, const QString &cid = {},
                const QString &person = QStringLiteral("p"), const QString &author = QStringLiteral("anna"))
    {
        ++asked;
        Draft draft;
        draft.id = ++lastDraft;
        draft.room = roomName(room);
        draft.author = parseUserName(author).take();
        draft.person = PersonId(person);
        draft.content = content;
        draft.timestamp = 1000 + qint64(lastDraft);
        draft.cid = Cid(cid);
        store->append(draft);
    }
    /// The page that \a query finds; its room is \a room.
    HistoryPage fetch(const QString &room, HistoryQuery query = {})
    {
        query.room = roomName(room);
        ++asked;
        store->fetch(++lastFetch, query);
        answers();
        return pages.isEmpty() ? HistoryPage() : std::exchange(pages, {}).constLast();
    }

    /// Waits until everything that was asked is answered; what was said since the last call.
    QStringList answers()
    {
        const QDeadlineTimer deadline(120'000); // a hundred thousand rows take a slow machine a while
        while (m_answered < asked && !deadline.hasExpired())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::ExcludeUserInputEvents, 50);
        QCoreApplication::processEvents(); // and nothing is said twice
        return std::exchange(m_lines, {});
    }

    std::unique_ptr<MessageStore> store;
    QList<RoomRecord> records;
    MessageList messages; ///< stored or repeated
    QList<HistoryPage> pages;
    QList<Error> errors;
    int batches = 0;
    int asked = 0;
    quint64 lastDraft = 0;
    quint64 lastFetch = 0;

private:
    void note(const QString &line)
    {
        ++m_answered;
        m_lines.append(line);
    }

    int m_answered = 0;
    QStringList m_lines;
};

} // namespace Parlance
