// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the console in its states into PNG files, for people to look at.
#include "consolewindow.h"
#include "fakeadmin.h"
#include "fakeservercontrol.h"
#include "sampledata.h"
#include "translations.h"
#include "widgets/tableview.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStyleFactory>
#include <QTableView>

#include <cmath>

using namespace Parlance;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMinute = 60'000;

QPalette darkPalette()
{
    QPalette palette(QColor(0x2b, 0x2d, 0x30));
    palette.setColor(QPalette::Window, QColor(0x2b, 0x2d, 0x30));
    palette.setColor(QPalette::Base, QColor(0x1f, 0x20, 0x22));
    palette.setColor(QPalette::AlternateBase, QColor(0x26, 0x27, 0x2a));
    palette.setColor(QPalette::Highlight, QColor(0x3d, 0x8b, 0xfd));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(0x80, 0x82, 0x86));
    palette.setColor(QPalette::ToolTipBase, QColor(0x3a, 0x3c, 0x40));
    return palette;
}

AdminSnapshot manyPeople(qint64 now)
{
    AdminSnapshot snapshot;
    snapshot.serverName = u"Atelier"_s;
    snapshot.version = u"0.1.0"_s;
    snapshot.durability = u"memory"_s;
    const QStringList rooms {u"general"_s, u"workshop"_s, u"kitchen"_s, u"Räume und Termine"_s, u"دردشة"_s, u"lab 2"_s, u"lab 10"_s};
    const QStringList people {u"anna"_s, u"Bernd"_s, u"chris"_s, u"小明"_s, u"ليلى"_s, u"Zoë"_s, u"dominik.k"_s,
                              u"eva_maria"_s, u"x"_s.repeated(32), u"Jürgen"_s, u"o"_s, u"user 7"_s, u"user 12"_s, u"Аня"_s};
    const QStringList agents {u"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"_s,
                              u"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36"_s,
                              u"Parlance/0.1.0 (desktop)"_s, u""_s, u"python-websockets/12.0"_s,
                              u"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1"_s};
    for (int i = 0; i < rooms.size(); ++i)
        snapshot.rooms.append({Sample::room(rooms.at(i)), 28 - 4 * i, 31 - 4 * i, quint64(4711 / (i + 1)), now - i * 7 * kMinute});
    quint64 id = 0;
    for (int i = 0; i < 40; ++i) {
        const int who = i % int(people.size());
        SessionInfo session = Sample::session(++id, people.at(who), rooms.at((i * 3) % int(rooms.size())));
        session.agent = agents.at(i % int(agents.size()));
        session.kind = i % 3 == 0 ? ClientKind::Plain : ClientKind::Parlance;
        session.address = i % 5 == 0 ? u"fd00::5a1c:20ff:fe1%1"_s.arg(i) : u"192.168.1.%1"_s.arg(30 + i);
        session.since = now - i * i * kMinute;
        session.messages = quint64((i * 37) % 211);
        snapshot.sessions.append(session);
    }
    const QStringList texts {u"Hello!"_s, u"Is the printer working again?"_s,
                             u"Yes, since ten minutes. Please do not send the whole catalogue at once."_s,
                             u"<b>not bold</b> <img src=x onerror=alert(1)>"_s, u"مرحبا بالجميع"_s,
                             u"A longer message that somebody wrote in one go, without thinking of the width of a window, about the plan for the afternoon, the keys of the workshop and the cake"_s,
                             u"first line\nsecond line\nthird line"_s, u"👍🏽 ok"_s, u"on my way"_s};
    for (int i = 0; i < 120; ++i)
        snapshot.messages.append(Sample::message(rooms.at((i * i) % 3), people.at((i * 5) % int(people.size())),
                                                 texts.at(i % int(texts.size())), now - (120 - i) * 4100));
    return snapshot;
}

Statistics statisticsAt(int second, qint64 now)
{
    Statistics statistics;
    statistics.timestamp = now;
    statistics.uptimeMs = 2 * 3600'000 + second * 1000;
    statistics.connections = 47;
    statistics.sessions = 40;
    statistics.users = 112;
    statistics.rooms = 7;
    statistics.refusals = 12;
    statistics.residentBytes = 43'200'000;
    statistics.messagesPerSecond = 60 + 40 * std::sin(second / 9.0) + 20 * std::sin(second / 2.3);
    statistics.deliveriesPerSecond = statistics.messagesPerSecond * 26;
    return statistics;
}

class Camera
{
public:
    Camera(QDir directory, QString suffix) : m_directory(std::move(directory)), m_suffix(std::move(suffix)) {}

    void take(QWidget &widget, const QString &name) const
    {
        QCoreApplication::sendPostedEvents();
        if (!widget.grab().save(m_directory.filePath(name + m_suffix + u".png"_s)))
            qFatal("cannot write");
    }

private:
    QDir m_directory;
    QString m_suffix;
};

