// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qsizetype kOctetwise = 400; ///< longer cases come in so many pieces
constexpr char kStillHere[] = "still here";

Answers pongsOf(const Answers &answers)
{
    Answers pongs;
    std::copy_if(answers.begin(), answers.end(), std::back_inserter(pongs),
                 [](const QByteArray &answer) { return answer.startsWith("pong"); });
    return pongs;
}

Answers withoutPongs(Answers answers)
{
    answers.removeIf([](const QByteArray &answer) { return answer.startsWith("pong"); });
    return answers;
}

/// RFC 6455 section 5.5.3: of several pings the newest is enough to answer, in order.
bool answersPings(const Answers &pongs, const Answers &pings)
{
    qsizetype at = 0;
    for (const QByteArray &pong : pongs) {
        at = pings.indexOf(pong, at) + 1;
        if (at == 0)
            return false;
    }
    return pings.isEmpty() ? pongs.isEmpty() : !pongs.isEmpty() && pongs.constLast() == pings.constLast();
}

QByteArray describe(const Answers &answers)
{
    return answers.isEmpty() ? QByteArray("no answer") : answers.join(", ");
}

bool endsInClose(const Answers &answers)
{
    return !answers.isEmpty() && answers.constLast().startsWith("close");
}

} // namespace

bool until(const std::function<bool()> &isTrue)
{
    const QDeadlineTimer deadline(std::chrono::seconds(10));
    QTimer alarm; // wakes the loop up at the end
    alarm.start(std::chrono::seconds(10));
    while (!isTrue() && !deadline.hasExpired()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return isTrue();
}

void Conformance::addRows(const QList<WsCase> &cases)
{
    QTest::addColumn<WsCase>("wsCase");
    QTest::addColumn<qsizetype>("pieceSize");
    for (const WsCase &row : cases) {
        const qsizetype octets = qMax(qsizetype(1), row.bytes.size() / kOctetwise);
        QTest::addRow("%s", row.name.constData()) << row << qsizetype(0);
        QTest::addRow("%s, in pieces", row.name.constData()) << row << octets * 7;
        QTest::addRow("%s, octet-wise", row.name.constData()) << row << octets;
    }
}

void Conformance::playRow()
{
    QFETCH(WsCase, wsCase);
    QFETCH(qsizetype, pieceSize);
    const std::unique_ptr<RawClient> client = join();
    QVERIFY(client);
    sendInPieces(*client, wsCase.bytes, pieceSize);
    const bool deviates = !wsCase.reason.isEmpty();
    Answers expected = deviates ? wsCase.instead : wsCase.answers;
    if (!endsInClose(expected)) {
        client->send(frame(1, chat(kStillHere)));
        expected.append(QByteArray("message ") + kStillHere);
    }
    compare(*client, expected, pieceSize == 1);
    if (!QTest::currentTestFailed() && pieceSize == 0)
        record(wsCase.name, wsCase.section, describe(wsCase.answers), describe(wsCase.instead), wsCase.reason);
}

void Conformance::compare(RawClient &client, const Answers &expected, bool isPongPerPing)
{
    const bool closes = endsInClose(expected);
    const auto isWhole = [&client, &expected, closes] {
        return closes ? client.isEnded()
                      : withoutPongs(heard(client)).size() >= withoutPongs(expected).size()
                && !pongsOf(heard(client)).isEmpty() == !pongsOf(expected).isEmpty();
    };
    QVERIFY2(until(isWhole), heard(client).join(", ").constData());
    QVERIFY(!client.wasReset());
    QCOMPARE(withoutPongs(heard(client)), withoutPongs(expected));
    const Answers pongs = pongsOf(heard(client));
    if (isPongPerPing)
        QCOMPARE(pongs, pongsOf(expected));
    QVERIFY2(answersPings(pongs, pongsOf(expected)), pongs.join(", ").constData());
}

std::unique_ptr<RawClient> Conformance::join()
{
    ++m_rooms;
    auto client = std::make_unique<RawClient>(m_server.port());
    client->send(upgradeHead("/ws/" + room() + "/anna"));
    if (!until([&client] { return client->received().contains("\r\n\r\n"); })
        || !client->received().startsWith("HTTP/1.1 101 "))
        return {};
    return client;
}

void Conformance::sendInPieces(RawClient &client, const QByteArray &bytes, qsizetype pieceSize)
{
    if (pieceSize == 0)
        pieceSize = bytes.size() + 1;
    for (qsizetype at = 0; at < bytes.size() && !client.isEnded(); at += pieceSize) {
        const QByteArray piece = bytes.mid(at, pieceSize);
        const quint64 before = m_server.metrics().count(Metrics::BytesReceived);
        client.send(piece);
        if (pieceSize < bytes.size())
            [[maybe_unused]] const bool read = until([this, &client, before, &piece] {
                return client.isEnded()
                    || m_server.metrics().count(Metrics::BytesReceived) >= before + quint64(piece.size());
            });
    }
}

Answers Conformance::heard(const RawClient &client)
{
    const WsFrames frames = framesAfterUpgrade(client.received());
    Answers answers;
    for (const WsFrame &frame : frames.list) {
        if (frame.opcode == 1) {
            const QJsonObject event = QJsonDocument::fromJson(frame.payload).object();
            const QByteArray type = event[u"message_type"_s].toString().toUtf8();
            answers += type + ' ' + event[type == "error" ? u"code"_s : u"content"_s].toString().toUtf8();
        } else if (frame.opcode == 8) {
            answers += "close " + QByteArray::number(WsFrames {{frame}, {}, {}}.closeCode());
        } else {
            answers += (frame.opcode == 10 ? "pong " : "frame ") + frame.payload;
        }
    }
    if (!frames.fault.isEmpty())
        answers += "fault " + frames.fault.toUtf8();
    return answers;
}

void Conformance::record(const QByteArray &name, const QByteArray &section, const QByteArray &expected,
                         const QByteArray &instead, const QByteArray &reason) const
{
    const QString path = qEnvironmentVariable("PARLANCE_CONFORMANCE_REPORT");
    if (path.isEmpty())
        return;
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write(QByteArrayList {m_group, name, section, expected, reason.isEmpty() ? QByteArray() : instead, reason}
                   .join('\t') + '\n');
}

} // namespace Parlance
