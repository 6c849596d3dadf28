// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/textscan.h"

#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongest = 40; ///< two and a half steps of sixteen

bool isPlain(char16_t c)
{
    return c >= 0x20 && c != u'"' && c != u'\\' && c <= 0x7F;
}

} // namespace

/// Each character of Unicode's first plane at each place of texts of each length.
class TestTextScan : public QObject
{
    Q_OBJECT

private slots:
    void characters_data();
    void characters();
    void plainTexts();
    void firstOfTwo();
    void nothingBehind();
};

void TestTextScan::characters_data()
{
    QTest::addColumn<qsizetype>("size");
    for (qsizetype size = 1; size <= kLongest; ++size)
        QTest::addRow("%d characters", int(size)) << size;
}

void TestTextScan::characters()
{
    QFETCH(const qsizetype, size);
    char out[kLongest];
    const int step = size < 20 ? 1 : 7; // all of them where each step of the loop and the rest behind it is passed
    for (qsizetype place = 0; place < size; ++place) {
        QString text(size, u'a');
        for (int code = 0; code <= 0xFFFF; code += code < 0x180 ? 1 : step) {
            const auto c = char16_t(code);
            text[place] = QChar(c);
            if (jsonPlainLength(text) != (needsJsonEscape(c) ? place : size) || narrowPlainAscii(text, out) != isPlain(c))
                QFAIL(qPrintable(u"U+%1 at %2"_s.arg(code, 4, 16, QLatin1Char('0')).arg(place)));
        }
    }
}

void TestTextScan::plainTexts()
{
    for (qsizetype size = 0; size <= kLongest; ++size) {
        QString text;
        for (qsizetype i = 0; i < size; ++i)
            text += QChar(char16_t(u'0' + i % 40));
        QByteArray out(size, '\0');
        QVERIFY(narrowPlainAscii(text, out.data()));
        QCOMPARE(out, text.toLatin1());
        QCOMPARE(jsonPlainLength(text), size);
    }
}

void TestTextScan::firstOfTwo()
{
    for (qsizetype first = 0; first < kLongest; ++first) {
        for (qsizetype second = first; second < kLongest; ++second) {
            QString text(kLongest, u'я');
            text[second] = u'"';
            text[first] = u'\\';
            QCOMPARE(jsonPlainLength(text), first);
        }
    }
}

void TestTextScan::nothingBehind()
{
    for (qsizetype size = 0; size < kLongest; ++size) {
        const QString text = QString(size, u'a') + QString(kLongest, u'"');
        QByteArray out(kLongest, '#');
        QVERIFY(narrowPlainAscii(QStringView(text).first(size), out.data()));
        QCOMPARE(out, QByteArray(size, 'a') + QByteArray(kLongest - size, '#'));
        QCOMPARE(jsonPlainLength(QStringView(text).first(size)), size);
    }
}

QTEST_GUILESS_MAIN(TestTextScan)
#include "tst_textscan.moc"
