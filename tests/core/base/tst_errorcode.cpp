// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errorcode.h"
#include "base/result.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <memory>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// The wire names of the error codes, and the two kinds of Result.
class TestErrorCode : public QObject
{
    Q_OBJECT

private slots:
    void everyCodeHasItsOwnName();
    void unknownNames_data();
    void unknownNames();
    void resultHoldsValueOrError();
    void resultCarriesWhatCannotBeCopied();
    void statusIsGoodUnlessToldOtherwise();
};

void TestErrorCode::everyCodeHasItsOwnName()
{
    static const QRegularExpression form(u"^[a-z]+(_[a-z]+)*$"_s);
    QSet<QByteArray> names;
    for (int value = 0; value <= int(ErrorCode::Internal); ++value) {
        const QByteArray name = errorName(ErrorCode(value)).toByteArray();
        QVERIFY2(form.match(QString::fromLatin1(name)).hasMatch(), name.constData());
        QVERIFY2(!names.contains(name), name.constData());
        names.insert(name);
        QCOMPARE(errorFromName(name), ErrorCode(value));
    }
    QCOMPARE(names.size(), int(ErrorCode::Internal) + 1);
    // Clients and scripts compare these texts: they are part of the contract.
    QCOMPARE(errorName(ErrorCode::RateLimited).toByteArray(), QByteArray("rate_limited"));
    QCOMPARE(errorName(ErrorCode::BadParameter).toByteArray(), QByteArray("bad_parameter"));
}

void TestErrorCode::unknownNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("from a newer server") << QByteArray("out_of_cheese");
    QTest::newRow("other case") << QByteArray("Not_Found");
    QTest::newRow("longer") << QByteArray("not_found_");
    QTest::newRow("shorter") << QByteArray("not_foun");
    QTest::newRow("NUL behind") << QByteArray("not_found\0", 10);
}

void TestErrorCode::unknownNames()
{
    QFETCH(QByteArray, name);
    QCOMPARE(errorFromName(name), ErrorCode::Internal);
}

void TestErrorCode::resultHoldsValueOrError()
{
    const Result<int> good(7);
    QVERIFY(good);
    QCOMPARE(good.value(), 7);

    const Error reason {ErrorCode::TooLong, u"too long"_s, u"content"_s, std::chrono::milliseconds(5)};
    const Result<int> bad(reason);
    QVERIFY(!bad);
    QCOMPARE(bad.error(), reason);

    QVERIFY(!Result<QString>(reason));
    QVERIFY(Result<QString>(QString())); // an empty value is a value
}

void TestErrorCode::resultCarriesWhatCannotBeCopied()
{
    Result<std::unique_ptr<int>> made(std::make_unique<int>(3));
    QVERIFY(made);
    const std::unique_ptr<int> taken = made.take();
    QCOMPARE(*taken, 3);
    QVERIFY(!made.value());
}

void TestErrorCode::statusIsGoodUnlessToldOtherwise()
{
    QVERIFY(Status());
    const Status bad = Error {ErrorCode::NotFound, u"gone"_s};
    QVERIFY(!bad);
    QCOMPARE(bad.error().code, ErrorCode::NotFound);
    QCOMPARE(bad.error().retryAfter.count(), 0);
}

QTEST_GUILESS_MAIN(TestErrorCode)
#include "tst_errorcode.moc"
