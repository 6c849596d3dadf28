// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/controlclient.h"
#include "control/controlserver.h"
#include "control/controlsocket.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Who gets in, what is understood, and that a pause ends with whoever wanted it.
class TestControlServer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void answers();
    void refusals();
    void badLines_data();
    void badLines();
    void anEndlessLine();
    void othersAreRefused();
    void onlyTheOwnerOpensIt();
    void whatAKilledServerLeft();
    void aDeepDirectory();
    void nobodyListens();
    void aPauseEndsWithTheConnection();
    void aPauseEndsWhenSaid();
    void onePauseAtATime();
    void aRefusedPause();

private:
    class Handler final : public ControlHandler
    {
    public:
        void answer(const QString &command, const QJsonObject &request, const Reply &reply) override
        {
            if (command == u"echo"_s)
                reply(QJsonObject {{"text"_L1, request.value("text"_L1)}});
            else
                reply(Error {ErrorCode::UnknownType, u"no such command"_s});
        }
        Status pause(std::function<void()> done) override
        {
            ++pauses;
            if (isRefusing)
                return Error {ErrorCode::Conflict, u"not now"_s};
            paused = std::move(done);
            return {};
        }
        void resume() override { ++resumes; }

        int pauses = 0;
        int resumes = 0;
        bool isRefusing = false;
        std::function<void()> paused;
    };

    std::unique_ptr<QLocalSocket> dial();
    /// Sends the bytes; the line that comes back.
    QByteArray exchange(QLocalSocket &socket, const QByteArray &bytes);

    std::unique_ptr<QTemporaryDir> m_directory;
    Handler m_handler;
    std::unique_ptr<ControlServer> m_server;
};

void TestControlServer::init()
{
    m_handler = {};
    m_directory = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<ControlServer>(m_handler);
    QVERIFY(m_server->listen(m_directory->path()));
}

std::unique_ptr<QLocalSocket> TestControlServer::dial()
{
    auto socket = std::make_unique<QLocalSocket>();
    socket->connectToServer(m_directory->filePath(u"control.sock"_s));
    [&] { QTRY_COMPARE(socket->state(), QLocalSocket::ConnectedState); }();
    return socket;
}

QByteArray TestControlServer::exchange(QLocalSocket &socket, const QByteArray &bytes)
{
    socket.write(bytes);
    [&] { QTRY_VERIFY(socket.canReadLine()); }();
    return socket.readLine();
}

void TestControlServer::answers()
{
    const auto socket = dial();
    QCOMPARE(exchange(*socket, "{\"command\":\"echo\",\"text\":\"Привет\"}\n"), QByteArray("{\"ok\":{\"text\":\"Привет\"}}\n"));
    socket->write("{\"command\":\"ec"); // in pieces
    QCoreApplication::processEvents();
    QCOMPARE(exchange(*socket, "ho\",\"text\":\"2\"}\n"), QByteArray("{\"ok\":{\"text\":\"2\"}}\n"));
    QCOMPARE(exchange(*socket, "{\"command\":\"echo\",\"text\":\"3\"}\n{\"command\":\"echo\",\"text\":\"4\"}\n"), QByteArray("{\"ok\":{\"text\":\"3\"}}\n"));
    QTRY_VERIFY(socket->canReadLine());
    QCOMPARE(socket->readLine(), QByteArray("{\"ok\":{\"text\":\"4\"}}\n"));
}

void TestControlServer::refusals()
{
    QCOMPARE(exchange(*dial(), "{\"command\":\"destroy\"}\n"), QByteArray("{\"error\":{\"code\":\"unknown_type\",\"detail\":\"no such command\"}}\n"));
}

void TestControlServer::badLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray("\n");
    QTest::newRow("no JSON") << QByteArray("status\n");
    QTest::newRow("an array") << QByteArray("[\"status\"]\n");
    QTest::newRow("no command") << QByteArray("{\"text\":\"x\"}\n");
    QTest::newRow("a command that is no text") << QByteArray("{\"command\":7}\n");
    QTest::newRow("zeros") << QByteArray(100, '\0') + '\n';
    QTest::newRow("deep") << QByteArray(5000, '[') + '\n';
}

void TestControlServer::badLines()
{
    QFETCH(QByteArray, line);
    const auto socket = dial();
    QVERIFY(exchange(*socket, line).contains("bad_request"));
    QVERIFY(exchange(*socket, "{\"command\":\"echo\"}\n").contains("ok")); // and goes on
}

