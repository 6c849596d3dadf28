// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatlog/chatlog.h"

#include "base/logging.h"
#include "chatlog/logshelf.h"
#include "model/chatmanager.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kPruneMs = 60 * 60 * 1000;

/// The id of the message that \a entry is or is about, as a line has it.
QString idOf(const Message &entry)
{
    return (entry.change ? entry.change->target : entry.id).toString();
}

} // namespace

ChatLog::ChatLog(ChatManager &manager, const Clock &clock, const Options &options)
    : m_manager(manager), m_clock(clock), m_shelf(std::make_unique<LogShelf>(options.path, options.fileBytes, options.keepMs))
{
    m_thread.setObjectName(u"chat log"_s);
    m_shelf->moveToThread(&m_thread);
    connect(m_shelf.get(), &LogShelf::opened, this, &ChatLog::onOpened);
    connect(m_shelf.get(), &LogShelf::tail, this, &ChatLog::onTail);
    connect(m_shelf.get(), &LogShelf::failed, this, &ChatLog::onFailed);
    connect(&m_manager, &ChatManager::messagePosted, this, [this](const Message &message) { note(message.room); });
    connect(&m_manager, &ChatManager::messageChanged, this, [this](const Message &change) { note(change.room); });
    connect(&m_manager, &ChatManager::roomOpened, this, [this](const RoomInfo &room) { note(room.name); });
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &ChatLog::proceed);
    const auto prune = [this] {
        QMetaObject::invokeMethod(m_shelf.get(), [shelf = m_shelf.get(), now = m_clock.wallClock().count()] { shelf->prune(now); });
    };
    connect(&m_prune, &QTimer::timeout, this, prune);
    m_prune.start(kPruneMs);
    m_thread.start();
    QMetaObject::invokeMethod(m_shelf.get(), [shelf = m_shelf.get()] { shelf->open(); });
    prune();
}

ChatLog::~ChatLog()
{
    // quit() does not wait for what is posted already.
    if (m_thread.isRunning())
        QMetaObject::invokeMethod(m_shelf.get(), [] {}, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

/// Something may be new in the room.
void ChatLog::note(const RoomName &room)
{
    Tail &tail = m_tails.try_emplace(room.key(), Tail {room}).first->second;
    if (std::exchange(tail.isBehind, true))
        return;
    m_behind.push_back(room.key());
    if (m_isOpen && !m_isBusy && !m_next.isActive())
        m_next.start(kDelayMs);
}

void ChatLog::onOpened(const Status &status, const QList<LogTail> &tails)
{
    for (const LogTail &found : tails) {
        note(found.room); // what was said after it, before the server ended
        Tail &tail = m_tails.at(found.room.key());
        tail.seq = found.seq;
        tail.id = found.id;
    }
    if (!status) {
        retryLater(status.error());
        return;
    }
    m_isOpen = true;
    m_hasFailed = false;
    m_next.start(kDelayMs);
}

/// A page is written, or a log begins.
void ChatLog::onTail(const LogTail &written)
{
    Tail &tail = m_tails.at(written.room.key());
    tail.isProven = written.seq > 0;
    tail.seq = written.seq;
    tail.id = written.id;
    m_isBusy = false;
    m_hasFailed = false;
    note(written.room); // until there is nothing more
    m_next.start(0);
}

void ChatLog::onFailed(const RoomName &room, const Error &error)
{
    m_isBusy = false;
    m_tails.at(room.key()).isProven = false; // what is in the files is looked at anew
    note(room);
    retryLater(error);
}

void ChatLog::retryLater(const Error &error)
{
    if (!std::exchange(m_hasFailed, true))
        qCWarning(lcStore).noquote() << "the chat logs cannot be written, and will be later:" << error.detail;
    m_next.start(kRetryMs);
}

/// The turn of one room.
void ChatLog::proceed()
{
    if (!m_isOpen) {
        QMetaObject::invokeMethod(m_shelf.get(), [shelf = m_shelf.get()] { shelf->open(); });
        return;
    }
    if (m_isBusy || m_behind.empty())
        return;
    Tail &tail = m_tails.at(m_behind.front());
    m_behind.pop_front();
    tail.isBehind = false;
    HistoryQuery query;
    query.room = tail.room;
    // The last entry of the log once more, so that it is seen to be the store's.
    query.after = tail.isProven || tail.seq == 0 ? tail.seq : tail.seq - 1;
    query.count = kPage;
    query.withChanges = true;
    m_isBusy = true;
    m_manager.fetchHistory(query, [this, room = tail.room](const Result<HistoryPage> &page) { onPage(room, page); });
}

void ChatLog::onPage(const RoomName &room, const Result<HistoryPage> &page)
{
    Tail &tail = m_tails.at(room.key());
    if (!page) {
        m_isBusy = false;
        note(room);
        retryLater(page.error());
        return;
    }
    const MessageList &entries = page.value().messages;
    if (!tail.isProven && tail.seq > 0) {
        // Where the entry itself is gone after its time, what comes behind it still follows.
        const bool isThere = !entries.isEmpty() && entries.constFirst().seq == tail.seq;
        const bool isGone = page.value().head >= tail.seq && page.value().oldest > tail.seq;
        if (!(isThere ? idOf(entries.constFirst()) == tail.id : isGone)) {
            qCInfo(lcStore).noquote() << "the history of" << room.text() << "is not the one that its log was written from: a new log begins";
            QMetaObject::invokeMethod(m_shelf.get(), [shelf = m_shelf.get(), room] { shelf->beginAnew(room); });
            return;
        }
    }
    tail.isProven = true;
    if (!entries.isEmpty() && entries.constLast().seq > tail.seq) {
        QMetaObject::invokeMethod(m_shelf.get(), [shelf = m_shelf.get(), room, entries] { shelf->append(room, entries); });
        return;
    }
    m_isBusy = false;
    emit reached(room, tail.seq);
    if (tail.seq == 0 && !tail.isBehind)
        m_tails.erase(room.key()); // nothing was ever said in it
    if (!m_behind.empty())
        m_next.start(0);
}

} // namespace Parlance
