// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/fanout.h"
#include "net/metrics.h"
#include "net/websocketchannel.h"
#include "protocol/frame.h"
#include "support/fakeclock.h"
#include "support/fakestream.h"
#include "support/wsframes.h"

#include <QTest>
#include <QWebSocket>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

class Nobody final : public WebSocketChannel::Owner
{
public:
    void onText(const QString &) override {}
    void onBinary() override {}
    void onDrained() override {}
    void onClosed() override {}
};

RoomName room(const QString &name = u"general"_s)
{
    return parseRoomName(name).take();
}

} // namespace

/// One batch for each room and pass of the loop, and who gets it when.
class TestFanOut : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_members.clear(); }
    void onePassIsOneWrite();
    void newcomersGetWhatComesAfterThem();
    void whoLeavesGetsWhatWaits();
    void audiences();
    void roomsAreApart();
    void flushNow();
    void slowReaderKeepsItsBytes();
    void speakersComeToTheFront();
    void leavingFromTheMiddle();

private:
    struct Member
    {
        FakeStream *stream = nullptr;
        std::unique_ptr<WebSocketChannel> channel;
        QByteArray text() const;
    };
    Member &add(ClientKind kind = ClientKind::Plain, const QString &name = u"general"_s);
    /// What each has got, once the pass is over.
    void pass() { QCoreApplication::sendPostedEvents(); }

    Nobody m_nobody;
    FakeClock m_clock;
    NetLimits m_limits;
    Metrics m_metrics;
    DeadlineQueue m_deadlines;
    std::unique_ptr<FanOut> m_fanOut;
    std::vector<std::unique_ptr<Member>> m_members;
};

/// The texts of all frames, one behind the other.
QByteArray TestFanOut::Member::text() const
{
    const WsFrames frames = readFrames(stream->written());
    QByteArray text;
    for (const WsFrame &frame : frames.list)
        text += frame.payload;
    return frames.fault.isEmpty() && frames.rest.isEmpty() ? text : "fault: " + frames.fault.toUtf8();
}

void TestFanOut::init()
{
    m_fanOut = std::make_unique<FanOut>(m_metrics);
}

TestFanOut::Member &TestFanOut::add(ClientKind kind, const QString &name)
{
    auto member = std::make_unique<Member>();
    auto stream = std::make_unique<FakeStream>();
    member->stream = stream.get();
    auto *webSocket = new QWebSocket;
    auto *socket = new VirtualSocket(QHostAddress(QHostAddress::LocalHost), webSocket);
    member->channel = std::make_unique<WebSocketChannel>(std::move(stream), socket, webSocket, m_limits, m_clock, m_metrics,
                                                         m_deadlines);
    member->channel->setOwner(&m_nobody);
    m_fanOut->add(room(name), member->channel.get(), kind);
    m_members.push_back(std::move(member));
    return *m_members.back();
}

void TestFanOut::onePassIsOneWrite()
{
    Member &anna = add();
    Member &ben = add();
    for (const char *text : {"a", "b", "c"})
        m_fanOut->send(room(), textFrame(text), FanOut::Audience::Everybody);
    QCOMPARE(anna.stream->writes(), 0);
    pass();
    QCOMPARE(anna.text(), "abc");
    QCOMPARE(ben.text(), "abc");
    QCOMPARE(anna.stream->writes(), 1);
    QCOMPARE(m_metrics.count(Metrics::EventsDelivered), 6u);
    pass();
    QCOMPARE(anna.stream->writes(), 1);
    m_fanOut->send(room(), textFrame("d"), FanOut::Audience::Everybody);
    pass();
    QCOMPARE(ben.text(), "abcd");
}

void TestFanOut::newcomersGetWhatComesAfterThem()
{
    add();
    m_fanOut->send(room(), textFrame("before"), FanOut::Audience::Everybody);
    Member &ben = add();
    m_fanOut->send(room(), textFrame("after"), FanOut::Audience::Everybody);
    pass();
    QCOMPARE(ben.text(), "after");
    m_fanOut->send(room(), textFrame("later"), FanOut::Audience::Everybody);
    pass();
    QCOMPARE(ben.text(), "afterlater");
}

void TestFanOut::whoLeavesGetsWhatWaits()
{
    Member &anna = add();
    Member &ben = add();
    m_fanOut->send(room(), textFrame("a"), FanOut::Audience::Everybody);
    m_fanOut->remove(room(), anna.channel.get());
    QCOMPARE(anna.text(), "a");
    m_fanOut->send(room(), textFrame("b"), FanOut::Audience::Everybody);
    m_fanOut->remove(room(), anna.channel.get()); // a second time is nothing
    pass();
    QCOMPARE(anna.text(), "a");
    QCOMPARE(ben.text(), "ab");
    m_fanOut->remove(room(), ben.channel.get());
    m_fanOut->send(room(), textFrame("to nobody"), FanOut::Audience::Everybody);
    pass();
    QCOMPARE(ben.text(), "ab");
}

