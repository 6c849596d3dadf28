// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestText : public QObject
{
    Q_OBJECT

private slots:
    void codePoints_data();
    void codePoints();
    void storable_data();
    void storable();
};

void TestText::codePoints_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("expected");
    QTest::newRow("null") << QString() << 0;
    QTest::newRow("ASCII") << u"abc"_s << 3;
    QTest::newRow("NUL counts") << u"a\0b"_s << 3;
    QTest::newRow("emoji is one") << u"😀"_s << 1;
    QTest::newRow("emoji among letters") << u"a😀b😀"_s << 4;
    QTest::newRow("a combining mark counts") << u"e\u0301"_s << 2;
    QTest::newRow("a family is seven") << u"👨\u200d👩\u200d👧\u200d👦"_s << 7;
    QTest::newRow("lone high surrogate") << QString(QChar(0xD83D)) << 1;
    QTest::newRow("lone low surrogate") << QString(QChar(0xDE00)) << 1;
    QTest::newRow("low surrogates only") << QString(4001, QChar(0xDE00)) << 4001;
    QTest::newRow("two high, one low") << QString(QChar(0xD83D)) + QChar(0xD83D) + QChar(0xDE00) << 2;
    QTest::newRow("wrong way round") << QString(QChar(0xDE00)) + QChar(0xD83D) << 2;
}

void TestText::codePoints()
{
    QFETCH(QString, text);
    QTEST(int(codePointCount(text)), "expected");
}

void TestText::storable_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const QString high = QChar(0xD83D);
    const QString low = QChar(0xDE00);
    QTest::newRow("null") << QString() << QString();
    QTest::newRow("letters") << u"Grüße, мир, عالم"_s << u"Grüße, мир, عالم"_s;
    QTest::newRow("emoji") << u"😀a😀"_s << u"😀a😀"_s;
    QTest::newRow("control characters but NUL") << u"\1\t\n\x7f"_s << u"\1\t\n\x7f"_s;
    QTest::newRow("NUL") << u"\0a\0"_s << u"\uFFFDa\uFFFD"_s;
    QTest::newRow("NUL beside an emoji") << u"😀\0😀"_s << u"😀\uFFFD😀"_s;
    QTest::newRow("lone high") << u"a"_s + high << u"a\uFFFD"_s;
    QTest::newRow("lone low") << low + u'a' << u"\uFFFDa"_s;
    QTest::newRow("wrong way round") << low + high << u"\uFFFD\uFFFD"_s;
    QTest::newRow("two high, one low") << high + high + low << u"\uFFFD😀"_s;
}

void TestText::storable()
{
    QFETCH(QString, text);
    QTEST(Parlance::storable(text), "expected");
}

QTEST_GUILESS_MAIN(TestText)
#include "tst_text.moc"
