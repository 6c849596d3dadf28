// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatlog/logname.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Whatever a room is called, its folder can be made, is a folder of its own, and lies where it should.
class TestLogName : public QObject
{
    Q_OBJECT

private slots:
    void folders_data();
    void folders();
    void canBeMade();
    void files_data();
    void files();
    void filesInOrder();
};

void TestLogName::folders_data()
{
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("folder");
    QTest::newRow("plain") << u"general"_s << u"general"_s;
    QTest::newRow("space and marks") << u"Class 7-B_x.y"_s << u"Class 7-B_x.y"_s;
    QTest::newRow("Cyrillic") << u"Кухня"_s << u"Кухня"_s;
    QTest::newRow("right to left") << u"مطبخ"_s << u"مطبخ"_s;
    QTest::newRow("beyond 16 bits") << u"𝟙𐍈"_s.normalized(QString::NormalizationForm_C) << u"𝟙𐍈"_s;
    QTest::newRow("dots") << u"a..b"_s << u"a..b"_s;
    QTest::newRow("dot at the end") << u"x."_s << u"x%2E"_s;
    QTest::newRow("device") << u"CON"_s << u"%43ON"_s;
    QTest::newRow("device with an ending") << u"nul.txt"_s << u"%6Eul.txt"_s;
    QTest::newRow("no device") << u"console"_s << u"console"_s;
    QTest::newRow("long") << QString(64, u'x') << QString(64, u'x');
    QTest::newRow("long in bytes") << QString(64, u'ش') << QString(64, u'ش'); // 128 bytes
}

void TestLogName::folders()
{
    QFETCH(QString, room);
    QFETCH(QString, folder);
    const Result<RoomName> name = parseRoomName(room);
    QVERIFY2(name, qPrintable(name ? QString() : name.error().detail));
    QCOMPARE(folderNameOf(name.value()), folder);
}

void TestLogName::canBeMade()
{
    QTemporaryDir directory;
    QString widest; // 64 characters of four bytes
    for (int i = 0; i < 64; ++i)
        widest += u"𐍈"_s;
    int made = 0;
    for (const QString &room : {u"a.."_s, u"com1"_s, u"CON"_s, u"a-"_s, u"a b"_s, widest, widest.chopped(2) + u"a"_s}) {
        const QString name = folderNameOf(parseRoomName(room).take());
        QVERIFY2(name.toUtf8().size() <= 200, qPrintable(name));
        QVERIFY(name.isValidUtf16());
        QVERIFY(!name.contains(u'/'));
        QDir(directory.path()).mkdir(name);
        made = int(QDir(directory.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::Hidden).size());
    }
    QCOMPARE(made, 6); // the two long ones have one name, which LogShelf tells apart
}

void TestLogName::files_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("part");
    QTest::newRow("first") << u"2026-11-27.jsonl"_s << 1;
    QTest::newRow("second") << u"2026-11-27.2.jsonl"_s << 2;
    QTest::newRow("tenth") << u"2026-11-27.10.jsonl"_s << 10;
    QTest::newRow("explicit first") << u"2026-11-27.1.jsonl"_s << 0;
    QTest::newRow("leading zero") << u"2026-11-27.02.jsonl"_s << 0;
    QTest::newRow("no day") << u"2026-02-30.jsonl"_s << 0;
    QTest::newRow("half written") << u"2026-11-27.jsonl.AbCdEf"_s << 0;
    QTest::newRow("something else") << u"notes.txt"_s << 0;
    QTest::newRow("too great") << u"2026-11-27.99999999999.jsonl"_s << 0;
}

void TestLogName::files()
{
    QFETCH(QString, text);
    QFETCH(int, part);
    const auto name = LogFileName::parse(text);
    QCOMPARE(name.has_value(), part > 0);
    if (!name)
        return;
    QCOMPARE(name->part, part);
    QCOMPARE(name->text(), text);
}

void TestLogName::filesInOrder()
{
    const auto name = [](const QString &text) { return *LogFileName::parse(text); };
    QVERIFY(name(u"2026-11-27.jsonl"_s) < name(u"2026-11-27.2.jsonl"_s));
    QVERIFY(name(u"2026-11-27.2.jsonl"_s) < name(u"2026-11-27.10.jsonl"_s));
    QVERIFY(name(u"2026-11-27.10.jsonl"_s) < name(u"2026-11-28.jsonl"_s));
}

QTEST_GUILESS_MAIN(TestLogName)
#include "tst_logname.moc"
