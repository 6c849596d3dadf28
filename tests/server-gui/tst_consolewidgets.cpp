// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/format.h"
#include "text/visibletext.h"
#include "widgets/icons.h"
#include "widgets/logview.h"
#include "widgets/messagebar.h"
#include "widgets/qrcodewidget.h"
#include "widgets/qrmatrix.h"
#include "widgets/sparkline.h"

#include <QPushButton>
#include <QScrollBar>
#include <QStringListModel>
#include <QTest>
#include <QToolButton>

#include <qrencode.h>

#include <limits>

using namespace Parlance;
using namespace Qt::StringLiterals;

class TestConsoleWidgets : public QObject
{
    Q_OBJECT

private slots:
    void qrMatrix();
    void qrPixels_data();
    void qrPixels();
    void qrNothing();
    void sparkline();
    void messageBar();
    void icons();
    void followsOnlyAtTheEnd();
    void keepsItsPlaceWhileTrimmed();
    void visibleText_data();
    void visibleText();
    void toolTips();
    void durations();
};

void TestConsoleWidgets::qrMatrix()
{
    const QString url = u"http://192.168.1.20:8000/?room=Räume"_s;
    const auto matrix = QrMatrix::encode(url);
    QVERIFY(matrix);
    const QByteArray bytes = url.toUtf8();
    QRcode *expected = QRcode_encodeString8bit(bytes.constData(), 0, QR_ECLEVEL_M);
    QVERIFY(expected);
    QCOMPARE(matrix->size(), expected->width);
    for (int y = 0; y < expected->width; ++y) {
        for (int x = 0; x < expected->width; ++x)
            QCOMPARE(matrix->isDark(x, y), (expected->data[y * expected->width + x] & 1) != 0);
    }
    QRcode_free(expected);
}

void TestConsoleWidgets::qrPixels_data()
{
    QTest::addColumn<QColor>("window");
    QTest::addColumn<QSize>("size");
    QTest::newRow("light") << QColor(Qt::white) << QSize(200, 200);
    QTest::newRow("dark") << QColor(0x20, 0x20, 0x20) << QSize(200, 200);
    QTest::newRow("wide") << QColor(0x20, 0x20, 0x20) << QSize(500, 301);
}

void TestConsoleWidgets::qrPixels()
{
    QFETCH(QColor, window);
    QFETCH(QSize, size);
    const QString url = u"http://192.168.1.20:8000"_s;
    QrCodeWidget widget;
    widget.setPalette(QPalette(window));
    widget.setText(url);
    widget.resize(size);
    const QImage image = widget.grab().toImage();
    const auto matrix = QrMatrix::encode(url);
    const QRect code = widget.codeRect().toRect();
    const int modules = matrix->size() + 2 * QrMatrix::kQuietZone;
    const int scale = code.width() / modules;
    QVERIFY(scale >= 2);
    QCOMPARE(code.width(), scale * modules); // whole pixels
    QVERIFY(code.width() + modules > qMin(size.width(), size.height())); // as large as fits
    QVERIFY((code.center() - widget.rect().center()).manhattanLength() <= 2);
    for (int y = 0; y < code.height(); ++y) {
        for (int x = 0; x < code.width(); ++x) {
            const int column = x / scale - QrMatrix::kQuietZone;
            const int row = y / scale - QrMatrix::kQuietZone;
            const bool inside = column >= 0 && row >= 0 && column < matrix->size() && row < matrix->size();
            const QColor expected = inside && matrix->isDark(column, row) ? Qt::black : Qt::white;
            if (image.pixelColor(code.left() + x, code.top() + y) != expected)
                QFAIL(qPrintable(u"pixel %1,%2"_s.arg(x).arg(y)));
        }
    }
    QCOMPARE(widget.accessibleDescription(), url);
}

