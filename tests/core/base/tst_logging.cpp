// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// One line per record, whatever people type.
class TestLogging : public QObject
{
    Q_OBJECT

private slots:
    void plainLine();
    void jsonLine();
    void levels_data();
    void levels();
    void categories_data();
    void categories();
    void escapes_data();
    void escapes();
    void everyControlCharacter();
    void forgedLine();
    void longText();
    void cutBetweenCharacters();
    void loneSurrogates();
};

namespace {

QString plain(const QString &text)
{
    const QString line = QString::fromUtf8(formatLogLine(LogFormat::Plain, QtInfoMsg, "parlance.app", text));
    return line.mid(line.indexOf(u"app   "_s) + 6);
}

QString json(const QString &text)
{
    QJsonParseError error;
    const QByteArray line = formatLogLine(LogFormat::Json, QtInfoMsg, "parlance.app", text);
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    return error.error == QJsonParseError::NoError ? document.object().value(u"message"_s).toString()
                                                   : u"does not parse: "_s + QString::fromUtf8(line);
}

} // namespace

void TestLogging::plainLine()
{
    const QDateTime before = QDateTime::currentDateTimeUtc();
    const QString line =
        QString::fromUtf8(formatLogLine(LogFormat::Plain, QtWarningMsg, "parlance.net", u"too many from 10.0.0.1"_s));
    static const QRegularExpression form(
        u"^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z) warning net   too many from 10\\.0\\.0\\.1$"_s);
    const QRegularExpressionMatch match = form.match(line);
    QVERIFY2(match.hasMatch(), qPrintable(line));
    const QDateTime time = QDateTime::fromString(match.captured(1), Qt::ISODateWithMs);
    QVERIFY(before.addMSecs(-1) <= time && time <= QDateTime::currentDateTimeUtc());
}

void TestLogging::jsonLine()
{
    const QByteArray line = formatLogLine(LogFormat::Json, QtInfoMsg, "parlance.chat", u"Grüße \"an\" \\ alle 😀"_s);
    QVERIFY(!line.contains('\n'));
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    QCOMPARE(object.keys(), (QStringList {u"category"_s, u"level"_s, u"message"_s, u"time"_s}));
    QCOMPARE(object.value(u"message"_s).toString(), u"Grüße \"an\" \\ alle 😀"_s);
    QCOMPARE(object.value(u"category"_s).toString(), u"chat"_s);
    QCOMPARE(object.value(u"level"_s).toString(), u"info"_s);
    QVERIFY(object.value(u"time"_s).toString().endsWith(u'Z'));
    QVERIFY(QDateTime::fromString(object.value(u"time"_s).toString(), Qt::ISODateWithMs).isValid());
}

void TestLogging::levels_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("expected");
    QTest::newRow("debug") << int(QtDebugMsg) << u"debug"_s;
    QTest::newRow("info") << int(QtInfoMsg) << u"info"_s;
    QTest::newRow("warning") << int(QtWarningMsg) << u"warning"_s;
    QTest::newRow("critical") << int(QtCriticalMsg) << u"error"_s;
    QTest::newRow("fatal") << int(QtFatalMsg) << u"fatal"_s;
}

void TestLogging::levels()
{
    QFETCH(int, type);
    QFETCH(QString, expected);
    const QByteArray line = formatLogLine(LogFormat::Json, QtMsgType(type), "parlance.app", u"x"_s);
    QCOMPARE(QJsonDocument::fromJson(line).object().value(u"level"_s).toString(), expected);
    const QString text = QString::fromUtf8(formatLogLine(LogFormat::Plain, QtMsgType(type), "parlance.app", u"x"_s));
    QCOMPARE(text.section(u' ', 1, 1), expected);
}

void TestLogging::categories_data()
{
    QTest::addColumn<QByteArray>("category");
    QTest::addColumn<QString>("expected");
    QTest::newRow("ours") << QByteArray("parlance.store") << u"store"_s;
    QTest::newRow("Qt's") << QByteArray("qt.network.ssl") << u"qt.network.ssl"_s;
    QTest::newRow("default") << QByteArray("default") << u"qt"_s;
    QTest::newRow("none") << QByteArray() << u"qt"_s;
}

