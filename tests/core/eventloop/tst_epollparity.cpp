// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/eventloop/epolltest.h"

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QPointer>
#include <QProcess>
#include <QSemaphore>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QThread>
#include <QThreadPool>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Log = QStringList;
using Scenario = std::function<void(Log &)>;

/// What \a scenario saw in a thread of its own, on our dispatcher or on Qt's.
Log observe(const Scenario &scenario, bool onEpoll)
{
    Log log;
    std::unique_ptr<QThread> thread(QThread::create([&] {
        const bool isOurs = qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance()) != nullptr;
        if (isOurs == onEpoll)
            scenario(log);
        else
            log.append(u"the wrong dispatcher"_s);
    }));
    if (onEpoll)
        thread->setEventDispatcher(makeEpollDispatcher().release());
    thread->start();
    if (!thread->wait(30s))
        qFatal("the scenario does not end");
    return log;
}

/// Runs the loop until \a isDone, or for too long.
void runUntil(const std::function<bool()> &isDone)
{
    QDeadlineTimer deadline(10s);
    while (!isDone() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
}

std::pair<std::unique_ptr<QTcpSocket>, QTcpSocket *> connected(QTcpServer &server)
{
    if (!server.isListening())
        server.listen(QHostAddress::LocalHost);
    auto client = std::make_unique<QTcpSocket>();
    client->connectToHost(server.serverAddress(), server.serverPort());
    runUntil([&] { return server.hasPendingConnections() && client->state() == QAbstractSocket::ConnectedState; });
    return {std::move(client), server.nextPendingConnection()};
}

void timers(Log &log)
{
    QObject context;
    const auto note = [&log](const QString &what) { return [&log, what] { log.append(what); }; };
    QTimer::singleShot(60ms, Qt::PreciseTimer, &context, note(u"precise 60"_s));
    QTimer::singleShot(20ms, Qt::PreciseTimer, &context, note(u"precise 20"_s));
    QTimer::singleShot(700ms, Qt::CoarseTimer, &context, note(u"coarse 700"_s));
    QTimer::singleShot(0, &context, note(u"zero"_s));
    QTimer slow;
    slow.setTimerType(Qt::VeryCoarseTimer);
    slow.setSingleShot(true);
    slow.callOnTimeout(&context, note(u"very coarse"_s));
    slow.start(2s);
    QTimer again;
    int left = 3;
    again.callOnTimeout(&context, [&] {
        log.append(u"again %1, %2"_s.arg(left).arg(again.isActive()));
        if (--left == 0)
            again.stop();
        else
            again.start(150ms); // anew, from its own handler
    });
    again.start(100ms);
    QTimer doomed;
    doomed.callOnTimeout(&context, note(u"never"_s));
    doomed.start(30ms);
    QTimer::singleShot(25ms, Qt::PreciseTimer, &context, [&doomed] { doomed.stop(); });
    runUntil([&] { return !slow.isActive(); });
    log.append(u"active: %1 %2"_s.arg(again.isActive()).arg(doomed.isActive()));
}

/// Exit codes, the order of ends, and what deleteLater() waits for.
void nestedLoops(Log &log)
{
    QEventLoop outer;
    auto *early = new QObject; // its deletion waits for the loop in which it was asked for
    QPointer<QObject> watched(early);
    QTimer::singleShot(0, &outer, [&] {
        early->deleteLater();
        QEventLoop inner;
        auto *late = new QObject;
        QPointer<QObject> lateWatched(late);
        QTimer::singleShot(0, &inner, [&] {
            late->deleteLater();
            QCoreApplication::processEvents();
            log.append(u"in a pass inside the handler: %1 %2"_s.arg(!watched.isNull()).arg(!lateWatched.isNull()));
            outer.exit(3); // ends after the inner one
            QTimer::singleShot(0, &inner, [&inner] { inner.exit(2); });
        });
        log.append(u"inner: %1"_s.arg(inner.exec()));
        log.append(u"behind the inner loop: %1 %2"_s.arg(!watched.isNull()).arg(!lateWatched.isNull()));
    });
    log.append(u"outer: %1"_s.arg(outer.exec()));
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    log.append(u"at the end: %1"_s.arg(!watched.isNull()));
}

void postedOrder(Log &log)
{
    QObject first;
    QObject second;
    const auto post = [&log](QObject &to, const QString &what, Qt::ConnectionType type = Qt::QueuedConnection) {
        QMetaObject::invokeMethod(&to, [&log, what] { log.append(what); }, type);
    };
    post(first, u"1"_s);
    post(second, u"2"_s);
    post(first, u"3"_s);
    QMetaObject::invokeMethod(&second, [&] {
        log.append(u"4"_s);
        post(first, u"6"_s);
        post(second, u"direct"_s, Qt::DirectConnection);
    }, Qt::QueuedConnection);
    post(second, u"5"_s);
    runUntil([&log] { return log.contains(u"6"_s); });
}

void socketsWaitInHandlers(Log &log)
{
    QTcpServer server;
    auto [client, far] = connected(server);
    QObject::connect(far, &QTcpSocket::readyRead, far, [&log, far = far] {
        while (far->bytesAvailable() < 6 && far->waitForReadyRead(2000)) { }
        log.append(QString::fromLatin1(far->readAll()));
        far->write("answer");
        log.append(u"written: %1"_s.arg(far->waitForBytesWritten(2000)));
        far->disconnectFromHost();
    });
    client->write("one");
    client->waitForBytesWritten(2000);
    QByteArray got;
    QObject::connect(client.get(), &QTcpSocket::readyRead, client.get(), [&] { got += client->readAll(); });
    client->write("two");
    client->flush();
    runUntil([&client = client] { return client->state() == QAbstractSocket::UnconnectedState; });
    log.append(QString::fromLatin1(got));
}

/// Deleted in its own handler and in another's.
void socketsDeleted(Log &log)
{
    QTcpServer server;
    auto [one, farOne] = connected(server);
    auto [two, farTwo] = connected(server);
    QPointer<QTcpSocket> watchedOne(farOne);
    QPointer<QTcpSocket> watchedTwo(farTwo);
    int served = 0;
    const auto handler = [&](QPointer<QTcpSocket> &own, QPointer<QTcpSocket> &other) {
        return [&] {
            ++served;
            delete other.data();
            own->deleteLater();
        };
    };
    QObject::connect(farOne, &QTcpSocket::readyRead, &server, handler(watchedOne, watchedTwo));
    QObject::connect(farTwo, &QTcpSocket::readyRead, &server, handler(watchedTwo, watchedOne));
    one->write("a");
    two->write("b");
    one->flush();
    two->flush();
    const auto isOver = [](const auto &socket) { return socket->state() == QAbstractSocket::UnconnectedState; };
    runUntil([&] { return isOver(one) && isOver(two); });
    log.append(u"served %1, left %2 %3"_s.arg(served).arg(!watchedOne.isNull()).arg(!watchedTwo.isNull()));
    auto [three, farThree] = connected(server); // takes one of the numbers
    QByteArray got;
    QObject::connect(farThree, &QTcpSocket::readyRead, &server, [&, far = farThree] { got += far->readAll(); });
    three->write("c");
    runUntil([&got] { return !got.isEmpty(); });
    log.append(QString::fromLatin1(got));
}

void processes(Log &log)
{
    constexpr int count = 12;
    std::vector<std::unique_ptr<QProcess>> all;
    Log ended;
    for (int i = 0; i < count; ++i) {
        all.push_back(std::make_unique<QProcess>());
        QProcess *process = all.back().get();
        QObject::connect(process, &QProcess::finished, process, [&ended, process, i](int code) {
            ended.append(u"%1: %2 %3"_s.arg(i, 2).arg(code).arg(QString::fromLatin1(process->readAll().trimmed())));
        });
        process->start(u"/bin/sh"_s, {u"-c"_s, u"echo %1; exit %1"_s.arg(i)});
    }
    QProcess left;
    QProcess right;
    left.setStandardOutputProcess(&right);
    left.start(u"/bin/echo"_s, {u"through a pipe"_s});
    right.start(u"/usr/bin/tr"_s, {u"a-z"_s, u"A-Z"_s});
    runUntil([&] { return ended.size() == count && right.state() == QProcess::NotRunning; });
    ended.sort();
    log += ended;
    log.append(QString::fromLatin1(right.readAllStandardOutput().trimmed()));
    QProcess waited; // blocking, beside a loop
    waited.start(u"/bin/echo"_s, {u"waited"_s});
    log.append(u"%1 %2"_s.arg(waited.waitForFinished(5000)).arg(QString::fromLatin1(waited.readAll().trimmed())));
}

void watchedFiles(Log &log)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(u"file"_s));
    file.open(QIODevice::WriteOnly);
    QFileSystemWatcher watcher({folder.path(), file.fileName()});
    bool fileChanged = false;
    bool folderChanged = false;
    QObject::connect(&watcher, &QFileSystemWatcher::fileChanged, &watcher, [&] { fileChanged = true; });
    QObject::connect(&watcher, &QFileSystemWatcher::directoryChanged, &watcher, [&] { folderChanged = true; });
    file.write("text");
    file.flush();
    runUntil([&] { return fileChanged; });
    QFile(folder.filePath(u"other"_s)).open(QIODevice::WriteOnly);
    runUntil([&] { return folderChanged; });
    log.append(u"%1 %2"_s.arg(fileChanged).arg(folderChanged));
}

