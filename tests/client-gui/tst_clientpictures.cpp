// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/chat/chatsession.h"
#include "client-gui/support/fakeserver.h"
#include "client-gui/widgets/bar.h"
#include "client-gui/widgets/composer.h"
#include "client-gui/widgets/connectdialog.h"
#include "client-gui/widgets/connectionbanner.h"
#include "client-gui/widgets/mainwindow.h"
#include "client-gui/widgets/messagelistview.h"
#include "client-gui/widgets/noticebar.h"
#include "client-gui/widgets/peoplepanel.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/roompage.h"
#include "client-gui/widgets/roomspanel.h"
#include "client-gui/widgets/sessionview.h"
#include "client-gui/widgets/shortcutsdialog.h"
#include "client-gui/widgets/topbar.h"

#include <QAbstractButton>
#include <QListView>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Parlance;
using namespace Parlance::Client;
using namespace Qt::StringLiterals;

namespace {

QPalette lightPalette()
{
    QPalette p(QColor(0xf3, 0xf3, 0xf1));
    p.setColor(QPalette::Base, QColor(0xff, 0xff, 0xff));
    p.setColor(QPalette::Text, QColor(0x1d, 0x21, 0x24));
    p.setColor(QPalette::WindowText, QColor(0x1d, 0x21, 0x24));
    p.setColor(QPalette::Highlight, QColor(0x2f, 0x6f, 0xb5));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, QColor(0x1f, 0x63, 0xb0));
    return p;
}

QPalette darkPalette()
{
    QPalette p(QColor(0x2b, 0x2e, 0x33), QColor(0x22, 0x25, 0x29));
    p.setColor(QPalette::Base, QColor(0x1b, 0x1d, 0x21));
    p.setColor(QPalette::AlternateBase, QColor(0x22, 0x25, 0x29));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        p.setColor(role, QColor(0xe4, 0xe6, 0xe8));
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, QColor(0x7d, 0x82, 0x88));
    p.setColor(QPalette::PlaceholderText, QColor(0x8b, 0x90, 0x96));
    p.setColor(QPalette::Highlight, QColor(0x3d, 0x84, 0xd1));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, QColor(0x6c, 0xb0, 0xf5));
    return p;
}

} // namespace

/// Renders the window in the sizes and palettes that people have. With PARLANCE_PICTURES=FOLDER the
/// pictures are kept there.
class TestClientPictures : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void window_data();
    void window();
    void dialogs();

private:
    void fill(FakeServer &server, MainWindow &window);
    void keep(QWidget &widget, const QString &name);
    void checkTexts(QWidget &widget);
    void checkInside(QWidget &part, QWidget &window);

    QTemporaryDir m_folder;
    SystemClock m_clock;
};

void TestClientPictures::init()
{
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(lightPalette());
}

void TestClientPictures::cleanup()
{
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

/// No text that is on show is cut off. An ElidedLabel gives way by design; its own line must have room.
void TestClientPictures::checkTexts(QWidget &widget)
{
    for (const QLabel *label : widget.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const QString what = label->text();
        if (label->wordWrap())
            QTRY_VERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(what)); // a layout is due
        else if (!qobject_cast<const ElidedLabel *>(label))
            QVERIFY2(label->width() >= label->sizeHint().width(), qPrintable(what));
        QVERIFY2(label->contentsRect().height() >= label->fontMetrics().height(), qPrintable(what));
    }
    for (const QAbstractButton *button : widget.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && !button->text().isEmpty())
            QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
    }
}

void TestClientPictures::checkInside(QWidget &part, QWidget &window)
{
    QVERIFY(part.isVisible());
    const QRect area(part.mapTo(&window, QPoint(0, 0)), part.size());
    QVERIFY(!area.isEmpty());
    QVERIFY(window.rect().contains(area));
}

void TestClientPictures::keep(QWidget &widget, const QString &name)
{
    const QPixmap picture = widget.grab();
    QVERIFY(!picture.isNull());
    checkTexts(widget);
    if (QTest::currentTestFailed())
        return;
    const QString folder = qEnvironmentVariable("PARLANCE_PICTURES");
    if (!folder.isEmpty())
        QVERIFY(picture.save(u"%1/%2.png"_s.arg(folder, name)));
}

