// SPDX-License-Identifier: GPL-3.0-or-later
#include "conformance.h"
#include "support/httpanswer.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Parlance;

namespace {

/// One opening handshake. \a instead and \a reason as in WsCase; 0: as the RFC wants it.
struct Opening
{
    QByteArray name;
    QByteArray section;
    QByteArray head;
    int status;
    QByteArray protocol = {}; ///< that the answer selects
    int instead = 0;
    QByteArray reason = {};
};

const QByteArray kHost = "Host: localhost\r\n";
const QByteArray kUpgrade = "Upgrade: websocket\r\n";
const QByteArray kConnection = "Connection: Upgrade\r\n";
const QByteArray kVersion = "Sec-WebSocket-Version: 13\r\n";
const QByteArray kKey = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

QByteArray request(const QByteArray &fields, const QByteArray &line = "GET /ws/opening/anna HTTP/1.1")
{
    return line + "\r\n" + fields + "\r\n";
}

/// A good handshake with \a what replaced by \a with.
QByteArray with(const QByteArray &what, const QByteArray &instead)
{
    QByteArray fields = kHost + kUpgrade + kConnection + kVersion + kKey;
    return request(fields.replace(what, instead));
}

QByteArray and_(const QByteArray &field)
{
    return with(kHost, kHost + field + "\r\n");
}

QList<Opening> lines()
{
    const QByteArray fields = kHost + kUpgrade + kConnection + kVersion + kKey;
    return {
        {"as in the RFC", "1.2", request(fields), 101},
        {"POST", "4.1", request(fields, "POST /ws/opening/anna HTTP/1.1"), 400},
        {"HEAD", "4.1", request(fields, "HEAD /ws/opening/anna HTTP/1.1"), 400},
        {"OPTIONS", "4.1", request(fields, "OPTIONS /ws/opening/anna HTTP/1.1"), 400},
        {"method in lower case", "4.1", request(fields, "get /ws/opening/anna HTTP/1.1"), 501},
        {"HTTP/1.0", "4.1", request(fields, "GET /ws/opening/anna HTTP/1.0"), 400},
        {"HTTP/0.9", "4.1", request(fields, "GET /ws/opening/anna"), 400},
        {"HTTP/2.0", "4.1", request(fields, "GET /ws/opening/anna HTTP/2.0"), 505},
        {"HTTP/1.2", "4.1", request(fields, "GET /ws/opening/anna HTTP/1.2"), 101, {}, 505,
         "\"HTTP/1.1 or higher\": there is no HTTP/1.2, and the front door takes 1.0 and 1.1 alone."},
        {"absolute target", "4.1", request(fields, "GET http://localhost/ws/opening/anna HTTP/1.1"), 101, {}, 400,
         "Only a proxy is sent the absolute form. Here a target starts with one slash, so that a path has one form."},
        {"fragment in the target", "3", request(fields, "GET /ws/opening/anna#top HTTP/1.1"), 400},
        {"two blanks", "4.1", request(fields, "GET  /ws/opening/anna HTTP/1.1"), 400},
        {"unknown resource", "4.2.2", request(fields, "GET /nothing HTTP/1.1"), 404},
        {"without a body", "4.1", and_("Content-Length: 0"), 101},
        {"with a body", "4.1", and_("Content-Length: 3") + "abc", 400},
        {"chunked", "4.1", and_("Transfer-Encoding: chunked"), 501},
        {"frame before the answer", "4.1", request(fields) + frame(1, chat("early")), 400},
        {"folded field", "4.2.1", with(kConnection, "Connection:\r\n Upgrade\r\n"), 400},
        {"bare line feeds", "4.2.1", request(fields).replace("\r\n", "\n"), 400},
        {"no Host", "4.2.1", with(kHost, ""), 400},
        {"two Hosts", "4.2.1", and_("Host: other"), 400},
        {"other fields", "4.1", and_("Cookie: a=b\r\nUser-Agent: x\r\nPragma: no-cache\r\nX-Empty:"), 101},
    };
}

QList<Opening> upgradeFields()
{
    const QByteArray reversed = kKey + kVersion + kConnection + kUpgrade + kHost;
    return {
        {"names in lower case", "4.2.1", request(QByteArray(kHost + kUpgrade + kConnection).toLower() + kVersion + "sec-websocket-key" + kKey.mid(17)), 101},
        {"names in capitals", "4.2.1", with("Upgrade: w", "UPGRADE: w").replace("Connection", "CONNECTION").replace("Sec-WebSocket", "SEC-WEBSOCKET"), 101},
        {"values in other case", "4.2.1", with("websocket", "WebSocket").replace(": Upgrade", ": uPGRADE"), 101},
        {"another order", "4.2.1", request(reversed), 101},
        {"blanks around values", "4.2.1", with(": ", ":\t  ").replace("13\r\n", "13 \t\r\n"), 101},
        {"no blanks", "4.2.1", with(": ", ":"), 101},
        {"Upgrade is a list", "4.2.1", with("websocket", "h2c, websocket"), 101},
        {"Upgrade in two lines", "4.2.1", with(kUpgrade, "Upgrade: h2c\r\n" + kUpgrade), 101},
        {"Connection is a list", "4.2.1", with(": Upgrade", ": keep-alive, Upgrade"), 101},
        {"Connection is a list with empty members", "4.2.1", with(": Upgrade", ": , keep-alive,,Upgrade ,"), 101},
        {"Connection in two lines", "4.2.1", with(kConnection, "Connection: keep-alive\r\n" + kConnection), 101},
        {"no Upgrade", "4.2.1", with(kUpgrade, ""), 404},
        {"no Connection", "4.2.1", with(kConnection, ""), 404},
        {"Upgrade to something else", "4.2.1", with("websocket", "h2c"), 404},
        {"Upgrade to something that begins so", "4.2.1", with("websocket", "websocketx"), 404},
        {"Connection: keep-alive", "4.2.1", with(": Upgrade", ": keep-alive"), 404},
        {"Connection: upgraded", "4.2.1", with(": Upgrade", ": upgraded"), 404},
        {"own Origin", "10.2", and_("Origin: http://localhost"), 101},
        {"foreign Origin", "10.2", and_("Origin: http://elsewhere.example"), 403},
        {"two Origins", "10.2", and_("Origin: http://localhost\r\nOrigin: http://localhost"), 403},
    };
}

QList<Opening> keysAndVersions()
{
    const QByteArray nonce = "dGhlIHNhbXBsZSBub25jZQ==";
    QList<Opening> cases {
        {"no key", "4.2.1", with(kKey, ""), 400},
        {"empty key", "4.2.1", with(nonce, ""), 400},
        {"key of 15 bytes", "4.2.1", with(nonce, "dGhlIHNhbXBsZSBub25j"), 400},
        {"key of 17 bytes", "4.2.1", with(nonce, "dGhlIHNhbXBsZSBub25jZWU="), 400},
        {"key of 24 bytes", "4.2.1", with(nonce, "dGhlIHNhbXBsZSBub25jZSBub25jZSBu"), 400},
        {"key without padding", "4.2.1", with("==", ""), 400},
        {"key that is no base64", "4.2.1", with("dGhl", "d-_l"), 400},
        {"key with a blank", "4.2.1", with("dGhl", "d hl"), 400},
        {"key twice", "11.3.1", and_(kKey.chopped(2)), 400},
        {"key of zeros", "4.2.1", with(nonce, "AAAAAAAAAAAAAAAAAAAAAA=="), 101},
        {"key of ones", "4.2.1", with(nonce, "/////////////////////w=="), 101},
        {"no version", "4.4", with(kVersion, ""), 426},
        {"empty version", "4.4", with(": 13", ":"), 426},
        {"list of versions", "4.4", with(": 13", ": 13, 8"), 426},
        {"13 twice", "11.3.5", and_("Sec-WebSocket-Version: 13"), 400},
        {"13 and 8", "11.3.5", and_("Sec-WebSocket-Version: 8"), 400},
    };
    for (const char *version : {"0", "7", "8", "12", "14", "25", "130", "255", "256", "013", "+13", "13.0", "13x", "-13", "0x0d", "thirteen"})
        cases.append({QByteArray("version ") + version, "4.4", with(": 13", QByteArray(": ") + version), 426});
    return cases;
}

QList<Opening> protocolsAndExtensions()
{
    const auto protocol = [](const QByteArray &value) { return and_("Sec-WebSocket-Protocol: " + value); };
    const auto extension = [](const QByteArray &value) { return and_("Sec-WebSocket-Extensions: " + value); };
    return {
        {"no protocol offered", "4.2.2", request(kHost + kUpgrade + kConnection + kVersion + kKey), 101},
        {"the known protocol", "4.2.2", protocol("parlance.v1"), 101, "parlance.v1"},
        {"the known one of several", "4.2.2", protocol("soap, parlance.v1, wamp"), 101, "parlance.v1"},
        {"the known one in a second line", "11.3.4", protocol("soap\r\nSec-WebSocket-Protocol: parlance.v1"), 101, "parlance.v1"},
        {"unknown protocols", "4.2.2", protocol("soap, wamp"), 101},
        {"protocol in other case", "4.2.2", protocol("Parlance.V1"), 101},
        {"beginning of the protocol", "4.2.2", protocol("parlance"), 101},
        {"empty protocol", "4.2.2", protocol(""), 101},
        {"empty members", "4.2.2", protocol(",, ,parlance.v1,"), 101, "parlance.v1"},
        {"protocol twice", "4.1", protocol("parlance.v1, parlance.v1"), 101, "parlance.v1"},
        {"quoted protocol", "4.1", protocol("\"parlance.v1\""), 101},
        {"permessage-deflate", "9.1", extension("permessage-deflate"), 101},
        {"permessage-deflate with parameters", "9.1",
         extension("permessage-deflate; client_max_window_bits; server_no_context_takeover, permessage-bzip2"), 101},
        {"an extension in each of two lines", "9.1", extension("a; b=\"c\"\r\nSec-WebSocket-Extensions: d"), 101},
        {"empty extension", "9.1", extension(""), 101},
        {"malformed extension", "9.1", extension("; =, \"\""), 101},
        {"unknown extension", "9.1", extension("x-webkit-deflate-frame, mux; max-channels=4"), 101},
    };
}

QByteArray acceptFor(const QByteArray &head)
{
    const qsizetype at = head.toLower().indexOf("sec-websocket-key:") + 18;
    const QByteArray key = head.mid(at, head.indexOf('\r', at) - at).trimmed();
    return QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1).toBase64();
}