void threads(Log &log)
{
    QObject here;
    QThreadPool pool;
    int sum = 0;
    for (int i = 1; i <= 100; ++i)
        pool.start([&here, &sum, i] { QMetaObject::invokeMethod(&here, [&sum, i] { sum += i; }); });
    runUntil([&sum] { return sum == 5050; });
    log.append(QString::number(sum));

    QThread other;
    auto *moved = new QTimer; // runs on in the thread that it is moved to
    QObject::connect(moved, &QTimer::timeout, moved, [&] {
        log.append(u"in the other thread: %1"_s.arg(QThread::currentThread() == &other));
        QThread::currentThread()->quit();
    });
    moved->start(10ms);
    moved->moveToThread(&other);
    QObject::connect(&other, &QThread::finished, moved, &QObject::deleteLater);
    other.start();
    log.append(u"ended: %1"_s.arg(other.wait(5000)));

    QSemaphore begun;
    std::unique_ptr<QThread> worker(QThread::create([&begun] {
        begun.release();
        while (!QThread::currentThread()->isInterruptionRequested())
            QThread::yieldCurrentThread();
    }));
    worker->start();
    begun.acquire();
    worker->requestInterruption();
    log.append(u"interrupted: %1"_s.arg(worker->wait(5000)));
}

} // namespace

