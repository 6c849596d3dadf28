// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/draftbook.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestDraftBook : public QObject
{
    Q_OBJECT

private slots:
    void numbersFromOne();
    void inAnyOrder();
    void unknown();
};

namespace {

DraftBook::Entry entry(quint64 session)
{
    return {SessionId {session}, nullptr, Cid(QString::number(session))};
}

} // namespace

void TestDraftBook::numbersFromOne()
{
    DraftBook book;
    for (quint64 i = 1; i <= 3; ++i)
        QCOMPARE(book.add(entry(i)), i);
    for (quint64 i = 1; i <= 3; ++i)
        QCOMPARE(book.take(i).session, SessionId {i});
    QCOMPARE(book.add(entry(4)), 4u); // never the same number again
    QCOMPARE(book.take(4).cid, Cid(u"4"_s));
}

void TestDraftBook::inAnyOrder()
{
    DraftBook book;
    for (quint64 i = 1; i <= 5; ++i)
        book.add(entry(i));
    for (const quint64 i : {3, 1, 5}) {
        QCOMPARE(book.take(i).session, SessionId {i});
        QCOMPARE(book.take(i).session, SessionId {}); // once
    }
    QCOMPARE(book.add(entry(6)), 6u);
    for (const quint64 i : {6, 4, 2})
        QCOMPARE(book.take(i).session, SessionId {i});
}

void TestDraftBook::unknown()
{
    DraftBook book;
    for (const quint64 i : {quint64(0), quint64(1), quint64(-1)})
        QCOMPARE(book.take(i).session, SessionId {});
    book.add(entry(1));
    QCOMPARE(book.take(2).session, SessionId {});
    QCOMPARE(book.take(0).session, SessionId {});
    QCOMPARE(book.take(1).session, SessionId {1});
}

QTEST_GUILESS_MAIN(TestDraftBook)
#include "tst_draftbook.moc"
