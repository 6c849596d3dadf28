// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/exporter.h"

#include "core/storage/historydesk.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What an export says of messages that were changed, whether they have rows of their own or are still in the journal.
class TestExporter : public QObject
{
    Q_OBJECT

private slots:
    void changes_data();
    void changes();
    void aDeletedTextIsInNone();
    void longerThanAPage();
    void unknownRoom();
    void fullDisk();
};

namespace {

QByteArray exported(const HistoryDesk &desk, ExportFormat format)
{
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    if (const auto done = exportMessages(desk.source(), {}, format, out); !done)
        return "failed: " + done.error().detail.toUtf8();
    return out.data();
}

QList<QJsonObject> objects(const QByteArray &lines)
{
    QList<QJsonObject> found;
    for (const QByteArray &line : lines.split('\n')) {
        if (!line.isEmpty())
            found.append(QJsonDocument::fromJson(line).object());
    }
    return found;
}

void settle(HistoryDesk &desk)
{
    for (;;) {
        const Result<bool> more = desk.writer().settle(1);
        if (!more || !more.value())
            return;
    }
}

/// Takes nothing.
class FullDevice final : public QIODevice
{
protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64) override { return -1; }
};

} // namespace

void TestExporter::changes_data()
{
    QTest::addColumn<bool>("isSettled");
    QTest::newRow("in the journal") << false;
    QTest::newRow("in rows") << true;
}

void TestExporter::changes()
{
    QFETCH(bool, isSettled);
    HistoryDesk desk;
    desk.say(u"first"_s);
    desk.say(u"helo"_s);
    const MessageId second = desk.last.id;
    desk.say(u"=1+1 \"quoted\""_s);
    desk.commit({desk.change(ChangeKind::Edit, second, u"hello <b>"_s)});
    desk.commit({desk.change(ChangeKind::Reaction, second, u"👍"_s)});
    desk.say(u"Последнее"_s);
    if (isSettled)
        settle(desk);

    const QList<QJsonObject> lines = objects(exported(desk, ExportFormat::JsonLines));
    QStringList texts;
    for (const QJsonObject &line : lines)
        texts.append(line[u"content"].toString());
    QCOMPARE(texts, (QStringList {u"first"_s, u"hello <b>"_s, u"=1+1 \"quoted\""_s, u"Последнее"_s}));
    QVERIFY(!lines.at(1)[u"edited"].isNull() && !lines.at(1)[u"edited"].isUndefined());
    const QJsonArray reactions = lines.at(1)[u"reactions"].toArray();
    QCOMPARE(reactions.size(), 1);
    QCOMPARE(reactions.at(0)[u"emoji"].toString(), u"👍"_s);
    QVERIFY(lines.at(0)[u"reactions"].toArray().isEmpty());

    const QByteArray csv = exported(desk, ExportFormat::Csv);
    QCOMPARE(csv.count("\r\n"), 5);
    QVERIFY(csv.contains("\"'=1+1 \"\"quoted\"\"\""));
    const QByteArray page = exported(desk, ExportFormat::Html);
    QVERIFY(page.contains("hello &lt;b&gt;"));
    QVERIFY(!page.contains("helo"));
}

void TestExporter::aDeletedTextIsInNone()
{
    HistoryDesk desk;
    desk.say(u"a secret"_s);
    const MessageId id = desk.last.id;
    desk.say(u"stays"_s);
    desk.commit({desk.change(ChangeKind::Deletion, id)});
    for (const ExportFormat format : {ExportFormat::JsonLines, ExportFormat::Csv, ExportFormat::Html}) {
        const QByteArray all = exported(desk, format);
        QVERIFY(all.contains("stays"));
        QVERIFY(!all.contains("secret"));
    }
}

void TestExporter::longerThanAPage()
{
    HistoryDesk desk;
    QList<Draft> drafts;
    for (int i = 0; i < 2500; ++i)
        drafts.append(desk.draft(QString::number(i)));
    desk.commit(drafts);
    const QList<QJsonObject> lines = objects(exported(desk, ExportFormat::JsonLines));
    QCOMPARE(lines.size(), 2500);
    for (int i = 0; i < 2500; ++i) {
        QCOMPARE(lines.at(i)[u"seq"].toInt(), i + 1);
        QCOMPARE(lines.at(i)[u"content"].toString(), QString::number(i));
    }
}

void TestExporter::unknownRoom()
{
    HistoryDesk desk;
    desk.say(u"x"_s);
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    const auto done = exportMessages(desk.source(), {HistoryDesk::room(u"nowhere"_s)}, ExportFormat::Html, out);
    QCOMPARE(done.error().code, ErrorCode::NotFound);
    QVERIFY(out.data().isEmpty());
}

void TestExporter::fullDisk()
{
    HistoryDesk desk;
    desk.say(u"x"_s);
    FullDevice full;
    full.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    QCOMPARE(exportMessages(desk.source(), {}, ExportFormat::JsonLines, full).error().code, ErrorCode::StorageFull);
}

QTEST_GUILESS_MAIN(TestExporter)
#include "tst_exporter.moc"
