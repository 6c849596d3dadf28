// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/messagemodel.h"
#include "client-gui/widgets/linkprompt.h"
#include "client-gui/widgets/messagedelegate.h"
#include "client-gui/widgets/messagelistview.h"
#include "client-gui/widgets/plainlabel.h"

#include <QAccessible>
#include <QClipboard>
#include <QDesktopServices>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;

namespace {

const qint64 kTime = QDateTime(QDate(2026, 3, 5), QTime(10, 32)).toMSecsSinceEpoch();

MessageEvent said(quint64 seq, const QString &author, const QString &text)
{
    return {QString::number(seq), author, text, kTime + qint64(seq) * 1000, u"general"_s, seq, {}};
}

} // namespace

/// The transcript as people see and use it.
class TestMessageList : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void followsAtTheEnd();
    void staysWhereOneReads();
    void trimmingMovesNothing();
    void prependingMovesNothing();
    void resizingKeepsThePlace();
    void ownMessageGoesToTheEnd();
    void newestButton();
    void oneAccessibleItemPerMessage();
    void markupIsShownLiterally();
    void longMessages();
    void anyScript_data();
    void anyScript();
    void linkIsClickable();
    void linkPrompt();
    void retryAndDiscard();
    void copies();
    void manyMessagesAreMeasuredOnce();

private:
    void fill(int count);
    bool atEnd() const;
    QRect rowRect(int row) const { return m_view->visualRect(m_view->model()->index(row, 0)); }
    bool clickUntil(int row, const QSignalSpy &spy);

    std::unique_ptr<MessageModel> m_model;
    std::unique_ptr<MessageListView> m_view;
    quint64 m_seq = 0;
};

void TestMessageList::init()
{
    m_seq = 0;
    m_model = std::make_unique<MessageModel>();
    m_view = std::make_unique<MessageListView>();
    m_view->setMessages(m_model.get());
    m_view->resize(500, 400);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void TestMessageList::cleanup()
{
    m_view.reset();
    m_model.reset();
}

void TestMessageList::fill(int count)
{
    QList<MessageEvent> messages;
    for (int i = 0; i < count; ++i) {
        ++m_seq;
        messages << said(m_seq, m_seq % 3 ? u"Ben"_s : u"Cleo"_s, u"Message number %1"_s.arg(m_seq));
    }
    m_model->append(messages);
}

bool TestMessageList::atEnd() const
{
    const QScrollBar *bar = m_view->verticalScrollBar();
    return bar->value() == bar->maximum();
}

/// Clicks along the row until \a spy has seen something: where a link stands is the layout's business.
bool TestMessageList::clickUntil(int row, const QSignalSpy &spy)
{
    const QRect rect = rowRect(row);
    for (int y = rect.bottom() - 4; y > rect.top(); y -= 6) {
        for (int x = rect.left() + 50; x < rect.right() - 10 && spy.isEmpty(); x += 8)
            QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, QPoint(x, y));
    }
    return !spy.isEmpty();
}

void TestMessageList::followsAtTheEnd()
{
    fill(60);
    QTRY_VERIFY(m_view->verticalScrollBar()->maximum() > 500);
    QTRY_VERIFY(atEnd());
    fill(5);
    QTRY_VERIFY(atEnd());
    QVERIFY(rowRect(64).bottom() <= m_view->viewport()->height());
    // Up to a hundred pixels from the end still counts as following.
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum() - 60);
    QVERIFY(m_view->isFollowing());
    fill(1);
    QTRY_VERIFY(atEnd());
}

void TestMessageList::staysWhereOneReads()
{
    fill(100);
    QTRY_VERIFY(atEnd() && m_view->verticalScrollBar()->maximum() > 1000);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum() - 600);
    QVERIFY(!m_view->isFollowing());
    const QRect before = rowRect(80);
    fill(20);
    QTRY_COMPARE(m_view->newBelow(), 20);
    QTRY_VERIFY(rowRect(119).top() > m_view->viewport()->height());
    QCOMPARE(rowRect(80), before);
}