void TestClientPictures::fill(FakeServer &server, MainWindow &window)
{
    server.people = {u"Ben"_s, u"Chiara"_s, u"Dmitri"_s, u"Elif"_s, u"Farid"_s, u"ליאת"_s, u"小明"_s};
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    quint64 seq = 0;
    const auto past = [&](const QString &author, const QString &text, qint64 minutesAgo) {
        ++seq;
        server.history.append({QString::number(seq), author, text, now - minutesAgo * 60'000, u"general"_s, seq, {}});
        server.setHead(seq);
    };
    past(u"Chiara"_s, u"Has anybody seen the projector?"_s, 26 * 60);
    past(u"Ben"_s, u"Room 12, behind the whiteboard."_s, 26 * 60 - 2);
    past(u"Elif"_s, u"Good morning! ☀️ The build is green again, thanks to everyone who stayed late."_s, 95);
    past(u"Elif"_s, u"Notes are at https://wiki.example.org/build/notes?day=12 (the second half is new)."_s, 94);
    past(u"Dmitri"_s, u"Доброе утро! Отличные новости 🎉"_s, 90);
    past(u"ליאת"_s, u"בוקר טוב לכולם, אני מצטרפת לפגישה בעשר."_s, 80);
    past(u"小明"_s, u"早上好！我十点也在。"_s, 79);
    past(u"Ben"_s, u"Quick summary of yesterday, since a few of you were out:\n- the new switch is in, all of the "
                   u"second floor is on it\n- guests get their own network from Monday\n- the printer is, as ever, "
                   u"the printer"_s, 40);
    past(u"Anna"_s, u"Perfect, thank you. I will tell the others at lunch."_s, 38);
    past(u"Chiara"_s, u"<b>Please</b> do not paste <img src=x> into the wiki & wonder why it breaks :)"_s, 21);

    server.history[0].reactions = {{u"👀"_s, {u"Ben"_s}}};
    server.history[2].reactions = {{u"🎉"_s, {u"Ben"_s, u"Farid"_s, u"小明"_s}}, {u"❤️"_s, {u"Dmitri"_s}}};
    server.history[3].edited = now - 90 * 60'000;
    server.history[5].reactions = {{u"👍"_s, {u"Ben"_s}}};
    server.history[8].isDeleted = true;
    server.history[8].content.clear();

    window.connectTo(*ServerAddress::parse(server.address()), u"Anna"_s, {u"general"_s, u"kitchen"_s, u"Support 2nd floor"_s});
    QTRY_COMPARE(server.clients(), 3);
    for (Room *room : window.session()->rooms().rooms())
        QTRY_VERIFY(room->connection().isOnline());
    QTRY_VERIFY(window.session()->current()->messages().rowCount() >= 10);
}

void TestClientPictures::window_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("mirrored");
    QTest::newRow("client-wide-light") << QSize(1100, 720) << false << false;
    QTest::newRow("client-wide-dark") << QSize(1100, 720) << true << false;
    QTest::newRow("client-narrow-light") << QSize(400, 700) << false << false;
    QTest::newRow("client-narrow-dark") << QSize(400, 700) << true << false;
    QTest::newRow("client-mirrored") << QSize(1100, 720) << false << true;
}

void TestClientPictures::window()
{
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, mirrored);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    QApplication::setPalette(dark ? darkPalette() : lightPalette());
    QGuiApplication::setLayoutDirection(mirrored ? Qt::RightToLeft : Qt::LeftToRight);

    FakeServer server;
    ClientSettings settings(m_folder.filePath(name + u".ini"_s));
    MainWindow window(settings, m_clock);
    window.resize(size);
    window.show();
    window.activateWindow();
    fill(server, window);
    if (QTest::currentTestFailed())
        return;
    ChatSession &session = *window.session();
    Room &room = *session.current();
    window.session()->serverRooms().setRooms({{u"general"_s, 8}, {u"reading club"_s, 4}, {u"night shift"_s, 2},
                                              {u"Physics 7b"_s, 23}});
    server.people = {};
    server.send(UserJoinedEvent {u"Gül"_s, QDateTime::currentMSecsSinceEpoch()});
    server.send(UserJoinedEvent {u"Håkon"_s, QDateTime::currentMSecsSinceEpoch()});
    server.send(UserLeftEvent {u"Farid"_s, QDateTime::currentMSecsSinceEpoch()});
    server.say(u"Gül"_s, u"Hi all! Is this where I ask about the guest network?"_s);
    server.say(u"Ben"_s, u"It is. What do you need?"_s);
    QTRY_COMPARE(room.messages().index(room.messages().rowCount() - 1).data(MessageModel::AuthorRole).toString(), u"Ben"_s);
    server.manners.echo = false;
    room.say(u"I can show you after the meeting, I am in 14 today."_s);
    QTRY_COMPARE(server.received(u"message"_s).size(), 1);
    server.send(ErrorEvent {{ErrorCode::Forbidden, u"muted"_s},
                            server.received(u"message"_s).constFirst().value("cid"_L1).toString()});
    room.say(u"Or now, if it is urgent."_s);
    server.send(TypingEvent {u"Gül"_s, true, QDateTime::currentMSecsSinceEpoch()});
    QTRY_COMPARE(room.typing().size(), 1);
    window.view()->currentPage()->composer().setPlainText(u"Room 14 is the one next to"_s);
    server.send(NoticeEvent {u"The server restarts at 18:00 for an update."_s, u"info"_s, true, 0,
                             QDateTime::currentMSecsSinceEpoch()});
    QTRY_VERIFY(!window.view()->currentPage()->messages().isHidden());
    const auto *notice = window.findChild<NoticeBar *>();
    QTRY_VERIFY(notice && notice->isVisible());
    const auto deliveries = [&room] {
        QList<int> found;
        for (int row = 0; row < room.messages().rowCount(); ++row)
            found << room.messages().index(row).data(MessageModel::DeliveryRole).toInt();
        return found;
    };
    QTRY_VERIFY(deliveries().contains(int(MessageModel::Delivery::Failed)));
    checkInside(*window.findChild<NoticeBar *>(), window);
    checkInside(window.view()->currentPage()->composer(), window);
    checkInside(window.view()->topBar(), window);
    QVERIFY(!window.view()->currentPage()->banner().isVisible());
    keep(window, name);
    if (QTest::currentTestFailed())
        return;
    if (size.width() >= SessionView::kNarrow) { // there is room for everything
        for (const ElidedLabel *label : window.view()->topBar().findChildren<ElidedLabel *>())
            QVERIFY2(label->fontMetrics().horizontalAdvance(label->text().simplified()) <= label->contentsRect().width(),
                     qPrintable(label->text()));
    }
    if (size.width() < SessionView::kNarrow) {
        QTest::mouseClick(&window.view()->topBar().roomsButton(), Qt::LeftButton);
        QVERIFY(window.view()->roomsPanel().isVisible());
        keep(window, name + u"-rooms"_s);
        QTest::mouseClick(&window.view()->topBar().peopleButton(), Qt::LeftButton);
        QTRY_VERIFY(window.view()->peoplePanel().isVisible());
        keep(window, name + u"-people"_s);
        QTest::mouseClick(&window.view()->topBar().peopleButton(), Qt::LeftButton);
    }
    server.stop();
    QTRY_COMPARE(room.connection().state().link, Link::Waiting);
    ConnectionBanner &banner = window.view()->currentPage()->banner();
    QTRY_VERIFY(banner.isVisible());
    keep(window, name + u"-offline"_s);
    checkInside(banner.bar(), window);
    checkInside(*window.findChild<NoticeBar *>(), window);
}

void TestClientPictures::dialogs()
{
    ClientSettings settings(m_folder.filePath(u"dialogs.ini"_s));
    ConnectDialog first(settings);
    first.show();
    keep(first, u"client-connect"_s);
    first.prefill(u"192.168.1.5:99999"_s, u"Anna"_s, {});
    first.accept();
    keep(first, u"client-connect-fault"_s);
    ShortcutsDialog keys;
    keys.show();
    keep(keys, u"client-keys"_s);
}

QTEST_MAIN(TestClientPictures)
#include "tst_clientpictures.moc"
