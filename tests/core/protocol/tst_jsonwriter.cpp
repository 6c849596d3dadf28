// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonwriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestJsonWriter : public QObject
{
    Q_OBJECT

private slots:
    void commas();
    void emptyContainers();
    void numbers();
    void shortEscapes();
    void everyCharacterComesBack();
    void text_data();
    void text();
    void loneSurrogates_data();
    void loneSurrogates();
    void randomText();
    void takeStartsAnew();
};

namespace {

QByteArray written(QStringView text)
{
    return JsonWriter().value(text).take();
}

/// What Qt's parser makes of the writer's output.
QString readBack(QStringView text)
{
    QJsonParseError error;
    JsonWriter writer;
    writer.beginObject().member("t"_L1, text).endObject();
    const QJsonDocument document = QJsonDocument::fromJson(writer.take(), &error);
    return error.error == QJsonParseError::NoError ? document.object().value(u"t"_s).toString()
                                                   : u"does not parse: "_s + error.errorString();
}

} // namespace

void TestJsonWriter::commas()
{
    JsonWriter writer;
    writer.beginObject()
        .member("a"_L1, 1)
        .key("b"_L1).beginArray().value(1).value(true).beginObject().endObject().value(u"x").endArray()
        .key("c"_L1).beginObject().member("d"_L1, false).key("e"_L1).rawString("raw").endObject()
        .member("f"_L1, QStringList {u"g"_s, u"h"_s})
        .endObject();
    QCOMPARE(writer.take(), QByteArray(R"({"a":1,"b":[1,true,{},"x"],"c":{"d":false,"e":"raw"},"f":["g","h"]})"));
}

void TestJsonWriter::emptyContainers()
{
    JsonWriter writer;
    writer.beginArray().beginArray().endArray().beginObject().endObject().value(QStringList()).endArray();
    QCOMPARE(writer.take(), QByteArray("[[],{},[]]"));
}

void TestJsonWriter::numbers()
{
    JsonWriter writer;
    writer.beginArray()
        .value(0)
        .value(std::numeric_limits<int>::min())
        .value(std::numeric_limits<qint64>::min())
        .value(std::numeric_limits<qint64>::max())
        .value(std::numeric_limits<quint64>::max())
        .endArray();
    QCOMPARE(writer.take(),
             QByteArray("[0,-2147483648,-9223372036854775808,9223372036854775807,18446744073709551615]"));
}

void TestJsonWriter::shortEscapes()
{
    QCOMPARE(written(u"\"\\\n\r\t"), QByteArray(R"("\"\\\n\r\t")"));
    QCOMPARE(written(u"\0\u0001\u000b\u001f"_s), QByteArray(R"("\u0000\u0001\u000b\u001f")"));
    QCOMPARE(written(u"/<>&'\u007f"), QByteArray("\"/<>&'\x7f\""));
    QCOMPARE(written(u""), QByteArray("\"\""));
    QCOMPARE(written(QStringView()), QByteArray("\"\""));
}

void TestJsonWriter::everyCharacterComesBack()
{
    for (uint c = 0; c < 0xD800; ++c) {
        const QString text = u"a"_s + QChar(c) + u"b"_s;
        QCOMPARE(readBack(text), text);
    }
    for (uint c = 0xE000; c <= 0xFFFF; ++c) {
        const QString text = u"a"_s + QChar(c) + u"b"_s;
        QCOMPARE(readBack(text), text);
    }
}

void TestJsonWriter::text_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("emoji") << u"😀👨\u200d👩"_s;
    QTest::newRow("last character of all") << QString::fromUcs4(U"\U0010FFFF", 1);
    QTest::newRow("right to left") << u"\u202eאבג\u202c"_s;
    QTest::newRow("line separators") << u"\u2028\u2029\u0085"_s;
    QTest::newRow("byte order mark") << u"x\ufeff"_s;
    QTest::newRow("byte order mark in front") << u"\ufeffx"_s; // Qt's parser drops it where it is not escaped
    QTest::newRow("byte order marks alone") << u"\ufeff\ufeff"_s;
    QTest::newRow("closes the script") << u"</script><!--]]>"_s;
    QTest::newRow("escape at both ends") << u"\"x\\"_s;
    QTest::newRow("looks escaped") << u"\\u0041\\n\\"_s;
    QTest::newRow("only quotes") << QString(10000, u'"');
}

void TestJsonWriter::text()
{
    QFETCH(QString, text);
    QCOMPARE(readBack(text), text);
}

void TestJsonWriter::loneSurrogates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const QString high(QChar(0xD83D));
    const QString low(QChar(0xDE00));
    const QString replaced(QChar::ReplacementCharacter);
    QTest::newRow("high") << high << replaced;
    QTest::newRow("low") << low << replaced;
    QTest::newRow("high inside") << u"a"_s + high + u"b"_s << u"a"_s + replaced + u"b"_s;
    QTest::newRow("low inside") << u"a"_s + low + u"b"_s << u"a"_s + replaced + u"b"_s;
    QTest::newRow("high before a quote") << high + u'"' << replaced + u'"';
    QTest::newRow("wrong way round") << low + high << replaced + replaced;
    QTest::newRow("high before a pair") << high + high + low << replaced + high + low;
    QTest::newRow("low behind a pair") << high + low + low << high + low + replaced;
}

void TestJsonWriter::loneSurrogates()
{
    QFETCH(QString, text);
    QTEST(readBack(text), "expected");
}

void TestJsonWriter::randomText()
{
    QRandomGenerator random(5);
    for (int i = 0; i < 2000; ++i) {
        QString text;
        for (int n = random.bounded(40); n > 0; --n) {
            const char32_t c = random.bounded(3) ? random.bounded(0x80u) : random.bounded(0x110000u);
            if (!QChar::isSurrogate(c))
                text += QString::fromUcs4(&c, 1);
        }
        QCOMPARE(readBack(text), text);
    }
}

void TestJsonWriter::takeStartsAnew()
{
    JsonWriter writer;
    QCOMPARE(writer.beginArray().value(1).endArray().take(), QByteArray("[1]"));
    QCOMPARE(writer.take(), QByteArray());
    QCOMPARE(writer.value(2).take(), QByteArray("2"));
}

QTEST_GUILESS_MAIN(TestJsonWriter)
#include "tst_jsonwriter.moc"