void TestMessageList::trimmingMovesNothing()
{
    fill(MessageModel::kMaxRows - 1);
    QTRY_VERIFY(atEnd() && m_view->verticalScrollBar()->maximum() > 1000);
    m_view->verticalScrollBar()->setValue(m_view->verticalScrollBar()->maximum() - 600);
    const QPersistentModelIndex read(m_view->indexAt(QPoint(100, 50)));
    const int before = m_view->visualRect(read).top();
    fill(20); // passes the bound: the oldest leave
    QTRY_VERIFY(m_model->rowCount() < MessageModel::kMaxRows - 100);
    QTRY_COMPARE(m_view->visualRect(read).top(), before);
}

void TestMessageList::prependingMovesNothing()
{
    m_seq = 1000;
    fill(60);
    QTRY_VERIFY(atEnd() && m_view->verticalScrollBar()->maximum() > 500);
    m_view->verticalScrollBar()->setValue(0);
    const QPersistentModelIndex first(m_view->model()->index(2, 0));
    const int before = m_view->visualRect(first).top();
    QList<MessageEvent> older;
    for (quint64 seq = 1; seq <= 200; ++seq)
        older << said(seq, u"Dora"_s, u"older"_s);
    m_model->prepend(older);
    QTRY_COMPARE(m_view->visualRect(first).top(), before);
    QCOMPARE(first.row(), 202);
    QVERIFY(m_view->verticalScrollBar()->value() > 1000);
}

void TestMessageList::resizingKeepsThePlace()
{
    QList<MessageEvent> messages;
    for (quint64 seq = 1; seq <= 80; ++seq)
        messages << said(seq, u"Ben"_s, u"some words that wrap when it gets narrow "_s.repeated(4));
    m_model->append(messages);
    QTRY_VERIFY(atEnd() && m_view->verticalScrollBar()->maximum() > 1000);
    m_view->resize(300, 400);
    QTRY_VERIFY(atEnd());
    QTRY_VERIFY(rowRect(79).bottom() <= m_view->viewport()->height());
    m_view->verticalScrollBar()->setValue(900);
    const QPersistentModelIndex read(m_view->indexAt(QPoint(100, 0)));
    const int before = m_view->visualRect(read).bottom();
    m_view->resize(600, 400);
    QTRY_COMPARE(m_view->visualRect(read).bottom(), before);
    QCOMPARE(m_view->visualRect(read).width(), m_view->viewport()->width());
}

void TestMessageList::ownMessageGoesToTheEnd()
{
    fill(100);
    QTRY_VERIFY(atEnd() && m_view->verticalScrollBar()->maximum() > 1000);
    m_view->verticalScrollBar()->setValue(0);
    m_model->addPending({Cid(u"p"_s), u"mine"_s, kTime, Outbox::State::Queued, {}});
    QTRY_VERIFY(atEnd());
}

