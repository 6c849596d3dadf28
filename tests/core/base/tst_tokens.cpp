// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tokens.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestTokens : public QObject
{
    Q_OBJECT

private slots:
    void tokensHaveTheirForm();
    void idsHaveTheirForm();
    void nothingRepeats();
    void everyBitIsUsed();
    void form_data();
    void form();
    void hash();
};

void TestTokens::tokensHaveTheirForm()
{
    for (int i = 0; i < 200; ++i) {
        const QString token = makeToken();
        QVERIFY2(isTokenForm(token), qPrintable(token));
        const QByteArray bytes = QByteArray::fromBase64(
            token.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
        QCOMPARE(bytes.size(), 32);
    }
}

void TestTokens::idsHaveTheirForm()
{
    static const QRegularExpression hex(u"^[0-9a-f]{32}$"_s);
    for (int i = 0; i < 200; ++i)
        QVERIFY(hex.match(makeRandomId()).hasMatch());
}

void TestTokens::nothingRepeats()
{
    QSet<QString> seen;
    for (int i = 0; i < 1000; ++i)
        seen << makeToken() << makeRandomId();
    QCOMPARE(seen.size(), 2000);
}

void TestTokens::everyBitIsUsed()
{
    // Of 200 tokens each bit is sometimes set and sometimes not; by chance it fails once in 2^191.
    QByteArray all(32, '\xFF');
    QByteArray any(32, '\0');
    for (int i = 0; i < 200; ++i) {
        const QByteArray bytes = QByteArray::fromBase64(makeToken().toLatin1(), QByteArray::Base64UrlEncoding);
        for (int b = 0; b < 32; ++b) {
            all[b] = char(all.at(b) & bytes.at(b));
            any[b] = char(any.at(b) | bytes.at(b));
        }
    }
    QCOMPARE(all, QByteArray(32, '\0'));
    QCOMPARE(any, QByteArray(32, '\xFF'));
}

void TestTokens::form_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<bool>("expected");
    QTest::newRow("every kind of character") << u"azAZ09-_"_s + QString(35, u'b') << true;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("one short") << QString(42, u'a') << false;
    QTest::newRow("one long") << QString(44, u'a') << false;
    QTest::newRow("plus") << QString(42, u'a') + u'+' << false;
    QTest::newRow("slash") << QString(42, u'a') + u'/' << false;
    QTest::newRow("padding") << QString(42, u'a') + u'=' << false;
    QTest::newRow("line feed") << QString(42, u'a') + u'\n' << false;
    QTest::newRow("NUL") << QString(42, u'a') + QChar(0) << false;
    QTest::newRow("a Cyrillic letter") << QString(42, u'a') + u'а' << false;
    QTest::newRow("a full-width digit") << QString(42, u'a') + u'１' << false;
    QTest::newRow("just before a") << QString(42, u'a') + u'`' << false;
    QTest::newRow("just behind Z") << QString(42, u'a') + u'[' << false;
}

void TestTokens::form()
{
    QFETCH(QString, token);
    QTEST(isTokenForm(token), "expected");
}

void TestTokens::hash()
{
    QCOMPARE(tokenHash({}), u"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_s);
    QCOMPARE(tokenHash(u"abc"_s), u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s);
    QVERIFY(tokenHash(u"abc"_s) != tokenHash(u"abd"_s));
}

QTEST_GUILESS_MAIN(TestTokens)
#include "tst_tokens.moc"
