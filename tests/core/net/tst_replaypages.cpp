// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/netserver.h"
#include "support/v1support.h"
#include "support/wsframes.h"

#include <QJsonArray>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// 4,000 characters of four bytes each: the longest message there is.
QString longest()
{
    return u"😀"_s.repeated(4000);
}

/// A plain client that fills a room with the longest messages, straight through the chat, and reads them.
class Author
{
public:
    explicit Author(NetServer &server) : m_server(server), m_client(server.port())
    {
        m_client.send(upgradeHead("/ws/general/author"));
    }
    bool isIn() const { return m_server.chat().sessionCount() == 1; }
    QByteArray epoch() const { return m_server.chat().room(general())->epoch.toLatin1(); }
    void post(int count, const QString &content = longest())
    {
        if (quint64(m_session) == 0)
            m_session = m_server.chat().sessions().constFirst().id;
        for (int i = 0; i < count; ++i)
            QVERIFY(m_server.chat().post(m_session, content, Cid()));
    }
    /// Whether the message of that seq is the last that came.
    bool hasRead(int seq) const { return m_client.received().endsWith("\"seq\":" + QByteArray::number(seq) + '}'); }

private:
    NetServer &m_server;
    RawClient m_client;
    SessionId m_session {};
};

/// Whether the replay has come to its end in the raw bytes of \a client.
bool hasEnd(const RawClient &client)
{
    return client.received().last(qMin<qsizetype>(client.received().size(), 4096)).contains("\"history_end\"");
}

} // namespace

/// A history that takes several pages, and what happens meanwhile.
class TestReplayPages : public QObject
{
    Q_OBJECT

private slots:
    void pages();
    void slowReaderOfPages();
    void comingAndGoingDuringPages();
    void repeatedCidDuringPages();
    void noticeDuringPages();
};