QByteArray describe(int status)
{
    return status == 0 ? QByteArray() : "status " + QByteArray::number(status);
}

} // namespace

Q_DECLARE_METATYPE(Opening)

/// RFC 6455 section 4: the opening handshake, from the server's side.
class TestWsOpening : public QObject
{
    Q_OBJECT

private slots:
    void lines_data() { rows(::lines()); }
    void lines() { play(); }
    void upgradeFields_data() { rows(::upgradeFields()); }
    void upgradeFields() { play(); }
    void keysAndVersions_data() { rows(::keysAndVersions()); }
    void keysAndVersions() { play(); }
    void protocolsAndExtensions_data() { rows(::protocolsAndExtensions()); }
    void protocolsAndExtensions() { play(); }

private:
    static void rows(const QList<Opening> &cases);
    void play();
    void checkUpgrade(const HttpAnswer &answer, const Opening &opening);

    Conformance m_opening {"opening handshake"};
};

void TestWsOpening::rows(const QList<Opening> &cases)
{
    QTest::addColumn<Opening>("opening");
    QTest::addColumn<qsizetype>("pieceSize");
    for (const Opening &opening : cases) {
        QTest::addRow("%s", opening.name.constData()) << opening << qsizetype(0);
        QTest::addRow("%s, octet-wise", opening.name.constData()) << opening << qsizetype(1);
    }
}

