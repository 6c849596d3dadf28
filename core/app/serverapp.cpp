// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverapp.h"

#include "admin/adminfeed.h"
#include "app/addresses.h"
#include "app/limits.h"
#include "app/process.h"
#include "app/storagechoice.h"
#include "app/version.h"
#include "base/logging.h"
#include "chatlog/chatlog.h"
#include "cluster/localbus.h"
#include "config/checks.h"
#include "initresources.h"
#include "model/chatmanager.h"
#include "net/frontdoor.h"
#include "net/httpgateway.h"
#include "net/metrics.h"
#include "net/monitordoor.h"
#include "net/routes/changeroutes.h"
#include "net/routes/pageroutes.h"
#include "net/routes/roomroutes.h"
#include "net/routes/searchroutes.h"
#include "net/routes/serverroutes.h"
#include "net/routetable.h"
#include "net/websocketgateway.h"

#include <QFileInfo>
#include <QTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kTickMs = 1000;
constexpr int kDrainMs = 4500; ///< whoever has not answered by then is cut off
constexpr std::chrono::seconds kRetryAfter {2}; ///< what clients are told when the server closes

ServerIdentity identityOf(const Config &config)
{
    return {serverName(config),
            QString::fromLatin1(kVersion),
            wireLimits(config),
            {u"resume"_s, u"typing"_s, u"presence"_s, u"notice"_s, u"edit"_s, u"delete"_s, u"react"_s, u"search"_s}};
}

} // namespace

/// In the order in which they need each other; destroyed the other way round.
struct ServerApp::Parts
{
    Parts(const Config &settings, const Clock &clockOfAll, Storage storageOfAll)
        : config(settings)
        , clock(clockOfAll)
        , storage(std::move(storageOfAll))
        , manager(*storage.store, bus, clock, modelLimits(settings))
        , net(netLimits(settings))
        , identity(identityOf(settings))
        , sockets(manager, net, clock, metrics, identity)
    {
    }

    Config config;
    const Clock &clock;
    Storage storage;
    LocalBus bus;
    ChatManager manager;
    NetLimits net;
    ServerIdentity identity;
    Metrics metrics;
    RouteTable routes;
    WebSocketGateway sockets;
    std::unique_ptr<HttpGateway> http;
    std::unique_ptr<FrontDoor> door;
    std::unique_ptr<MonitorDoor> monitor; ///< null: /metrics is at the chat's port
    std::unique_ptr<AdminFeed> feed;
    std::unique_ptr<ChatLog> chatLog; ///< null: nobody wants one
    QTimer ticker;
    QTimer drainDeadline;
    bool ready = false;
    bool socketsDrained = false;
    bool doorDrained = false;

    void addRoutes();
    ServerRouteContext routeContext() const;
    Status openMonitor();
    void addCounters();
    void addGauges();
    void makeFeed(const QStringList &urls);
    void beginChatLog();
};

void ServerApp::Parts::addRoutes()
{
    // QHttpServer tries them one after the other: those that programs ask for often come first.
    addRoomRoutes(routes, manager);
    addChangeRoutes(routes, manager);
    addSearchRoutes(routes, manager);
    const ServerRouteContext context = routeContext();
    addInfoRoute(routes, context);
    addHealthRoutes(routes, context);
    if (config.metrics.listen.isEmpty())
        addMetricsRoute(routes, context);
    addPageRoutes(routes);
}

ServerRouteContext ServerApp::Parts::routeContext() const
{
    return {manager, metrics, clock, identity, u"open"_s, config.metrics.token, [this] { return ready; }};
}

Status ServerApp::Parts::openMonitor()
{
    if (config.metrics.listen.isEmpty())
        return {};
    const Result<Endpoint> endpoint = parseEndpoint(config.metrics.listen);
    if (!endpoint)
        return endpoint.error();
    monitor = std::make_unique<MonitorDoor>(routeContext(), net, clock, metrics);
    return monitor->listen(QHostAddress(endpoint.value().address), endpoint.value().port);
}

/// What others than the network room count.
void ServerApp::Parts::addCounters()
{
    metrics.countElsewhere(Limit::HistoryRing, [this] { return manager.forgotten().byRing; });
    metrics.countElsewhere(Limit::HistoryBytes, [this] { return manager.forgotten().byBytes; });
}

void ServerApp::Parts::addGauges()
{
    metrics.addGauge({"parlance_connections", "Open connections.", [this] { return double(door->connectionCount()); }});
    metrics.addGauge({"parlance_sessions", "Sessions in a room.", [this] { return double(manager.sessionCount()); }});
    metrics.addGauge({"parlance_rooms", "Rooms with somebody inside.", [this] { return double(manager.roomCount()); }});
    metrics.addGauge({"parlance_history_bytes", "Messages kept in memory, about.", [this] { return double(manager.historyBytes()); }});
    metrics.addGauge({"parlance_storage_fault", "1 while messages cannot be stored.", [this] { return manager.storageFault() == ErrorCode::None ? 0.0 : 1.0; }});
    metrics.addGauge({"process_resident_memory_bytes", "Resident memory.", [] { return double(residentBytes()); }});
}