void TestLogging::categories()
{
    QFETCH(QByteArray, category);
    const char *name = category.isNull() ? nullptr : category.constData();
    const QByteArray line = formatLogLine(LogFormat::Json, QtInfoMsg, name, u"x"_s);
    QTEST(QJsonDocument::fromJson(line).object().value(u"category"_s).toString(), "expected");
}

void TestLogging::escapes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << u"Grüße an 小明"_s << u"Grüße an 小明"_s;
    QTest::newRow("line feed") << u"a\nb"_s << u"a\\u000ab"_s;
    QTest::newRow("line feeds at the end") << u"a\nb\n\n"_s << u"a\\u000ab"_s;
    QTest::newRow("nothing but line feeds") << u"\n\n"_s << u""_s;
    QTest::newRow("carriage return") << u"a\rb"_s << u"a\\u000db"_s;
    QTest::newRow("NUL") << u"a\0b"_s << u"a\\u0000b"_s;
    QTest::newRow("terminal escape") << u"\u001b[2J"_s << u"\\u001b[2J"_s;
    QTest::newRow("delete") << u"\u007f"_s << u"\\u007f"_s;
    QTest::newRow("next line") << u"\u0085"_s << u"\\u0085"_s;
    QTest::newRow("control sequence introducer") << u"\u009b"_s << u"\\u009b"_s;
    QTest::newRow("line separator") << u"\u2028"_s << u"\\u2028"_s;
    QTest::newRow("paragraph separator") << u"\u2029"_s << u"\\u2029"_s;
    QTest::newRow("percent") << u"%1 %2 %n %s %"_s << u"%1 %2 %n %s %"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestLogging::escapes()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(plain(text), expected);
    QCOMPARE(json(text), expected);
}

void TestLogging::everyControlCharacter()
{
    QString all;
    for (char16_t c = 0; c < 0xA0; ++c)
        all += QChar(c);
    all += QChar(0x2028);
    all += QChar(0x2029);
    for (const LogFormat format : {LogFormat::Plain, LogFormat::Json}) {
        const QString line = QString::fromUtf8(formatLogLine(format, QtInfoMsg, "parlance.app", all));
        for (const QChar c : line) {
            QVERIFY(c.category() != QChar::Other_Control);
            QVERIFY(c != QChar(0x2028) && c != QChar(0x2029));
        }
    }
}

void TestLogging::forgedLine()
{
    const QString forged = u"bob\n2026-01-01T00:00:00.000Z info    app   server stopped"_s;
    for (const LogFormat format : {LogFormat::Plain, LogFormat::Json})
        QCOMPARE(formatLogLine(format, QtInfoMsg, "parlance.app", forged).count('\n'), 0);
    const QByteArray line = formatLogLine(LogFormat::Json, QtInfoMsg, "parlance.app", u"\",\"level\":\"fatal"_s);
    QCOMPARE(QJsonDocument::fromJson(line).object().value(u"level"_s).toString(), u"info"_s);
}

void TestLogging::longText()
{
    QCOMPARE(plain(QString(2000, u'x')).size(), 2000);
    QCOMPARE(plain(QString(2001, u'x')).size(), 2000);
    QCOMPARE(json(QString(1'000'000, u'x')).size(), 2000);
    QVERIFY(formatLogLine(LogFormat::Plain, QtInfoMsg, "parlance.app", QString(1'000'000, u'\n')).size() < 12'100);
}

void TestLogging::cutBetweenCharacters()
{
    const QString text = QString(1999, u'x') + u"😀"_s;
    QCOMPARE(plain(text + u" and more"_s), text);
    QCOMPARE(json(text + u" and more"_s), text);
    QCOMPARE(plain(u"😀"_s.repeated(3000)), u"😀"_s.repeated(2000));
}

void TestLogging::loneSurrogates()
{
    const QString text = QChar(0xDE00) + u"a"_s + QChar(0xD83D) + u"b"_s + QChar(0xD83D);
    QCOMPARE(plain(text), u"\ufffda\ufffdb\ufffd"_s);
    QCOMPARE(json(text), u"\ufffda\ufffdb\ufffd"_s);
    QCOMPARE(json(QString(3000, QChar(0xD83D))), QString(2000, QChar::ReplacementCharacter));
}

QTEST_GUILESS_MAIN(TestLogging)
#include "tst_logging.moc"