void TestControlServer::anEndlessLine()
{
    const auto socket = dial();
    socket->write(QByteArray(3 * ControlServer::kLineBytes, 'x'));
    QTRY_COMPARE(socket->state(), QLocalSocket::UnconnectedState);
    QVERIFY(socket->readAll().contains("too_long"));
}

void TestControlServer::othersAreRefused()
{
    qint64 asked = -1;
    m_server = std::make_unique<ControlServer>(m_handler, [&asked](qint64 user) {
        asked = user;
        return false;
    });
    QVERIFY(m_server->listen(m_directory->path()));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"the control socket refuses the user"_s));
    QLocalSocket socket;
    socket.connectToServer(m_directory->filePath(u"control.sock"_s));
    socket.write("{\"command\":\"pause\"}\n");
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    QVERIFY(socket.readAll().contains("forbidden"));
    QCOMPARE(asked, qint64(geteuid()));
    QCOMPARE(m_handler.pauses, 0);
}

void TestControlServer::onlyTheOwnerOpensIt()
{
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFile::permissions(m_directory->filePath(u"control.sock"_s)) & others, QFile::Permissions());
}

void TestControlServer::whatAKilledServerLeft()
{
    ControlServer second(m_handler); // the first one's file is in its way
    QVERIFY(second.listen(m_directory->path()));
    m_server.reset();
    QVERIFY(QFileInfo::exists(m_directory->filePath(u"control.sock"_s)));
    QVERIFY(exchange(*dial(), "{\"command\":\"echo\"}\n").contains("ok"));
}

void TestControlServer::aDeepDirectory()
{
    const QString deep = m_directory->path() + u'/' + QString(200, u'd') + u'/' + QString(200, u'e');
    QVERIFY(QDir().mkpath(deep));
    ControlServer server(m_handler);
    QVERIFY(server.listen(deep));
    const Result<int> descriptor = ControlSocket(deep).connect();
    QVERIFY(descriptor);
    ::close(descriptor.value());
}

void TestControlServer::nobodyListens()
{
    m_server.reset();
    QCOMPARE(ControlClient::connect(m_directory->path()).error().code, ErrorCode::NotFound);
    QCOMPARE(ControlClient::connect(m_directory->filePath(u"missing"_s)).error().code, ErrorCode::NotFound);
    QFile file(m_directory->filePath(u"control.sock"_s)); // no socket at all
    QVERIFY(file.remove());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(ControlClient::connect(m_directory->path()).error().code, ErrorCode::NotFound);
}

void TestControlServer::aPauseEndsWithTheConnection()
{
    auto socket = dial();
    socket->write("{\"command\":\"pause\"}\n");
    QTRY_VERIFY(m_handler.paused);
    QVERIFY(!socket->canReadLine()); // not before the data is free
    m_handler.paused();
    QTRY_VERIFY(socket->canReadLine());
    QCOMPARE(socket->readLine(), QByteArray("{\"ok\":{}}\n"));
    QCOMPARE(m_handler.resumes, 0);
    socket.reset();
    QTRY_COMPARE(m_handler.resumes, 1);
    // Who has gone before the pause began is not told, and nobody waits for it.
    socket = dial();
    socket->write("{\"command\":\"pause\"}\n");
    QTRY_COMPARE(m_handler.pauses, 2);
    socket.reset();
    QTRY_COMPARE(m_handler.resumes, 2);
    m_handler.paused();
}

void TestControlServer::aPauseEndsWhenSaid()
{
    const auto socket = dial();
    socket->write("{\"command\":\"pause\"}\n");
    QTRY_VERIFY(m_handler.paused);
    m_handler.paused();
    socket->write("{\"command\":\"resume\"}\n");
    QTRY_COMPARE(m_handler.resumes, 1);
}

void TestControlServer::onePauseAtATime()
{
    const auto first = dial();
    first->write("{\"command\":\"pause\"}\n");
    QTRY_VERIFY(m_handler.paused);
    const auto second = dial();
    QVERIFY(exchange(*second, "{\"command\":\"pause\"}\n").contains("conflict"));
    QVERIFY(exchange(*second, "{\"command\":\"resume\"}\n").contains("unknown_type")); // another's
    QCOMPARE(m_handler.pauses, 1);
    QCOMPARE(m_handler.resumes, 0);
}

void TestControlServer::aRefusedPause()
{
    m_handler.isRefusing = true;
    const auto socket = dial();
    QVERIFY(exchange(*socket, "{\"command\":\"pause\"}\n").contains("not now"));
    m_handler.isRefusing = false;
    socket->write("{\"command\":\"pause\"}\n");
    QTRY_VERIFY(m_handler.paused);
}

QTEST_GUILESS_MAIN(TestControlServer)
#include "tst_controlserver.moc"