void TestWsOpening::play()
{
    QFETCH(Opening, opening);
    QFETCH(qsizetype, pieceSize);
    RawClient client(m_opening.server().port());
    m_opening.sendInPieces(client, opening.head, pieceSize);
    const int expected = opening.instead ? opening.instead : opening.status;
    QVERIFY(until([&client] { return !readAnswers(client.received()).list.isEmpty(); }));
    const HttpAnswers answers = readAnswers(client.received());
    QVERIFY2(answers.fault.isEmpty(), qPrintable(answers.fault));
    QCOMPARE(answers.list.constFirst().status, expected);
    if (expected == 101) {
        checkUpgrade(answers.list.constFirst(), opening);
        client.send(frame(1, chat("in")));
        QVERIFY(until([&client] { return Conformance::heard(client).contains("message in"); }));
    } else {
        QVERIFY(!answers.list.constFirst().errorCode().isEmpty());
        QVERIFY(answers.list.constFirst().field("sec-websocket-accept").isEmpty());
        if (expected == 426) // section 4.4
            QCOMPARE(answers.list.constFirst().field("sec-websocket-version"), QByteArray("13"));
        QCOMPARE(m_opening.server().chat().sessionCount(), 0);
    }
    client.close();
    QVERIFY(until([this] { return m_opening.server().door().connectionCount() == 0; }));
    if (pieceSize == 0)
        m_opening.record(opening.name, opening.section, describe(opening.status), describe(opening.instead), opening.reason);
}

/// Section 4.2.2 item 5, and nothing that was not asked for.
void TestWsOpening::checkUpgrade(const HttpAnswer &answer, const Opening &opening)
{
    QCOMPARE(answer.field("upgrade").toLower(), QByteArray("websocket"));
    QCOMPARE(answer.field("connection").toLower(), QByteArray("upgrade"));
    QCOMPARE(answer.field("sec-websocket-accept"), acceptFor(opening.head));
    QCOMPARE(answer.field("sec-websocket-protocol"), opening.protocol);
    QCOMPARE(answer.fields.count("sec-websocket-extensions"), 0);
    QCOMPARE(answer.fields.count("sec-websocket-version"), 0);
}

QTEST_GUILESS_MAIN(TestWsOpening)
#include "tst_wsopening.moc"
