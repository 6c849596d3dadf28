// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace Parlance::Client {

class ComposerPanel;
class Composer;
class ConnectionBanner;
class MessageListView;
class PlainLabel;
class Room;

/// The conversation of one room: banner, messages, who is writing, composer. Stays as long as the room, so
/// that its place in the transcript is kept.
class RoomPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RoomPage)

public:
    /// \a room must outlive the page.
    explicit RoomPage(Room &room, QWidget *parent = nullptr);

    Room &room() const { return m_room; }
    Composer &composer() const;
    MessageListView &messages() const { return *m_messages; }
    ConnectionBanner &banner() const { return *m_banner; }
    /// The answer to olderRequested() came; \a fault says why there is nothing.
    void olderLoaded(const QString &fault);

signals:
    void olderRequested();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void updateOlder();
    void updateEmpty();
    void updateTyping();
    void openLink(const QUrl &url);
    void showText(const QString &author, const QString &text);

    Room &m_room;
    ConnectionBanner *m_banner;
    QPushButton *m_older;
    MessageListView *m_messages;
    PlainLabel *m_empty;
    PlainLabel *m_typing;
    ComposerPanel *m_foot;
};

} // namespace Parlance::Client