void TestFanOut::audiences()
{
    Member &plain = add();
    Member &parlance = add(ClientKind::Parlance);
    m_fanOut->send(room(), textFrame("1"), FanOut::Audience::ParlanceOnly);
    m_fanOut->send(room(), textFrame("2"), FanOut::Audience::PlainOnly);
    m_fanOut->send(room(), textFrame("3"), FanOut::Audience::Everybody);
    pass();
    QCOMPARE(plain.text(), "23");
    QCOMPARE(parlance.text(), "13");
}

void TestFanOut::roomsAreApart()
{
    Member &here = add();
    Member &there = add(ClientKind::Plain, u"other"_s);
    m_fanOut->send(room(), textFrame("a"), FanOut::Audience::Everybody);
    m_fanOut->send(room(u"other"_s), textFrame("b"), FanOut::Audience::Everybody);
    m_fanOut->sendToAll(textFrame("c"), FanOut::Audience::Everybody);
    pass();
    QCOMPARE(here.text(), "ac");
    QCOMPARE(there.text(), "bc");
}

void TestFanOut::flushNow()
{
    Member &anna = add();
    m_fanOut->send(room(), textFrame("a"), FanOut::Audience::Everybody);
    m_fanOut->flush(room());
    QCOMPARE(anna.text(), "a");
    m_fanOut->send(room(), textFrame("b"), FanOut::Audience::Everybody);
    pass();
    QCOMPARE(anna.text(), "ab");
}

/// A batch that somebody still has to read is not written over by the next.
void TestFanOut::slowReaderKeepsItsBytes()
{
    Member &slow = add();
    Member &quick = add();
    slow.stream->setTakes(false);
    for (const char *text : {"a", "b", "c"}) {
        m_fanOut->send(room(), textFrame(text), FanOut::Audience::Everybody);
        pass();
    }
    QCOMPARE(quick.text(), "abc");
    QCOMPARE(slow.text(), QByteArray());
    slow.stream->setTakes(true);
    slow.stream->flush();
    QCOMPARE(slow.text(), "abc");
}

void TestFanOut::speakersComeToTheFront()
{
    for (int i = 0; i < 200; ++i)
        add();
    WebSocketChannel *speaker = m_members.back()->channel.get();
    QCOMPARE(speaker->fanOutPlace, 199u);
    for (int i = 0; i < 5; ++i)
        m_fanOut->promote(room(), speaker);
    QVERIFY2(speaker->fanOutPlace < 16, qPrintable(QString::number(speaker->fanOutPlace)));
    std::vector<size_t> places;
    for (const auto &member : m_members)
        places.push_back(member->channel->fanOutPlace);
    std::sort(places.begin(), places.end());
    for (size_t i = 0; i < places.size(); ++i)
        QCOMPARE(places[i], i); // everybody has a place of their own
    // In the middle of a pass, too, everybody gets what is theirs.
    m_fanOut->send(room(), textFrame("a"), FanOut::Audience::Everybody);
    Member &late = add();
    m_fanOut->promote(room(), late.channel.get());
    m_fanOut->send(room(), textFrame("b"), FanOut::Audience::Everybody);
    pass();
    QCOMPARE(late.text(), "b");
    QCOMPARE(m_members.at(100)->text(), "ab");
    m_fanOut->promote(room(u"other"_s), speaker); // a room that is not there
}

void TestFanOut::leavingFromTheMiddle()
{
    for (int i = 0; i < 5; ++i)
        add();
    m_fanOut->remove(room(), m_members.at(1)->channel.get());
    m_fanOut->remove(room(), m_members.at(4)->channel.get());
    m_fanOut->remove(room(), m_members.at(0)->channel.get());
    m_fanOut->send(room(), textFrame("a"), FanOut::Audience::Everybody);
    pass();
    QCOMPARE(m_members.at(0)->text(), QByteArray());
    QCOMPARE(m_members.at(1)->text(), QByteArray());
    QCOMPARE(m_members.at(2)->text(), "a");
    QCOMPARE(m_members.at(3)->text(), "a");
    QCOMPARE(m_members.at(4)->text(), QByteArray());
}

QTEST_GUILESS_MAIN(TestFanOut)
#include "tst_fanout.moc"