void TestReplayPages::pages()
{
    NetServer server;
    Author author(server);
    QTRY_VERIFY(author.isIn());
    author.post(1000);
    QTRY_VERIFY_WITH_TIMEOUT(author.hasRead(1000), 20'000);

    RawClient reader(server.port());
    reader.send(upgradeHead("/ws/general/reader?since=0&epoch=" + author.epoch(), kParlance));
    QTRY_VERIFY_WITH_TIMEOUT(hasEnd(reader), 30'000);
    const WsFrames frames = framesAfterUpgrade(reader.received());
    QVERIFY2(frames.fault.isEmpty(), qPrintable(frames.fault));
    QCOMPARE(frames.list.size(), 1 + 1000 + 1);
    qsizetype largest = 0;
    for (const WsFrame &frame : frames.list)
        largest = qMax(largest, frame.payload.size());
    QVERIFY2(largest <= 64 * 1024, qPrintable(QString::number(largest)));
    const QList<QJsonObject> events = frames.events();
    QCOMPARE(seqsOf(events), numbers(1, 1000));
    QCOMPARE(events.at(500)[u"content"_s].toString(), longest());
    QCOMPARE(events.constLast()[u"to"_s].toInteger(), 1000);
}

/// Reads nothing while the room goes on: gets every message once and in order when it does.
void TestReplayPages::slowReaderOfPages()
{
    NetServer server([](NetServer::Settings &settings) { settings.model.ring = 700; });
    Author author(server);
    QTRY_VERIFY(author.isIn());
    author.post(600);
    QTRY_VERIFY_WITH_TIMEOUT(author.hasRead(600), 20'000);

    RawClient reader(server.port(), {QHostAddress::LocalHost, 16 * 1024});
    reader.stopReadingAfter(100'000);
    reader.send(upgradeHead("/ws/general/reader?since=0&epoch=" + author.epoch(), kParlance));
    QTRY_VERIFY(reader.received().size() >= 100'000);
    author.post(50);
    QTRY_VERIFY(author.hasRead(650));
    server.advance(14s);
    reader.resumeReading();
    QTRY_VERIFY_WITH_TIMEOUT(hasEnd(reader), 30'000);
    const WsFrames frames = framesAfterUpgrade(reader.received());
    QVERIFY2(frames.fault.isEmpty(), qPrintable(frames.fault));
    QCOMPARE(seqsOf(frames.events()), numbers(1, 650));
    author.post(1, u"live"_s);
    QTRY_VERIFY(reader.received().endsWith("\"seq\":651}"));
    QCOMPARE(seqsOf(framesAfterUpgrade(reader.received()).events()), numbers(1, 651));
}

/// Who comes or goes while somebody still reads pages is not lost on them.
void TestReplayPages::comingAndGoingDuringPages()
{
    NetServer server;
    Author author(server);
    QTRY_VERIFY(author.isIn());
    WsClient leaver(server.ws(u"general"_s, u"leaver"_s));
    QTRY_COMPARE(server.chat().sessionCount(), 2);
    author.post(600);
    QTRY_VERIFY_WITH_TIMEOUT(author.hasRead(600) && leaver.contents().size() == 600, 20'000);

    const QByteArray query = "?since=0&epoch=" + author.epoch();
    RawClient reader(server.port(), {QHostAddress::LocalHost, 16 * 1024});
    reader.stopReadingAfter(10'000);
    reader.send(upgradeHead("/ws/general/reader" + query, kParlance));
    QTRY_VERIFY(reader.received().size() >= 10'000);
    RawClient plain(server.port(), {QHostAddress::LocalHost, 16 * 1024});
    plain.stopReadingAfter(10'000);
    plain.send(upgradeHead("/ws/general/plain" + query));
    QTRY_VERIFY(plain.received().size() >= 10'000);
    WsClient comer(server.ws(u"general"_s, u"comer"_s));
    leaver.socket().close();
    QTRY_COMPARE(server.chat().userNames(general()),
                 (QStringList {u"author"_s, u"reader"_s, u"plain"_s, u"comer"_s}));
    reader.resumeReading();
    plain.resumeReading();
    QTRY_VERIFY_WITH_TIMEOUT(reader.received().contains("\"presence\""), 30'000);
    QTRY_VERIFY_WITH_TIMEOUT(plain.received().contains("\"user_left\""), 30'000);

    const QJsonObject event = framesAfterUpgrade(reader.received()).events().constLast();
    QCOMPARE(typeOf(event), u"presence"_s);
    QCOMPARE(event[u"joined"_s].toArray(), (QJsonArray {u"comer"_s, u"plain"_s}));
    QCOMPARE(event[u"left"_s].toArray(), QJsonArray {u"leaver"_s});
    const QList<QJsonObject> events = framesAfterUpgrade(plain.received()).events();
    QCOMPARE(seqsOf(events), numbers(1, 600));
    QCOMPARE(events.size(), 602);
    QCOMPARE(typeOf(events.at(600)), u"user_joined"_s);
    QCOMPARE(events.at(600)[u"username"_s].toString(), u"comer"_s);
    QCOMPARE(events.at(601)[u"username"_s].toString(), u"leaver"_s);
}

/// A message sent again while older ones are still on their way comes behind them: who drops what is not above
/// the last seq would lose them otherwise.
void TestReplayPages::repeatedCidDuringPages()
{
    NetServer server;
    Author author(server);
    QTRY_VERIFY(author.isIn());
    author.post(600);
    QTRY_VERIFY_WITH_TIMEOUT(author.hasRead(600), 20'000);
    WsClient earlier(server.ws(u"general"_s, u"reader"_s), WsClient::Speaks::Parlance);
    QTRY_VERIFY(!earlier.events(u"history_end"_s).isEmpty());
    const QByteArray token = earlier.events(u"welcome"_s).constFirst()[u"resume_token"_s].toString().toLatin1();
    earlier.say(u"mine"_s, u"mine-1"_s);
    QTRY_COMPARE(earlier.contents().constLast(), u"mine"_s);

    RawClient reader(server.port(), {QHostAddress::LocalHost, 16 * 1024});
    reader.stopReadingAfter(100'000);
    reader.send(upgradeHead("/ws/general/reader?since=0&epoch=" + author.epoch() + "&resume=" + token, kParlance));
    QTRY_VERIFY(reader.received().size() >= 100'000);
    reader.send(wsText(R"({"type":"message","content":"mine","cid":"mine-1"})"));
    QTRY_COMPARE(server.metrics().count(Metrics::CommandsReceived), 2u);
    reader.resumeReading();
    QTRY_VERIFY_WITH_TIMEOUT(hasEnd(reader), 30'000);
    const QList<QJsonObject> events = framesAfterUpgrade(reader.received()).events();
    QCOMPARE(seqsOf(events).first(601), numbers(1, 601));
    QTRY_COMPARE(seqsOf(framesAfterUpgrade(reader.received()).events()).size(), 602); // and the acknowledgement
    QCOMPARE(seqsOf(framesAfterUpgrade(reader.received()).events()).constLast(), 601);
    QCOMPARE(server.chat().room(general())->head, 601u);
}

void TestReplayPages::noticeDuringPages()
{
    NetServer server;
    Author author(server);
    QTRY_VERIFY(author.isIn());
    author.post(600);
    QTRY_VERIFY_WITH_TIMEOUT(author.hasRead(600), 20'000);
    RawClient reader(server.port(), {QHostAddress::LocalHost, 16 * 1024});
    reader.stopReadingAfter(100'000);
    reader.send(upgradeHead("/ws/general/reader?since=0&epoch=" + author.epoch(), kParlance));
    QTRY_VERIFY(reader.received().size() >= 100'000);
    Notice notice;
    notice.content = u"the building is on fire"_s;
    QVERIFY(server.chat().notice(notice, general()));
    QVERIFY(server.chat().notice(notice, {}));
    reader.resumeReading();
    QTRY_VERIFY_WITH_TIMEOUT(reader.received().count("\"notice\"") == 2, 30'000);
    QCOMPARE(seqsOf(framesAfterUpgrade(reader.received()).events()), numbers(1, 600));
}

QTEST_GUILESS_MAIN(TestReplayPages)
#include "tst_replaypages.moc"