void TestConsoleWidgets::qrNothing()
{
    QVERIFY(!QrMatrix::encode({}));
    QVERIFY(QrMatrix::encode(QString(2331, u'x')));
    QVERIFY(!QrMatrix::encode(QString(2332, u'x')));
    QrCodeWidget widget;
    widget.setText(QString(5000, u'x'));
    QVERIFY(widget.codeRect().isEmpty());
    widget.resize(100, 100);
    widget.grab();
}

void TestConsoleWidgets::sparkline()
{
    Sparkline curve(u"Messages"_s);
    curve.resize(300, 80);
    curve.grab();
    for (int i = 0; i < 1000; ++i)
        curve.append(i == 950 ? 500 : i % 10);
    QCOMPARE(curve.samples().size(), qsizetype(Sparkline::kMaxSamples));
    QCOMPARE(curve.peak(), 500.0);
    curve.setSpan(10);
    QCOMPARE(curve.peak(), 9.0);
    curve.append(-1);
    QCOMPARE(curve.samples().last(), 0.0);
    curve.append(std::numeric_limits<double>::quiet_NaN());
    QCOMPARE(curve.samples().last(), 0.0);
    const QImage busy = curve.grab().toImage();
    curve.clear();
    QVERIFY(busy != curve.grab().toImage());
}

void TestConsoleWidgets::messageBar()
{
    MessageBar bar;
    QVERIFY(bar.isHidden());
    bar.tell(MessageBar::Kind::Failure, u"<b>it failed</b>"_s);
    QVERIFY(!bar.isHidden());
    bar.tell(MessageBar::Kind::News, u"fine"_s); // must not hide what nobody has read
    QCOMPARE(bar.text(), u"<b>it failed</b>"_s);
    QCOMPARE(bar.accessibleName(), u"<b>it failed</b>"_s);
    bar.findChild<QToolButton *>(u"closeMessage"_s)->click();
    QVERIFY(bar.isHidden());
    bar.tell(MessageBar::Kind::News, u"fine"_s);
    QCOMPARE(bar.text(), u"fine"_s);
    bar.dismiss(MessageBar::Kind::Failure);
    QVERIFY(!bar.isHidden());
}

void TestConsoleWidgets::icons()
{
    for (const int size : {16, 32, 64}) {
        const QImage image = icon(Glyph::People).pixmap(size, size).toImage();
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                inked += image.pixelColor(x, y).alpha() > 0 ? 1 : 0;
        }
        QVERIFY(inked > 0);
    }
}

void TestConsoleWidgets::followsOnlyAtTheEnd()
{
    QStringList lines;
    for (int i = 0; i < 200; ++i)
        lines.append(QString::number(i));
    QStringListModel model(lines);
    LogView view;
    view.setModel(&model);
    view.resize(300, 200);
    view.show();
    auto *jump = view.findChild<QPushButton *>(u"jumpToNewest"_s);
    QScrollBar *bar = view.verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 0);
    const auto append = [&model](int count) {
        const int row = model.rowCount();
        model.insertRows(row, count);
    };
    QVERIFY(view.isFollowing());
    QVERIFY(jump->isHidden());
    append(10);
    QCOMPARE(bar->value(), bar->maximum());

    bar->setValue(100);
    QVERIFY(!view.isFollowing());
    QVERIFY(!jump->isHidden());
    append(30);
    append(7);
    QCOMPARE(bar->value(), 100);
    QCOMPARE(view.unseen(), 37);
    QVERIFY(jump->text().contains(u"(37)"_s));

    jump->click();
    QCOMPARE(bar->value(), bar->maximum());
    QVERIFY(view.isFollowing());
    QVERIFY(jump->isHidden());
    QCOMPARE(view.unseen(), 0);

    bar->setValue(0);
    append(1);
    bar->setValue(bar->maximum()); // scrolling back down follows again
    QVERIFY(view.isFollowing());
    append(5);
    QCOMPARE(bar->value(), bar->maximum());
    view.resize(300, 120);
    QTRY_COMPARE(bar->value(), bar->maximum());
    QVERIFY(view.isFollowing());
}

