// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journalrow.h"

#include <QTest>

#include <limits>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What a row of the journal says is what was put into it, and nothing else passes for one.
class TestJournalRow : public QObject
{
    Q_OBJECT

private slots:
    void golden();
    void everythingComesBack();
    void onePersonWithTwoNames();
    void aPackerBeginsAnew();
    void torn();
    void damaged();
    void anotherCount();
};

namespace {

Draft draft(const QString &author, const QString &person, const QString &content, qint64 timestamp, const QString &cid = {})
{
    Draft draft;
    draft.room = parseRoomName(u"general"_s).take();
    draft.author = parseUserName(author).take();
    draft.person = PersonId(person);
    draft.content = content;
    draft.timestamp = timestamp;
    draft.cid = Cid(cid);
    return draft;
}

/// Texts that are short, long, not Latin, right to left, of many code units.
const QList<Draft> &drafts()
{
    static const QList<Draft> all {
        draft(u"Anna"_s, u"p1"_s, u"hello"_s, 1'700'000'000'000, u"c-1"_s),
        draft(u"Бен"_s, u"p2"_s, u"Привет 😀"_s, 1'700'000'000'001),
        draft(u"Anna"_s, u"p1"_s, u"שלום "_s + QString(300, u'x'), 1'699'999'999'000, u"5f0c7a52-7b0c-4a0e-9a55-2f1b8a1f3a10"_s), // a clock that went back
        draft(u"ليلى"_s, u"p3"_s, u"👨‍👩‍👧‍👦\u0000\n\t"_s, std::numeric_limits<qint64>::max() / 2, QString(64, u'c')),
        draft(u"Anna"_s, u"p1"_s, u"."_s, 0),
    };
    return all;
}

QByteArray packed(const QList<Draft> &drafts)
{
    JournalPacker packer;
    for (const Draft &one : drafts)
        packer.add(one);
    return packer.take();
}

} // namespace

/// Databases of people have these bytes: if this test fails, they need a new format, not new golden bytes.
void TestJournalRow::golden()
{
    const QByteArray data = packed({draft(u"Anna"_s, u"p1"_s, u"hello"_s, 1000, u"c-1"_s), draft(u"Бен"_s, u"p2"_s, u"é"_s, 999), draft(u"Anna"_s, u"p1"_s, u"x"_s, 1064)});
    QCOMPARE(data.toHex(' '), QByteArray("01"
                                         " 00 04 41 6e 6e 61 02 70 31 d0 0f 03 63 2d 31 05 68 65 6c 6c 6f"
                                         " 00 06 d0 91 d0 b5 d0 bd 02 70 32 01 00 02 c3 a9"
                                         " 01 82 01 00 01 78"));
}

void TestJournalRow::everythingComesBack()
{
    const auto entries = unpackJournal(packed(drafts()), drafts().size());
    QVERIFY2(entries, qPrintable(entries ? QString() : entries.error().detail));
    for (qsizetype i = 0; i < drafts().size(); ++i) {
        const Draft &draft = drafts().at(i);
        const JournalEntry &entry = entries.value().at(i);
        QCOMPARE(entry.author, draft.author.text());
        QCOMPARE(entry.person, draft.person.toString());
        QCOMPARE(entry.cid, draft.cid.toString());
        QCOMPARE(entry.timestamp, draft.timestamp);
        QCOMPARE(entry.content, draft.content);
    }
}

void TestJournalRow::onePersonWithTwoNames()
{
    const auto entries = unpackJournal(packed({draft(u"anna"_s, u"p"_s, u"1"_s, 1), draft(u"Anna"_s, u"p"_s, u"2"_s, 2), draft(u"anna"_s, u"p"_s, u"3"_s, 3)}), 3);
    QVERIFY(entries);
    QCOMPARE(entries.value().at(0).author, u"anna"_s);
    QCOMPARE(entries.value().at(1).author, u"Anna"_s);
    QCOMPARE(entries.value().at(2).author, u"anna"_s);
}

void TestJournalRow::aPackerBeginsAnew()
{
    JournalPacker packer;
    packer.add(drafts().at(0));
    packer.add(drafts().at(1));
    QCOMPARE(packer.count(), 2);
    (void)packer.take();
    QCOMPARE(packer.count(), 0);
    packer.add(drafts().at(1));
    QCOMPARE(packer.take(), packed({drafts().at(1)}));
}

void TestJournalRow::torn()
{
    const QByteArray data = packed(drafts());
    for (qsizetype length = 0; length < data.size(); ++length) {
        const auto entries = unpackJournal(data.first(length), drafts().size());
        QVERIFY2(!entries, qPrintable(QString::number(length)));
        QCOMPARE(entries.error().code, ErrorCode::DataUnusable);
    }
    QVERIFY(!unpackJournal(data + '\0', drafts().size()));
}

/// Each bit of it turned round gives an error or other messages of that number, and never reads beyond its end (asan).
void TestJournalRow::damaged()
{
    const QByteArray data = packed(drafts());
    for (qsizetype i = 0; i < data.size() * 8; ++i) {
        QByteArray other = data;
        other[i / 8] = char(other.at(i / 8) ^ 1 << i % 8);
        if (const auto entries = unpackJournal(other, drafts().size()))
            QCOMPARE(entries.value().size(), drafts().size());
    }
    QVERIFY(!unpackJournal("\2" + data.mid(1), drafts().size())); // a format of the future
    QVERIFY(!unpackJournal(QByteArray("\1\0", 2) + QByteArray(9, '\xff') + "\1xx", 1)); // a length beyond everything
}

void TestJournalRow::anotherCount()
{
    QVERIFY(!unpackJournal(packed(drafts()), drafts().size() - 1));
    QVERIFY(!unpackJournal(packed(drafts()), drafts().size() + 1));
    QVERIFY(!unpackJournal({}, 0));
}

QTEST_GUILESS_MAIN(TestJournalRow)
#include "tst_journalrow.moc"