void ServerApp::Parts::makeFeed(const QStringList &urls)
{
    const auto measure = [this](Statistics &now) {
        now.connections = door->connectionCount();
        now.deliveries = metrics.count(Metrics::EventsDelivered);
        now.bytesIn = metrics.count(Metrics::BytesReceived);
        now.bytesOut = metrics.count(Metrics::BytesSent);
        now.refusals = metrics.refusals();
        now.residentBytes = residentBytes();
    };
    feed = std::make_unique<AdminFeed>(
        manager, clock, AdminFeed::Surroundings {identity.name, identity.version, urls, measure, config.kick.rejoinAfter});
    metrics.onRefusal([this](ErrorCode code, const QString &detail, const QString &address) {
        feed->noteRefusal({QString::fromLatin1(errorName(code)), detail, address, clock.wallClock().count()});
    });
}

void ServerApp::Parts::beginChatLog()
{
    if (!storage.directory)
        return;
    if (!config.chatLogs.enabled) {
        if (const QString folder = storage.directory->file(u"chat_logs"_s); QFileInfo::exists(folder))
            qCWarning(lcApp).noquote() << "chat logs are off, and" << folder << "is there: what is deleted from now on stays in its files until they are on again";
        return;
    }
    chatLog = std::make_unique<ChatLog>(
        manager, clock, ChatLog::Options {storage.directory->file(u"chat_logs"_s), config.chatLogs.fileBytes, config.chatLogs.keepAge.count()});
    metrics.addGauge({"parlance_chat_log_fault", "1 while chat logs cannot be written.", [this] { return chatLog->hasFailed() ? 1.0 : 0.0; }});
}

Result<std::unique_ptr<ServerApp>> ServerApp::start(const Config &config, const Clock &clock)
{
    initResources();
    raiseDescriptorLimit(config.limits.connections);
    outliveFileSizeLimit();
    Result<Storage> storage = openStorage(config);
    if (!storage)
        return storage.error();
    auto parts = std::make_unique<Parts>(config, clock, storage.take());
    parts->addRoutes();
    parts->http = std::make_unique<HttpGateway>(parts->routes);
    parts->door =
        std::make_unique<FrontDoor>(parts->net, clock, parts->metrics, *parts->http, parts->sockets);
    if (const Status listening = parts->door->listen(listenAddresses(config), config.port); !listening)
        return listening.error();
    parts->http->attach(*parts->door->firstListener());
    if (const Status listening = parts->openMonitor(); !listening)
        return listening.error();
    parts->addCounters();
    parts->addGauges();
    parts->makeFeed(pageUrls(config, parts->door->port()));
    parts->beginChatLog();

    ChatManager &manager = parts->manager;
    QObject::connect(&parts->ticker, &QTimer::timeout, &manager, &ChatManager::tick);
    parts->ticker.start(kTickMs);
    parts->ready = true;
    return std::unique_ptr<ServerApp>(new ServerApp(std::move(parts)));
}

ServerApp::ServerApp(std::unique_ptr<Parts> parts) : m_parts(std::move(parts))
{
    connect(&m_parts->sockets, &WebSocketGateway::drained, this, [this] {
        m_parts->socketsDrained = true;
        finishWhenDrained();
    });
    connect(m_parts->door.get(), &FrontDoor::emptied, this, [this] {
        m_parts->doorDrained = true;
        finishWhenDrained();
    });
    m_parts->drainDeadline.setSingleShot(true);
    connect(&m_parts->drainDeadline, &QTimer::timeout, this, &ServerApp::drained);
}

ServerApp::~ServerApp() = default;

quint16 ServerApp::port() const
{
    return m_parts->door->port();
}

QStringList ServerApp::urls() const
{
    return pageUrls(m_parts->config, port());
}

AdminFeed &ServerApp::adminFeed()
{
    return *m_parts->feed;
}

ChatManager &ServerApp::chat()
{
    return m_parts->manager;
}

const RouteTable &ServerApp::routes() const
{
    return m_parts->routes;
}

void ServerApp::finishWhenDrained()
{
    if (!m_parts->socketsDrained || !m_parts->doorDrained)
        return;
    m_parts->drainDeadline.stop();
    emit drained();
}

void ServerApp::drain()
{
    if (std::exchange(m_draining, true))
        return;
    qCInfo(lcApp) << "closing:" << m_parts->sockets.sessionCount() << "sessions are told";
    m_parts->ready = false;
    m_parts->manager.beginShutdown();
    m_parts->door->stopListening();
    m_parts->drainDeadline.start(kDrainMs);
    m_parts->sockets.drain(kRetryAfter);
}

} // namespace Parlance
