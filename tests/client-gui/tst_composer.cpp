// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/composer.h"

#include <QClipboard>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Parlance::Client;
using namespace Qt::StringLiterals;

class TestComposer : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_window.reset(); }
    void enterSends();
    void shiftEnterIsALine();
    void neverWhilePreedit();
    void growsToSixLines();
    void recalls();
    void completes();
    void completesAtTheStart();
    void tabLeaves();
    void pastesPlainText();

private:
    void preedit(const QString &text, const QString &commit = {});

    std::unique_ptr<QWidget> m_window;
    Composer *m_composer = nullptr;
    QLineEdit *m_next = nullptr;
};

void TestComposer::init()
{
    m_window = std::make_unique<QWidget>();
    m_composer = new Composer;
    m_next = new QLineEdit;
    auto *column = new QVBoxLayout(m_window.get());
    column->addWidget(m_composer);
    column->addWidget(m_next);
    column->addStretch();
    m_composer->setNameSource([] { return QStringList({u"Anna"_s, u"Anton"_s, u"Ben Q"_s}); });
    m_window->resize(300, 400);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_composer->setFocus();
}

void TestComposer::preedit(const QString &text, const QString &commit)
{
    QInputMethodEvent event(text, {});
    if (!commit.isEmpty())
        event.setCommitString(commit);
    QCoreApplication::sendEvent(m_composer, &event);
}

void TestComposer::enterSends()
{
    QSignalSpy sent(m_composer, &Composer::sendRequested);
    QTest::keyClicks(m_composer, u"hello"_s);
    QTest::keyClick(m_composer, Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QTest::keyClick(m_composer, Qt::Key_Enter, Qt::KeypadModifier);
    QCOMPARE(sent.size(), 2);
    QCOMPARE(m_composer->toPlainText(), u"hello"_s); // whoever sends empties it
    m_composer->takeSent();
    QVERIFY(m_composer->toPlainText().isEmpty());
}

void TestComposer::shiftEnterIsALine()
{
    QSignalSpy sent(m_composer, &Composer::sendRequested);
    QTest::keyClicks(m_composer, u"a"_s);
    QTest::keyClick(m_composer, Qt::Key_Return, Qt::ShiftModifier);
    QTest::keyClicks(m_composer, u"b"_s);
    QCOMPARE(sent.size(), 0);
    QCOMPARE(m_composer->toPlainText(), u"a\nb"_s);
}

void TestComposer::neverWhilePreedit()
{
    QSignalSpy sent(m_composer, &Composer::sendRequested);
    QTest::keyClicks(m_composer, u"x"_s);
    preedit(u"にほ"_s);
    QVERIFY(m_composer->isComposing());
    QTest::keyClick(m_composer, Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    QCOMPARE(m_composer->toPlainText(), u"x"_s); // no line feed either
    preedit({}, u"日本"_s);
    QVERIFY(!m_composer->isComposing());
    QTest::keyClick(m_composer, Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(m_composer->toPlainText(), u"x日本"_s);
}

void TestComposer::growsToSixLines()
{
    QList<int> heights {m_composer->height()};
    for (int line = 2; line <= 9; ++line) {
        QTest::keyClick(m_composer, Qt::Key_Return, Qt::ShiftModifier);
        QCoreApplication::sendPostedEvents();
        heights << m_composer->height();
    }
    for (int line = 1; line < 6; ++line)
        QVERIFY(heights.at(line) > heights.at(line - 1));
    QCOMPARE(heights.at(6), heights.at(5));
    QCOMPARE(heights.at(8), heights.at(5));
    m_composer->takeSent();
    QCOMPARE(m_composer->height(), heights.at(0));
    m_composer->setPlainText(u"words that are wrapped "_s.repeated(8)); // one paragraph, several lines
    QVERIFY(m_composer->height() > heights.at(1));
}

void TestComposer::recalls()
{
    QTest::keyClick(m_composer, Qt::Key_Up); // nothing yet
    QVERIFY(m_composer->toPlainText().isEmpty());
    for (const QString &text : {u"one"_s, u"two"_s}) {
        QTest::keyClicks(m_composer, text);
        m_composer->takeSent();
    }
    QTest::keyClick(m_composer, Qt::Key_Up);
    QCOMPARE(m_composer->toPlainText(), u"two"_s);
    QTest::keyClick(m_composer, Qt::Key_Up);
    QCOMPARE(m_composer->toPlainText(), u"one"_s);
    QTest::keyClick(m_composer, Qt::Key_Down);
    QCOMPARE(m_composer->toPlainText(), u"two"_s);
    QTest::keyClick(m_composer, Qt::Key_Down);
    QCOMPARE(m_composer->toPlainText(), QString());
    QTest::keyClicks(m_composer, u"new"_s);
    QTest::keyClick(m_composer, Qt::Key_Up); // what is being written is never lost
    QCOMPARE(m_composer->toPlainText(), u"new"_s);
}

void TestComposer::completes()
{
    QTest::keyClicks(m_composer, u"hi an"_s);
    QTest::keyClick(m_composer, Qt::Key_Tab);
    QCOMPARE(m_composer->toPlainText(), u"hi Anna "_s);
    QTest::keyClick(m_composer, Qt::Key_Tab);
    QCOMPARE(m_composer->toPlainText(), u"hi Anton "_s);
    QTest::keyClick(m_composer, Qt::Key_Tab);
    QCOMPARE(m_composer->toPlainText(), u"hi Anna "_s);
    QTest::keyClicks(m_composer, u"and @be"_s);
    QTest::keyClick(m_composer, Qt::Key_Tab);
    QCOMPARE(m_composer->toPlainText(), u"hi Anna and @Ben Q "_s);
    QVERIFY(m_composer->hasFocus());
}

void TestComposer::completesAtTheStart()
{
    QTest::keyClicks(m_composer, u"be"_s);
    QTest::keyClick(m_composer, Qt::Key_Tab);
    QCOMPARE(m_composer->toPlainText(), u"Ben Q: "_s);
}

void TestComposer::tabLeaves()
{
    QTest::keyClicks(m_composer, u"hi xyz"_s);
    QTest::keyClick(m_composer, Qt::Key_Tab);
    QCOMPARE(m_composer->toPlainText(), u"hi xyz"_s);
    QVERIFY(m_next->hasFocus());
    m_composer->setFocus();
    m_composer->clear();
    QTest::keyClick(m_composer, Qt::Key_Tab);
    QVERIFY(m_next->hasFocus());
}

void TestComposer::pastesPlainText()
{
    auto *data = new QMimeData;
    data->setHtml(u"<b>bold</b><img src=\"http://127.0.0.1:9/x\">"_s);
    data->setText(u"bold"_s);
    QGuiApplication::clipboard()->setMimeData(data);
    m_composer->paste();
    QCOMPARE(m_composer->toPlainText(), u"bold"_s);
    QGuiApplication::clipboard()->setText(QString(Composer::kMaxChars + 500, u'x'));
    m_composer->clear();
    m_composer->paste();
    QCOMPARE(m_composer->toPlainText().size(), Composer::kMaxChars);
}

QTEST_MAIN(TestComposer)
#include "tst_composer.moc"