void shoot(const QDir &directory, const QString &suffix, QSize size)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const Camera camera(directory, suffix);
    FakeAdmin admin;
    FakeServerControl control;
    ConsoleWindow window(admin, control);
    window.resize(size);
    window.show();
    camera.take(window, u"stopped"_s);
    control.start();
    control.fail({ErrorCode::AddressInUse, u"bind: address already in use"_s});
    camera.take(window, u"failed"_s);
    control.setState(ServerControl::State::Running);
    AdminSnapshot nobody;
    nobody.serverName = u"Atelier"_s;
    nobody.version = u"0.1.0"_s;
    nobody.durability = u"memory"_s;
    admin.attach(nobody);
    camera.take(window, u"nobody"_s);
    window.showPage(ConsoleWindow::Rooms);
    camera.take(window, u"norooms"_s);
    window.showPage(ConsoleWindow::Overview);
    admin.attach(manyPeople(now));
    AdminBatch batch;
    batch.refusals = {{u"rate_limited"_s, u"10 messages in 10 s"_s, u"192.168.1.44"_s, now - 3000},
                      {u"bad_name"_s, u"a name may not contain '<'"_s, u"192.168.1.61"_s, now - 2000},
                      {u"server_full"_s, u"256 connections from one address"_s, u"fd00::12"_s, now - 1000}};
    emit admin.changed(batch);
    for (int second = 0; second < 90; ++second)
        emit admin.statistics(statisticsAt(second, now));
    camera.take(window, u"overview"_s);
    window.showPage(ConsoleWindow::Rooms);
    camera.take(window, u"rooms"_s);
    window.showPage(ConsoleWindow::People);
    auto *people = window.findChildren<TableView *>().at(1);
    people->setCurrentIndex(people->model()->index(3, 0));
    camera.take(window, u"people"_s);
    window.findChild<QPushButton *>(u"kick"_s)->click();
    auto *dialog = window.findChild<QDialog *>();
    camera.take(*dialog, u"kick"_s);
    dialog->findChild<QComboBox *>(u"reason"_s)->setCurrentIndex(0);
    dialog->findChild<QPushButton *>(u"act"_s)->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    emit admin.finished(admin.kicks.last().id, Status(Error {ErrorCode::NotFound, u"nobody"_s}));
    camera.take(window, u"kickfailed"_s);
    window.showPage(ConsoleWindow::Messages);
    auto *log = window.findChild<QTableView *>();
    camera.take(window, u"messages"_s);
    log->scrollTo(log->model()->index(60, 0), QAbstractItemView::PositionAtCenter);
    log->selectRow(60);
    AdminBatch more = Sample::messages(37);
    more.messagesSkipped = 1200;
    emit admin.changed(more);
    camera.take(window, u"scrolled"_s);
    Message said = Sample::message(u"Studio"_s, u"Ben"_s, u"The code of the door is 4711"_s, now);
    AdminBatch changed;
    for (int i = 0; i < 3; ++i) {
        said.id = MessageId(QString::number(i));
        changed.messages.append(said);
    }
    Message change = said;
    change.content = u"The code of the door is on the board"_s;
    change.change = std::make_shared<const Change>(Change {ChangeKind::Edit, MessageId(u"0"_s)});
    changed.changes.append(change);
    change.change = std::make_shared<const Change>(Change {ChangeKind::Deletion, MessageId(u"1"_s)});
    changed.changes.append(change);
    emit admin.changed(changed);
    Statistics full = statisticsAt(91, now);
    full.storageFault = ErrorCode::StorageFull;
    emit admin.statistics(full);
    log->scrollToBottom();
    camera.take(window, u"changed"_s);
    window.findChild<QAction *>(u"notice"_s)->trigger();
    dialog = window.findChild<QDialog *>();
    dialog->findChild<QPlainTextEdit *>(u"text"_s)->setPlainText(u"The server restarts at noon. Finish what you are writing."_s);
    dialog->findChild<QComboBox *>(u"severity"_s)->setCurrentIndex(1);
    camera.take(*dialog, u"notice"_s);
    dialog->reject();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    window.findChild<QAction *>(u"joinCode"_s)->trigger();
    dialog = window.findChild<QDialog *>();
    camera.take(*dialog, u"join"_s);
    dialog->reject();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    window.findChild<QAction *>(u"stop"_s)->trigger();
    dialog = window.findChild<QDialog *>();
    camera.take(*dialog, u"confirm"_s);
    dialog->reject();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    control.setState(ServerControl::State::Stopped);
    admin.detach();
    camera.take(window, u"detached"_s);
    window.showPage(ConsoleWindow::People);
    camera.take(window, u"detachedpeople"_s);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    if (argc < 2)
        return 2;
    const QDir directory(QString::fromLocal8Bit(argv[1]));
    const QPalette light = QApplication::palette();
    if (argc > 2)
        installTranslations(application, QLocale(QString::fromLocal8Bit(argv[2])));
    if (argc > 3)
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    shoot(directory, u"-light-wide"_s, {1200, 800});
    shoot(directory, u"-light-small"_s, {800, 600});
    QApplication::setPalette(darkPalette());
    shoot(directory, u"-dark-wide"_s, {1200, 800});
    shoot(directory, u"-dark-small"_s, {800, 600});
    QApplication::setPalette(light);
    return 0;
}
