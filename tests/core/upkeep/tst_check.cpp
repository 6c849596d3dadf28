// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/check.h"

#include "core/storage/historydesk.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What is wrong with a database is found wherever its messages are; what is right is counted.
class TestCheck : public QObject
{
    Q_OBJECT

private slots:
    void allIsWell();
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
};

namespace {

/// Six messages of which the first two have rows.
void fill(HistoryDesk &desk)
{
    for (int i = 0; i < 3; ++i)
        desk.commit({desk.draft(u"a"_s, u"cid %1"_s.arg(i)), desk.draft(u"b"_s)});
    QVERIFY(desk.writer().settle(1).value());
    QCOMPARE(desk.writer().unsettled(), 4);
}

QString key(int seq)
{
    return QString::number(Schema::messageKey(1, quint64(seq)));
}

} // namespace

void TestCheck::allIsWell()
{
    HistoryDesk desk;
    fill(desk);
    const CheckReport report = checkDatabase(desk.source()).take();
    QCOMPARE(report.problems, QStringList());
    QCOMPARE(report.messages, 6);
    QCOMPARE(report.rooms, 1);
}

void TestCheck::findsWhatIsWrong_data()
{
    QTest::addColumn<QString>("harm");
    QTest::addColumn<QString>("words");
    QTest::newRow("a row is gone") << u"DELETE FROM messages WHERE id = "_s + key(2) << u"1 of the messages from seq 1 to 6 are missing"_s;
    QTest::newRow("part of the journal is gone") << u"DELETE FROM journal WHERE id = "_s + key(3) << u"2 of the messages from seq 1 to 6 are missing"_s;
    QTest::newRow("the end is gone") << u"UPDATE rooms SET head = 9"_s << u"newest message has seq 6, and its head is 9"_s;
    QTest::newRow("the journal is damaged") << u"UPDATE journal SET data = substr(data, 1, length(data) - 1) WHERE id = "_s + key(3)
                                            << u"not whole from seq 3 on"_s;
    QTest::newRow("twice") << u"INSERT INTO messages SELECT %1, epoch, kind, target, author, person, NULL, timestamp, edited, content FROM messages WHERE id = %2"_s
                                  .arg(key(4), key(1))
                           << u"from seq 3 on are there twice"_s;
    QTest::newRow("of no epoch") << u"UPDATE journal SET epoch = 77 WHERE id = "_s + key(5) << u"are of no epoch"_s;
}

void TestCheck::findsWhatIsWrong()
{
    QFETCH(QString, harm);
    QFETCH(QString, words);
    HistoryDesk desk;
    fill(desk);
    QVERIFY(desk.connection().run(harm));
    const CheckReport report = checkDatabase(desk.source()).take();
    QVERIFY2(report.problems.join(u'\n').contains(words), qPrintable(report.problems.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestCheck)
#include "tst_check.moc"
