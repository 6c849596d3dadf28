// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/inireader.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestIniReader : public QObject
{
    Q_OBJECT

private slots:
    void entries();
    void values_data();
    void values();
    void faults_data();
    void faults();
    void goodLinesSurvive();
    void badSectionSilencesItsLines();
    void faultsAreBounded();
    void quoting_data();
    void quoting();
};

void TestIniReader::entries()
{
    const IniDocument document = readIni("\xEF\xBB\xBFport = 1\r\n"
                                         "\n"
                                         "# comment = 1\n"
                                         "; comment = 2\n"
                                         "   # comment\n"
                                         "[ limits ]  ; comment\n"
                                         "\trooms=50\n"
                                         "[log]\n"
                                         "level = debug");
    QCOMPARE(document.faults, QList<IniFault>());
    QCOMPARE(document.entries,
             (QList<IniEntry> {{QString(), u"port"_s, u"1"_s, 1},
                               {u"limits"_s, u"rooms"_s, u"50"_s, 7},
                               {u"log"_s, u"level"_s, u"debug"_s, 9}}));
}

void TestIniReader::values_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << QByteArray("a b") << u"a b"_s;
    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("equals sign") << QByteArray("a=b") << u"a=b"_s;
    QTest::newRow("comment behind") << QByteArray("8000 # the port") << u"8000"_s;
    QTest::newRow("comment only") << QByteArray("; nothing") << QString();
    QTest::newRow("number sign in a word") << QByteArray("a#b;c") << u"a#b;c"_s;
    QTest::newRow("quoted") << QByteArray("\" a # b \"") << u" a # b "_s;
    QTest::newRow("quoted, empty") << QByteArray("\"\"") << QString();
    QTest::newRow("quoted, comment behind") << QByteArray("\"a\" # b") << u"a"_s;
    QTest::newRow("escapes") << QByteArray(R"("a\"b\\c")") << u"a\"b\\c"_s;
    QTest::newRow("backslash in a plain value") << QByteArray(R"(C:\chat)") << u"C:\\chat"_s;
    QTest::newRow("quotation mark inside") << QByteArray("a\"b\"") << u"a\"b\""_s;
    QTest::newRow("UTF-8") << QByteArray("Zoë 😀") << u"Zoë 😀"_s;
}

void TestIniReader::values()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const IniDocument document = readIni("key = " + text);
    QCOMPARE(document.faults, QList<IniFault>());
    QCOMPARE(document.entries.size(), 1);
    QCOMPARE(document.entries.first().value, expected);
}

void TestIniReader::faults_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("says");
    QTest::newRow("no equals sign") << QByteArray("hunter2") << u"neither"_s;
    QTest::newRow("no key") << QByteArray("= hunter2") << u"key"_s;
    QTest::newRow("blank in the key") << QByteArray("a b = hunter2") << u"key"_s;
    QTest::newRow("open section") << QByteArray("[limits") << u"closing ]"_s;
    QTest::newRow("empty section") << QByteArray("[]") << u"section name"_s;
    QTest::newRow("bad section") << QByteArray("[a b]") << u"section name"_s;
    QTest::newRow("junk behind a section") << QByteArray("[limits] a = 1") << u"goes on"_s;
    QTest::newRow("open quotation") << QByteArray("a = \"hunter2") << u"closing quotation"_s;
    QTest::newRow("junk behind a quotation") << QByteArray("a = \"b\" hunter2") << u"goes on"_s;
    QTest::newRow("unknown escape") << QByteArray(R"(a = "\n")") << u"backslash"_s;
    QTest::newRow("backslash at the end") << QByteArray("a = \"hunter2\\") << u"backslash"_s;
    QTest::newRow("not UTF-8") << QByteArray("a = \xff\xfe") << u"UTF-8"_s;
    QTest::newRow("cut UTF-8") << QByteArray("a = \xf0\x9f") << u"UTF-8"_s;
    QTest::newRow("NUL") << QByteArray("a = b\0c", 7) << u"control"_s;
    QTest::newRow("escape sequence") << QByteArray("a = \x1b[2J") << u"control"_s;
    QTest::newRow("carriage return inside") << QByteArray("a = b\rc = d") << u"control"_s;
}

void TestIniReader::faults()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, says);
    const IniDocument document = readIni("\n" + line + "\nnext = 1\n");
    QCOMPARE(document.faults.size(), 1);
    QCOMPARE(document.faults.first().line, 2);
    QVERIFY2(document.faults.first().what.contains(says), qPrintable(document.faults.first().what));
    QVERIFY(!document.faults.first().what.contains(u"hunter2"_s)); // it may be a secret
}

void TestIniReader::goodLinesSurvive()
{
    const IniDocument document = readIni("a = 1\njunk\nb = 2\n=\n");
    QCOMPARE(document.entries.size(), 2);
    QCOMPARE(document.faults.size(), 2);
    QCOMPARE(document.faults.at(0).line, 2);
    QCOMPARE(document.faults.at(1).line, 4);
}

void TestIniReader::badSectionSilencesItsLines()
{
    const IniDocument document = readIni("[limits\nrooms = 1\n[log]\nlevel = info\n");
    QCOMPARE(document.faults.size(), 1);
    QCOMPARE(document.entries, (QList<IniEntry> {{u"log"_s, u"level"_s, u"info"_s, 4}}));
}

void TestIniReader::faultsAreBounded()
{
    QCOMPARE(readIni(QByteArray("junk\n").repeated(100'000)).faults.size(), kMaxIniFaults);
    QCOMPARE(readIni(QByteArray(1024 * 1024, '\xff')).faults.size(), 1);
}

void TestIniReader::quoting_data()
{
    QTest::addColumn<QString>("value");
    for (const QString &value : {QString(), u"plain"_s, u" blanks "_s, u"a # b"_s, u"#"_s, u";x"_s, u"a\"b"_s,
                                 u"\"a\""_s, u"\"a # \\ b\""_s, u"C:\\x"_s, u"C:\\x ; y"_s, u"[x]"_s, u"a=b"_s,
                                 u"\\"_s, u"Zoë 😀"_s})
        QTest::newRow(qPrintable(u'|' + value + u'|')) << value;
}

void TestIniReader::quoting()
{
    QFETCH(QString, value);
    const IniDocument document = readIni("key = " + iniValue(value).toUtf8());
    QCOMPARE(document.faults, QList<IniFault>());
    QCOMPARE(document.entries.first().value, value);
}

QTEST_GUILESS_MAIN(TestIniReader)
#include "tst_inireader.moc"