void TestMessageList::newestButton()
{
    auto *button = m_view->findChild<QPushButton *>(u"newestButton"_s);
    fill(100);
    QTRY_VERIFY(atEnd() && m_view->verticalScrollBar()->maximum() > 1000);
    QVERIFY(button->isHidden());
    m_view->verticalScrollBar()->setValue(0);
    QVERIFY(button->isVisible());
    fill(1);
    QTRY_COMPARE(button->text(), u"1 new message"_s);
    fill(2);
    QTRY_COMPARE(button->text(), u"3 new messages"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(atEnd());
    QVERIFY(button->isHidden());
    QCOMPARE(m_view->newBelow(), 0);
}

void TestMessageList::oneAccessibleItemPerMessage()
{
    fill(3);
    QTRY_COMPARE(m_view->model()->rowCount(), 3);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(list);
    QStringList names;
    for (int i = 0; i < list->childCount(); ++i) {
        const QAccessibleInterface *item = list->child(i);
        if (item && item->role() == QAccessible::ListItem)
            names << item->text(QAccessible::Name);
    }
    QCOMPARE(names.size(), 3);
    QCOMPARE(names.at(1), u"Ben, 10:32, Message number 2"_s);
    QCOMPARE(list->text(QAccessible::Name), u"Messages"_s);
}

void TestMessageList::markupIsShownLiterally()
{
    QTcpServer trap;
    QVERIFY(trap.listen(QHostAddress::LocalHost));
    QSignalSpy fetched(&trap, &QTcpServer::newConnection);
    const QString image = u"<img src=http://127.0.0.1:%1/x>"_s.arg(trap.serverPort());
    const QString bold = u"<b>bold</b>"_s + image;
    m_model->append({said(1, image, bold)});
    m_model->addPresence({image}, {}, kTime);
    m_model->addPending({Cid(u"p"_s), image, kTime, Outbox::State::Failed, {ErrorCode::Internal, image}});
    QTRY_COMPARE(m_view->model()->rowCount(), 3);
    const QImage shown = m_view->grab().toImage();

    // As markup "<b>bold</b>" would be as wide as "bold".
    MessageModel plain;
    plain.append({said(1, u"x"_s, u"bold"_s)});
    const int asText = m_view->model()->index(0, 0).data().toString().size();
    QCOMPARE(asText, bold.size());
    PlainLabel label(bold);
    PlainLabel short_(u"bold"_s);
    QVERIFY(label.sizeHint().width() > 3 * short_.sizeHint().width());
    QCOMPARE(label.textFormat(), Qt::PlainText);

    QVERIFY(!shown.isNull());
    // A fetch would have been started by now, and a loopback connection needs no longer than this one.
    QTcpSocket probe;
    probe.connectToHost(QHostAddress::LocalHost, trap.serverPort());
    QTRY_VERIFY(!fetched.isEmpty());
    QTRY_COMPARE(probe.state(), QAbstractSocket::ConnectedState);
    QCOMPARE(fetched.size(), 1);
    int connections = 0;
    while (trap.hasPendingConnections()) {
        delete trap.nextPendingConnection();
        ++connections;
    }
    QCOMPARE(connections, 1);
}

void TestMessageList::longMessages()
{
    m_model->append({said(1, u"Ben"_s, QString(60'000, u'x')), said(2, u"Ben"_s, u"\n"_s.repeated(4000)),
                     said(3, QString(200, u'N'), u"short"_s)});
    QTRY_VERIFY(rowRect(2).height() > 0);
    QSignalSpy shown(m_view.get(), &MessageListView::showTextRequested);
    const int line = m_view->fontMetrics().lineSpacing();
    QVERIFY(rowRect(0).height() < (MessageLayout::kMaxLines + 8) * line);
    QVERIFY(rowRect(1).height() < (MessageLayout::kMaxLines + 8) * line);
    m_view->scrollTo(m_view->model()->index(0, 0), QListView::PositionAtBottom);
    QVERIFY(clickUntil(0, shown));
    QCOMPARE(shown.at(0).at(0).toString(), u"Ben"_s);
    QCOMPARE(shown.at(0).at(1).toString().size(), MessageModel::kMaxContentChars + 1);
    QVERIFY(!m_view->grab().isNull());
}

void TestMessageList::anyScript_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("right to left") << u"שלום עולם, מה שלומכם היום?"_s;
    QTest::newRow("mixed directions") << u"hello שלום https://a.example/x مرحبا"_s;
    QTest::newRow("emoji") << u"👩‍👩‍👧‍👦🏳️‍🌈👍🏽"_s;
    QTest::newRow("controls") << u"a\0b\x01\x1b[31m\r\n\tc\u202e\u2066"_s;
    QTest::newRow("lone surrogates") << QString(QChar(0xD800)) + QChar(0xDC00) + QChar(0xDFFF);
    QTest::newRow("stacked marks") << u"z"_s + u"\u0300\u0301\u0302"_s.repeated(300);
    QTest::newRow("empty") << QString();
    QTest::newRow("separators") << u"a\u2028b\u2029c"_s;
}

void TestMessageList::anyScript()
{
    QFETCH(QString, text);
    m_model->append({said(1, text.left(20), text), said(2, u"Ben"_s, u"after"_s)});
    QTRY_VERIFY(rowRect(1).height() > 0);
    QVERIFY(rowRect(0).height() > 0);
    QVERIFY(rowRect(0).bottom() < rowRect(1).top());
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        m_view->setLayoutDirection(direction);
        QVERIFY(!m_view->grab().isNull());
    }
}

void TestMessageList::linkIsClickable()
{
    m_model->append({said(1, u"Ben"_s, u"see https://a.example/b?c=d."_s), said(2, u"Ben"_s, u"no link"_s)});
    QTRY_VERIFY(rowRect(1).height() > 0);
    QSignalSpy links(m_view.get(), &MessageListView::linkActivated);
    QVERIFY(!clickUntil(1, links));
    QVERIFY(clickUntil(0, links));
    QCOMPARE(links.at(0).at(0).toUrl(), QUrl(u"https://a.example/b?c=d"_s));
}

void TestMessageList::linkPrompt()
{
    struct Opener : QObject
    {
    };
    for (const QString &scheme : {u"file:///etc/passwd"_s, u"javascript:alert(1)"_s, u"smb://host/x"_s}) {
        promptForLink(QUrl(scheme), m_view.get());
        QVERIFY(!m_view->findChild<QMessageBox *>(u"linkPrompt"_s));
    }
    const QString image = u"http://a.example/<img src=http://127.0.0.1:9/x>"_s;
    promptForLink(QUrl(image), m_view.get());
    auto *box = m_view->findChild<QMessageBox *>(u"linkPrompt"_s);
    QVERIFY(box);
    QCOMPARE(box->textFormat(), Qt::PlainText);
    QVERIFY(box->text().contains(u"a.example"_s));
    QVERIFY(!box->text().contains(u'<'));
    QCOMPARE(box->defaultButton(), box->button(QMessageBox::Cancel));
    for (QAbstractButton *button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::ActionRole)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"http://a.example/"_s));
}