/// The same happenings on our dispatcher and on Qt's own: what is seen must be the same, and something must be.
class TestEpollParity : public QObject
{
    Q_OBJECT

private slots:
    void sameAsQt_data();
    void sameAsQt();
};

void TestEpollParity::sameAsQt_data()
{
    QTest::addColumn<Scenario>("scenario");
    QTest::addColumn<int>("lines"); // at least
    QTest::newRow("timers of each kind") << Scenario(timers) << 9;
    QTest::newRow("nested loops and deletions") << Scenario(nestedLoops) << 5;
    QTest::newRow("order of posted events") << Scenario(postedOrder) << 7;
    QTest::newRow("waiting in a handler") << Scenario(socketsWaitInHandlers) << 3;
    QTest::newRow("sockets deleted in handlers") << Scenario(socketsDeleted) << 2;
    QTest::newRow("processes") << Scenario(processes) << 14;
    QTest::newRow("watched files") << Scenario(watchedFiles) << 1;
    QTest::newRow("threads") << Scenario(threads) << 4;
}

void TestEpollParity::sameAsQt()
{
    QFETCH(Scenario, scenario);
    QFETCH(int, lines);
    const Log ours = observe(scenario, true);
    QCOMPARE(ours, observe(scenario, false));
    QVERIFY2(ours.size() >= lines, qPrintable(ours.join(u'\n')));
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    TestEpollParity test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_epollparity.moc"