void TestConsoleWidgets::keepsItsPlaceWhileTrimmed()
{
    QStringList lines;
    for (int i = 0; i < 200; ++i)
        lines.append(QString::number(i));
    QStringListModel model(lines);
    LogView view;
    view.setModel(&model);
    view.resize(300, 200);
    view.show();
    QTRY_VERIFY(view.verticalScrollBar()->maximum() > 0);
    view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 2);
    const QString read = view.indexAt({5, 50}).data().toString();
    const int y = view.visualRect(view.indexAt({5, 50})).y();
    QVERIFY(!read.isEmpty());
    for (int i = 0; i < 5; ++i) {
        model.removeRows(0, 10);
        model.insertRows(model.rowCount(), 10);
    }
    QCOMPARE(view.indexAt({5, 50}).data().toString(), read);
    QCOMPARE(view.visualRect(view.indexAt({5, 50})).y(), y);
    QVERIFY(!view.isFollowing());
    model.removeRows(0, 190); // what was being read is gone: stand at the top
    model.insertRows(model.rowCount(), 190);
    QCOMPARE(view.verticalScrollBar()->value(), 0);
}

void TestConsoleWidgets::visibleText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << u"hello"_s << u"hello"_s;
    QTest::newRow("lines") << u"a\nb\r\nc\u2028d"_s << u"a↵b↵c↵d"_s;
    QTest::newRow("controls") << u"a\0b\x1b[1m\u202ec\u2066d\u200fe\u00ad"_s << u"ab[1mcde"_s;
    QTest::newRow("tab") << u"a\tb"_s << u"a b"_s;
    QTest::newRow("family emoji") << u"👩‍👩‍👧"_s << u"👩‍👩‍👧"_s;
    QTest::newRow("marks in a tower") << (u"a"_s + u"\u0301"_s.repeated(60)) << (u"a"_s + u"\u0301"_s.repeated(4));
    QTest::newRow("lone surrogate") << (u"a"_s + QChar(0xd800) + u"b"_s) << u"ab"_s;
    QTest::newRow("markup stays as it is") << u"<b>x</b>&amp;"_s << u"<b>x</b>&amp;"_s;
    QTest::newRow("cut") << QString(20, u'x') << (QString(12, u'x') + u"…"_s);
    QTest::newRow("cut between surrogates") << (QString(11, u'x') + u"😀😀"_s) << (QString(11, u'x') + u"…"_s);
}

void TestConsoleWidgets::visibleText()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const bool cut = QByteArray(QTest::currentDataTag()).startsWith("cut");
    QCOMPARE(Parlance::visibleText(text, cut ? 12 : 300), expected);
}

void TestConsoleWidgets::toolTips()
{
    QVERIFY(plainToolTip(u"<img src=x>"_s).contains(u"&lt;img"_s));
    QVERIFY(plainToolTip({}).isEmpty());
}

void TestConsoleWidgets::durations()
{
    QCOMPARE(Format::duration(-5), u"0 s"_s);
    QCOMPARE(Format::duration(59'999), u"59 s"_s);
    QCOMPARE(Format::duration(61'000), u"1 min 1 s"_s);
    QCOMPARE(Format::duration(3'725'000), u"1 h 2 min"_s);
    QCOMPARE(Format::duration(90'000'000), u"1 d 1 h"_s);
    QCOMPARE(Format::bytes(0), u"–"_s);
    QCOMPARE(Format::rate(0), u"0"_s);
    QCOMPARE(Format::rate(1234.4), QLocale().toString(1234.4, 'f', 0));
    QCOMPARE(Format::people(1), u"1 person"_s);
    QCOMPARE(Format::people(0), u"0 people"_s);
}

QTEST_MAIN(TestConsoleWidgets)
#include "tst_consolewidgets.moc"