void TestMessageList::retryAndDiscard()
{
    m_model->addPending({Cid(u"p1"_s), u"mine"_s, kTime, Outbox::State::Failed, {ErrorCode::Unavailable, {}}});
    QTRY_VERIFY(rowRect(0).height() > 0);
    QSignalSpy retry(m_view.get(), &MessageListView::retryRequested);
    QSignalSpy discard(m_view.get(), &MessageListView::discardRequested);
    QVERIFY(clickUntil(0, retry));
    QCOMPARE(retry.at(0).at(0).toString(), u"p1"_s);
    QCOMPARE(discard.size(), 0);
    QVERIFY(clickUntil(0, discard));
    QCOMPARE(discard.at(0).at(0).toString(), u"p1"_s);
}

void TestMessageList::copies()
{
    fill(3);
    QTRY_VERIFY(rowRect(2).height() > 0);
    m_view->setCurrentIndex(m_view->model()->index(1, 0));
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"Message number 2"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"[10:32] Ben: Message number 2\n[10:32] Cleo: Message number 3"_s);
}

void TestMessageList::manyMessagesAreMeasuredOnce()
{
    fill(MessageModel::kMaxRows - 50);
    QTRY_VERIFY(atEnd() && m_view->verticalScrollBar()->maximum() > 10'000);
    const auto *delegate = qobject_cast<MessageDelegate *>(m_view->itemDelegate());
    QVERIFY(delegate);
    const int before = delegate->measured();
    for (int i = 0; i < 20; ++i) {
        fill(1);
        m_view->doItemsLayout();
    }
    // 20 relayouts of 5,000 rows: the new row, and its neighbour, which may look different now.
    QVERIFY(delegate->measured() > before);
    QVERIFY2(delegate->measured() - before <= 20 * 2, qPrintable(QString::number(delegate->measured() - before)));
}

QTEST_MAIN(TestMessageList)
#include "tst_messagelist.moc"
