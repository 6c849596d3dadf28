// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/names.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestNames : public QObject
{
    Q_OBJECT

private slots:
    void userName_data();
    void userName();
    void lookAlikes_data();
    void lookAlikes();
    void likeTheirKeys();
    void numbering();
};

void TestNames::userName_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected"); // empty: refused
    QTest::newRow("plain") << u"john"_s << u"john"_s;
    QTest::newRow("trimmed") << u"  john \t"_s << u"john"_s;
    QTest::newRow("longest allowed") << QString(32, u'x') << QString(32, u'x');
    QTest::newRow("one too long") << QString(33, u'x') << QString();
    QTest::newRow("32 characters outside the BMP") << u"𝒳"_s.repeated(32) << u"𝒳"_s.repeated(32);
    QTest::newRow("composed") << u"Zoe\u0308"_s << u"Zo\u00eb"_s;
    QTest::newRow("Cyrillic") << u"Аня"_s << u"Аня"_s;
    QTest::newRow("Arabic") << u"ليلى"_s << u"ليلى"_s;
    QTest::newRow("Chinese") << u"小明"_s << u"小明"_s;
    QTest::newRow("punctuation") << u"a.b_c-d e"_s << u"a.b_c-d e"_s;
    QTest::newRow("one space for several") << u"john   doe"_s << u"john doe"_s;
    QTest::newRow("spaces at the length's end") << QString(u"x  "_s.repeated(16)) << QString(u"x "_s.repeated(16).trimmed());
    QTest::newRow("tab inside") << u"john\tdoe"_s << QString();
    QTest::newRow("no-break space") << u"john\u00a0doe"_s << QString();
    QTest::newRow("starts with a digit") << u"4ever"_s << u"4ever"_s;
    QTest::newRow("starts with an Arabic digit") << u"\u0663x"_s << u"\u0663x"_s;
    QTest::newRow("starts with a dot") << u".hidden"_s << QString();
    QTest::newRow("starts with a dash") << u"-x"_s << QString();
    QTest::newRow("starts with an underscore") << u"_x"_s << QString();
    QTest::newRow("starts with a mark") << u"\u0301a"_s << QString();
    QTest::newRow("starts with an emoji") << u"😀anna"_s << QString();
    QTest::newRow("punctuation alone") << u"._-"_s << QString();
    QTest::newRow("four marks in a row") << u"q\u0302\u0303\u0304\u0306"_s << u"q\u0302\u0303\u0304\u0306"_s;
    QTest::newRow("five marks in a row") << u"q\u0302\u0303\u0304\u0306\u0307"_s << QString();
    QTest::newRow("four marks twice") << u"q\u0302\u0303\u0304\u0306"_s.repeated(2)
                                      << u"q\u0302\u0303\u0304\u0306"_s.repeated(2);
    QTest::newRow("Devanagari") << u"क्षेत्री"_s << u"क्षेत्री"_s;
    QTest::newRow("enclosing mark") << u"a\u20dd"_s << u"a\u20dd"_s;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("spaces") << u"   "_s << QString();
    QTest::newRow("huge") << QString(100000, u'x') << QString();
    QTest::newRow("bidi override") << u"a\u202eb"_s << QString();
    QTest::newRow("zero width") << u"a\u200bb"_s << QString();
    QTest::newRow("byte order mark") << u"a\ufeff"_s << QString();
    QTest::newRow("Hangul filler") << u"a\u3164"_s << QString();
    QTest::newRow("variation selector") << u"a\ufe0f"_s << QString();
    QTest::newRow("line feed inside") << u"a\nb"_s << QString();
    QTest::newRow("NUL") << u"a\0b"_s << QString();
    QTest::newRow("markup") << u"<b>"_s << QString();
    QTest::newRow("slash") << u"a/b"_s << QString();
    QTest::newRow("emoji") << u"😀"_s << QString();
    QTest::newRow("dot") << u"."_s << QString();
    QTest::newRow("dots") << u".."_s << QString();
    QTest::newRow("lone surrogate") << QString(QChar(0xD800)) << QString();
}

void TestNames::userName()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const Result<UserName> name = parseUserName(text);
    QCOMPARE(bool(name), !expected.isEmpty());
    if (name) {
        QCOMPARE(name.value().text(), expected);
    } else {
        QCOMPARE(name.error().code, ErrorCode::BadName);
        QCOMPARE(name.error().field, u"username"_s);
        QVERIFY(!name.error().detail.isEmpty());
    }
}

void TestNames::lookAlikes_data()
{
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    QTest::addColumn<bool>("same");
    QTest::newRow("case") << u"Admin"_s << u"aDMIN"_s << true;
    QTest::newRow("Cyrillic a") << u"admin"_s << u"аdmin"_s << true;
    QTest::newRow("digit for letter") << u"paypal"_s << u"paypa1"_s << true;
    QTest::newRow("sharp s") << u"Strasse"_s << u"Straße"_s << true;
    QTest::newRow("zero and O") << u"b0b"_s << u"bob"_s << true;
    QTest::newRow("two spaces") << u"john doe"_s << u"john  doe"_s << true;
    QTest::newRow("enclosing circle") << u"anna"_s << u"a\u20ddnna"_s << false;
    QTest::newRow("enclosing square and circle") << u"a\u20de"_s << u"a\u20dd"_s << false;
    QTest::newRow("capital look-alike, small one") << u"\u2107"_s << u"\u025b"_s << true;
    QTest::newRow("capital look-alike, capital one") << u"\u2107va"_s << u"\u0190VA"_s << true;
    QTest::newRow("different") << u"anna"_s << u"hanna"_s << false;
    QTest::newRow("numbers") << u"user12"_s << u"user21"_s << false;
}

void TestNames::lookAlikes()
{
    QFETCH(QString, a);
    QFETCH(QString, b);
    QFETCH(bool, same);
    const UserName first = parseUserName(a).take();
    const UserName second = parseUserName(b).take();
    QCOMPARE(first == second, same);
    if (same)
        QCOMPARE(qHash(first), qHash(second));
}

/// Whoever is called like somebody's key looks like them, whatever letter it is.
void TestNames::likeTheirKeys()
{
    int letters = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        const Result<UserName> name = parseUserName(QString::fromUcs4(&c, 1));
        if (!name)
            continue;
        ++letters;
        const Result<UserName> key = parseUserName(name.value().key());
        QVERIFY2(!key || key.value() == name.value(), qPrintable(u"U+%1"_s.arg(uint(c), 4, 16)));
    }
    QVERIFY(letters > 100000);
}

void TestNames::numbering()
{
    QCOMPARE(numberedName(parseUserName(u"john").take(), 2).text(), u"john-2"_s);
    QCOMPARE(numberedName(parseUserName(QString(32, u'x')).take(), 12).text(), QString(29, u'x') + u"-12"_s);
}

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
