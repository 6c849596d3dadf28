// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace Parlance::Client {

class ChatSession;
class ClientSettings;
class NoticeBar;
class PeoplePanel;
class PlainLabel;
class Room;
class RoomPage;
class RoomsPanel;
class TopBar;

/// Everything of one session: top bar, rooms, the conversation of the current room, people.
///
/// In a narrow window one of the three is shown at a time, and the top bar's buttons switch.
class SessionView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SessionView)

public:
    static constexpr int kNarrow = 600; ///< below: one pane at a time
    static constexpr int kRoomForPeople = 780; ///< below: people only when asked for

    /// Both must outlive the view.
    SessionView(ChatSession &session, ClientSettings &settings, QWidget *parent = nullptr);

    bool isNarrow() const { return width() < kNarrow; }
    /// Null without a room.
    RoomPage *currentPage() const;
    TopBar &topBar() const { return *m_top; }
    RoomsPanel &roomsPanel() const { return *m_rooms; }
    PeoplePanel &peoplePanel() const { return *m_people; }
    NoticeBar &notices() const { return *m_notices; }

public slots:
    void toggleRooms();
    void togglePeople();
    /// The conversation, ready to write.
    void focusComposer();
    void showSwitcher();
    void leaveCurrent();
    /// The next room with unread messages in that direction.
    void goToUnread(int step);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Pane { Conversation, Rooms, People };

    void addRoom(Room *room);
    void removeRoom(Room *room);
    void showRoom(Room *room);
    void showPane(Pane pane);
    void arrange();
    void mention(const QString &name);
    void updateUnreadElsewhere();

    ChatSession &m_session;
    ClientSettings &m_settings;
    TopBar *m_top;
    NoticeBar *m_notices;
    QSplitter *m_splitter;
    RoomsPanel *m_rooms;
    QStackedWidget *m_stack;
    PlainLabel *m_empty;
    PeoplePanel *m_people;
    QHash<Room *, RoomPage *> m_pages;
    Pane m_pane = Pane::Conversation; ///< in a narrow window
    bool m_wantRooms;
    bool m_wantPeople;
};

} // namespace Parlance::Client
