// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatlog/logfolder.h"

#include "chatlog/logline.h"
#include "core/chatlog/logentries.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// The files of one room: which there are, what is in them, and what is not any more.
class TestLogFolder : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void aLineIsAnEvent();
    void aFileForEachDay();
    void aClockThatGoesBack();
    void fullFiles();
    void goesOnAfterARestart();
    void tornAnywhere();
    void zerosAtTheEnd();
    void aFileWithoutAWholeLine();
    void whatIsThereIsNotWrittenTwice();
    void deleted_data();
    void deleted();
    void edited();
    void wipedInOlderFiles();
    void changeOfWhatWasNeverLogged();
    void tooOld();
    void onlyTheOwnerReads();
    void aFolderThatCannotBeWritten();

private:
    QString path() const { return m_directory->filePath(u"general"_s); }
    QString file(const QString &name) const { return path() + u'/' + name; }
    LogFolder open(qint64 fileBytes = 1'000'000)
    {
        LogFolder folder(path(), fileBytes);
        if (const Status opened = folder.open(); !opened)
            qFatal("%s", qPrintable(opened.error().detail));
        return folder;
    }
    /// The seqs of all lines, in the order of the files.
    QList<quint64> seqs() const
    {
        QStringList names = filesIn(path());
        std::sort(names.begin(), names.end(), [](const QString &a, const QString &b) { return *LogFileName::parse(a) < *LogFileName::parse(b); });
        QList<quint64> seqs;
        for (const QString &name : names) {
            for (const QByteArray &line : contentOf(file(name)).split('\n')) {
                if (!line.isEmpty())
                    seqs.append(readLogLine(line + '\n').value_or(LoggedEntry {}).seq);
            }
        }
        return seqs;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

constexpr qint64 kDay = 24 * 60 * 60 * 1000;

void TestLogFolder::aLineIsAnEvent()
{
    LogFolder folder = open();
    QVERIFY(folder.append({logEntry(1, u"line\none \u2028 😀 \"quoted\" مرحبا"_s), logChange(2, ChangeKind::Reaction, 1, u"👍"_s)}));
    const QByteArray all = contentOf(file(u"2026-11-27.jsonl"_s));
    QCOMPARE(all.count('\n'), 2);
    const QJsonObject message = QJsonDocument::fromJson(all.split('\n').at(0)).object();
    QCOMPARE(message.value("message_type"_L1).toString(), u"message"_s);
    QCOMPARE(message.value("content"_L1).toString(), u"line\none \u2028 😀 \"quoted\" مرحبا"_s);
    QCOMPARE(message.value("username"_L1).toString(), u"Анна"_s);
    QCOMPARE(message.value("room"_L1).toString(), u"general"_s);
    QCOMPARE(message.value("seq"_L1).toInt(), 1);
    QCOMPARE(message.value("timestamp"_L1).toString(), u"2026-11-27T12:00:01.000Z"_s);
    const QJsonObject reaction = QJsonDocument::fromJson(all.split('\n').at(1)).object();
    QCOMPARE(reaction.value("message_type"_L1).toString(), u"reaction"_s);
    QCOMPARE(reaction.value("emoji"_L1).toString(), u"👍"_s);
}

void TestLogFolder::aFileForEachDay()
{
    LogFolder folder = open();
    const qint64 midnight = kNoon + kDay / 2;
    QVERIFY(folder.append({logEntry(1, u"a"_s, midnight - 1), logEntry(2, u"b"_s, midnight), logEntry(3, u"c"_s, midnight + 3 * kDay)}));
    QCOMPARE(filesIn(path()), (QStringList {u"2026-11-27.jsonl"_s, u"2026-11-28.jsonl"_s, u"2026-12-01.jsonl"_s}));
    QCOMPARE(seqs(), (QList<quint64> {1, 2, 3}));
}

void TestLogFolder::aClockThatGoesBack()
{
    LogFolder folder = open();
    QVERIFY(folder.append({logEntry(1, u"a"_s), logEntry(2, u"b"_s, kNoon - 5 * kDay)}));
    QCOMPARE(filesIn(path()), QStringList {u"2026-11-27.jsonl"_s});
    QCOMPARE(seqs(), (QList<quint64> {1, 2}));
}

void TestLogFolder::fullFiles()
{
    LogFolder folder = open(1000);
    for (quint64 seq = 1; seq <= 60; ++seq)
        QVERIFY(folder.append({logEntry(seq, QString(100, u'x'))}));
    QVERIFY(filesIn(path()).size() > 10);
    QVERIFY(filesIn(path()).contains(u"2026-11-27.10.jsonl"_s));
    QList<quint64> expected;
    for (quint64 seq = 1; seq <= 60; ++seq)
        expected.append(seq);
    QCOMPARE(seqs(), expected);
    for (const QString &name : filesIn(path()))
        QVERIFY(contentOf(file(name)).size() < 1000 + 400);
}

void TestLogFolder::goesOnAfterARestart()
{
    QVERIFY(open(1000).append({logEntry(1, QString(900, u'x')), logEntry(2, u"b"_s)}));
    LogFolder folder = open(1000);
    QCOMPARE(folder.end()->seq, 2u);
    QCOMPARE(folder.end()->id, u"e-1-2"_s);
    QCOMPARE(folder.end()->room, u"general"_s);
    QVERIFY(folder.append({logEntry(3, u"c"_s)}));
    QCOMPARE(filesIn(path()), (QStringList {u"2026-11-27.2.jsonl"_s, u"2026-11-27.jsonl"_s}));
    QCOMPARE(seqs(), (QList<quint64> {1, 2, 3}));
}

/// The process died after any number of the last line's bytes.
void TestLogFolder::tornAnywhere()
{
    QVERIFY(open().append({logEntry(1, u"first"_s), logEntry(2, u"second Привет 😀"_s)}));
    const QByteArray whole = contentOf(file(u"2026-11-27.jsonl"_s));
    const qsizetype first = whole.indexOf('\n') + 1;
    for (qsizetype length = first; length < whole.size(); ++length) {
        QVERIFY(QFile(file(u"2026-11-27.jsonl"_s)).resize(length));
        LogFolder folder = open();
        QCOMPARE(folder.end()->seq, 1u);
        QCOMPARE(contentOf(file(u"2026-11-27.jsonl"_s)), whole.first(first));
        QVERIFY(folder.append({logEntry(2, u"second Привет 😀"_s)}));
        QCOMPARE(contentOf(file(u"2026-11-27.jsonl"_s)), whole);
    }
}

void TestLogFolder::zerosAtTheEnd()
{
    QVERIFY(open().append({logEntry(1, u"first"_s)}));
    const QByteArray whole = contentOf(file(u"2026-11-27.jsonl"_s));
    QFile torn(file(u"2026-11-27.jsonl"_s));
    QVERIFY(torn.open(QIODevice::Append));
    torn.write(QByteArray(3000, '\0') + "\n" + QByteArray(10, '\0'));
    torn.close();
    QCOMPARE(open().end()->seq, 1u);
    QCOMPARE(contentOf(torn.fileName()), whole);
}

void TestLogFolder::aFileWithoutAWholeLine()
{
    QVERIFY(open().append({logEntry(1, u"first"_s)}));
    QFile torn(file(u"2026-11-28.jsonl"_s));
    QVERIFY(torn.open(QIODevice::WriteOnly));
    torn.write("{\"message_type\":\"mess");
    torn.close();
    LogFolder folder = open();
    QCOMPARE(folder.end()->seq, 1u);
    QCOMPARE(filesIn(path()), QStringList {u"2026-11-27.jsonl"_s});
    QVERIFY(folder.append({logEntry(2, u"second"_s)}));
    QCOMPARE(seqs(), (QList<quint64> {1, 2}));
}

void TestLogFolder::whatIsThereIsNotWrittenTwice()
{
    LogFolder folder = open();
    QVERIFY(folder.append({logEntry(1, u"a"_s), logEntry(2, u"b"_s)}));
    QVERIFY(folder.append({logEntry(2, u"b"_s), logEntry(3, u"c"_s)}));
    QCOMPARE(seqs(), (QList<quint64> {1, 2, 3}));
}

void TestLogFolder::deleted_data()
{
    QTest::addColumn<bool>("inOneGo");
    QTest::newRow("later") << false;
    QTest::newRow("in one go") << true;
}

void TestLogFolder::deleted()
{
    QFETCH(bool, inOneGo);
    LogFolder folder = open();
    const MessageList entries {logEntry(1, u"a"_s), logEntry(2, u"sesame"_s), logChange(3, ChangeKind::Edit, 2, u"sesame seeds"_s),
                               logEntry(4, u"d"_s), logChange(5, ChangeKind::Deletion, 2)};
    if (inOneGo) {
        QVERIFY(folder.append(entries));
    } else {
        for (const Message &entry : entries)
            QVERIFY(folder.append({entry}));
    }
    QVERIFY(!everythingIn(path()).contains("sesame"));
    QCOMPARE(seqs(), (QList<quint64> {1, 2, 3, 4, 5}));
    const QList<QByteArray> lines = contentOf(file(u"2026-11-27.jsonl"_s)).split('\n');
    const QJsonObject gone = QJsonDocument::fromJson(lines.at(1)).object();
    QCOMPARE(gone.value("deleted"_L1).toBool(), true);
    QCOMPARE(gone.value("username"_L1).toString(), u"Анна"_s);
    QCOMPARE(QJsonDocument::fromJson(lines.at(2)).object().value("message_type"_L1).toString(), u"message_deleted"_s);
    QCOMPARE(filesIn(path()).size(), 1); // nothing half done is left
    QCOMPARE(open().end()->seq, 5u);
    QVERIFY(folder.append({logEntry(6, u"f"_s)}));
    QCOMPARE(seqs().size(), 6);
}

void TestLogFolder::edited()
{
    LogFolder folder = open();
    QVERIFY(folder.append({logEntry(1, u"first words"_s), logChange(2, ChangeKind::Edit, 1, u"second words"_s)}));
    QVERIFY(folder.append({logChange(3, ChangeKind::Edit, 1, u"third words"_s)}));
    const QByteArray all = everythingIn(path());
    QVERIFY(!all.contains("first words"));
    QVERIFY(!all.contains("second words"));
    QCOMPARE(all.count("third words"), 3);
    QCOMPARE(QJsonDocument::fromJson(all.split('\n').at(0)).object().value("edited"_L1).toString(), u"2026-11-27T12:00:03.000Z"_s);
}

void TestLogFolder::wipedInOlderFiles()
{
    LogFolder folder = open();
    for (quint64 seq = 1; seq <= 10; ++seq)
        QVERIFY(folder.append({logEntry(seq, u"word %1"_s.arg(seq), kNoon + qint64(seq) * kDay)}));
    const QByteArray untouched = contentOf(file(u"2026-11-28.jsonl"_s));
    QVERIFY(folder.append({logChange(11, ChangeKind::Deletion, 3, {}, kNoon + 20 * kDay)}));
    QVERIFY(!everythingIn(path()).contains("word 3\""));
    QVERIFY(everythingIn(path()).contains("word 2\""));
    QCOMPARE(contentOf(file(u"2026-11-28.jsonl"_s)), untouched);
    QCOMPARE(seqs().size(), 11);
}

void TestLogFolder::changeOfWhatWasNeverLogged()
{
    LogFolder folder = open();
    QVERIFY(folder.append({logEntry(100, u"a"_s), logChange(101, ChangeKind::Deletion, 7)}));
    QCOMPARE(seqs(), (QList<quint64> {100, 101}));
}

void TestLogFolder::tooOld()
{
    LogFolder folder = open();
    QVERIFY(folder.append({logEntry(1, u"one"_s), logEntry(2, u"two"_s, kNoon + kDay), logEntry(3, u"three"_s, kNoon + 2 * kDay)}));
    QVERIFY(folder.removeBefore(QDate(2026, 11, 28)));
    QCOMPARE(filesIn(path()), (QStringList {u"2026-11-28.jsonl"_s, u"2026-11-29.jsonl"_s}));
    QVERIFY(folder.removeBefore(QDate(2027, 1, 1)));
    QVERIFY(folder.removeBefore(QDate(2027, 1, 1)));
    QCOMPARE(filesIn(path()), QStringList {u"2026-11-29.jsonl"_s});
    QVERIFY(!everythingIn(path()).contains("three"));
    LogFolder again = open();
    QCOMPARE(again.end()->seq, 3u);
    QCOMPARE(again.end()->id, u"e-1-3"_s);
    QVERIFY(again.append({logEntry(4, u"four"_s, kNoon + 2 * kDay)}));
    QCOMPARE(seqs(), (QList<quint64> {3, 4}));
}

void TestLogFolder::onlyTheOwnerReads()
{
    QVERIFY(open().append({logEntry(1, u"a"_s), logChange(2, ChangeKind::Deletion, 1)}));
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeGroup | QFile::ExeOther;
    QCOMPARE(QFile::permissions(path()) & others, QFile::Permissions());
    QCOMPARE(QFile::permissions(file(u"2026-11-27.jsonl"_s)) & others, QFile::Permissions());
}

void TestLogFolder::aFolderThatCannotBeWritten()
{
    LogFolder folder = open();
    QVERIFY(folder.append({logEntry(1, u"a"_s)}));
    QVERIFY(QDir(path()).mkdir(u"2026-11-28.jsonl"_s)); // stands in the way, for root too
    const Status done = folder.append({logEntry(2, u"b"_s), logEntry(3, u"c"_s, kNoon + kDay)});
    QVERIFY(!done);
    QVERIFY2(done.error().detail.contains(u"2026-11-28"_s), qPrintable(done.error().detail));
    QVERIFY(QDir(path()).rmdir(u"2026-11-28.jsonl"_s));
    QVERIFY(folder.append({logEntry(2, u"b"_s), logEntry(3, u"c"_s, kNoon + kDay)}));
    QCOMPARE(seqs(), (QList<quint64> {1, 2, 3}));
}

QTEST_GUILESS_MAIN(TestLogFolder)
#include "tst_logfolder.moc"
