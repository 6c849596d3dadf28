// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverrunner.h"

#include "app/roomcommand.h"
#include "app/serverapp.h"
#include "app/storagechoice.h"
#include "app/version.h"
#include "base/logging.h"
#include "control/controlserver.h"
#include "model/chatmanager.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kRetryMs = 200; ///< whoever worked on the data ends a moment after its connection
constexpr int kAttempts = 50;

} // namespace

ServerRunner::ServerRunner(const Config &config, const Clock &clock, Pause pause)
    : m_config(config), m_clock(clock), m_mayPause(pause), m_retry(this), m_since(clock.monotonic())
{
    m_retry.setInterval(kRetryMs);
    connect(&m_retry, &QTimer::timeout, this, &ServerRunner::tryAgain);
}

ServerRunner::~ServerRunner() = default;

Status ServerRunner::start()
{
    if (Status started = startServer(); !started)
        return started;
    m_config.port = m_server->port(); // after a pause people find it where it was
    listenForControl();
    return {};
}

Status ServerRunner::startServer()
{
    Result<std::unique_ptr<ServerApp>> started = ServerApp::start(m_config, m_clock);
    if (!started)
        return started.error();
    m_server = started.take();
    connect(m_server.get(), &ServerApp::drained, this, &ServerRunner::onDrained);
    return {};
}

/// Where nothing is kept there is no data directory, nor anything to look after.
void ServerRunner::listenForControl()
{
    if (m_config.storage == "memory"_L1)
        return;
    m_control = std::make_unique<ControlServer>(static_cast<ControlHandler &>(*this));
    if (const Status listening = m_control->listen(dataDirectory(m_config)); !listening)
        qCWarning(lcApp).noquote() << "parlancectl cannot reach this server:" << listening.error().detail;
}

void ServerRunner::drain()
{
    const bool isRunning = m_server != nullptr;
    m_retry.stop();
    const State before = std::exchange(m_state, State::Draining);
    if (!isRunning)
        emit drained();
    else if (before != State::Pausing)
        m_server->drain();
}

void ServerRunner::onDrained()
{
    if (m_state == State::Pausing)
        QMetaObject::invokeMethod(this, &ServerRunner::letGo, Qt::QueuedConnection); // not within its own signal
    else
        emit drained();
}

Status ServerRunner::pause(std::function<void()> paused)
{
    if (m_mayPause == Pause::Refused)
        return Error {ErrorCode::Conflict, u"the server runs in an operator console: stop it there first"_s};
    if (m_state != State::Running)
        return Error {ErrorCode::ShuttingDown, u"the server is closing or starting: try again in a moment"_s};
    qCInfo(lcApp) << "parlancectl has asked for the data: the chat pauses";
    m_state = State::Pausing;
    m_paused = std::move(paused);
    m_mustResume = false;
    m_server->drain();
    return {};
}

void ServerRunner::letGo()
{
    m_server.reset();
    if (m_state == State::Draining) { // asked to end meanwhile
        emit drained();
        return;
    }
    m_state = State::Paused;
    if (const auto paused = std::exchange(m_paused, {}); !m_mustResume)
        paused();
    else
        resume();
}

void ServerRunner::resume()
{
    if (m_state == State::Pausing)
        m_mustResume = true;
    if (m_state != State::Paused)
        return;
    m_state = State::Resuming;
    m_attempts = 0;
    m_retry.start();
    tryAgain();
}

void ServerRunner::tryAgain()
{
    const Status started = startServer();
    if (started) {
        m_retry.stop();
        m_state = State::Running;
        qCInfo(lcApp) << "the chat goes on";
        return;
    }
    if (started.error().code == ErrorCode::DataInUse && ++m_attempts < kAttempts)
        return;
    m_retry.stop();
    emit failed(started.error());
}

void ServerRunner::answer(const QString &command, const QJsonObject &request, const Reply &reply)
{
    if (!m_server)
        reply(Error {ErrorCode::Unavailable, u"the server pauses, while somebody works on its data"_s});
    else if (command == "status"_L1)
        reply(status());
    else if (command == "who"_L1)
        reply(who());
    else if (command == "room"_L1)
        configureRoom(m_server->chat(), request, reply);
    else
        reply(Error {ErrorCode::UnknownType, u"the server does not know the command %1"_s.arg(command)});
}

QJsonObject ServerRunner::status() const
{
    const ChatManager &chat = m_server->chat();
    QJsonObject status {
        {"name"_L1, serverName(m_config)},
        {"version"_L1, QString::fromLatin1(kVersion)},
        {"process"_L1, QCoreApplication::applicationPid()},
        {"uptime_s"_L1, qint64((m_clock.monotonic() - m_since).count() / 1000)},
        {"urls"_L1, QJsonArray::fromStringList(m_server->urls())},
        {"rooms"_L1, chat.roomCount()},
        {"people"_L1, chat.userCount()},
        {"sessions"_L1, chat.sessionCount()},
        {"durability"_L1, chat.durability()},
        {"fault"_L1, chat.storageFault() == ErrorCode::None ? QString() : QString::fromLatin1(errorName(chat.storageFault()))},
        {"data_dir"_L1, dataDirectory(m_config)},
    };
    if (const auto database = databaseOf(m_config); database && database->dialect == SqlDialect::Sqlite)
        status.insert("database_bytes"_L1, QFileInfo(database->database).size() + QFileInfo(database->database + u"-wal"_s).size());
    return status;
}

QJsonObject ServerRunner::who() const
{
    QJsonArray rooms;
    for (const RoomInfo &room : m_server->chat().rooms())
        rooms.append(QJsonObject {{"room"_L1, room.name.text()}, {"users"_L1, QJsonArray::fromStringList(m_server->chat().userNames(room.name))}});
    return {{"rooms"_L1, rooms}};
}

} // namespace Parlance
