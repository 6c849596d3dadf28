// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>
#include <QPersistentModelIndex>
#include <QUrl>

class QPushButton;

namespace Parlance::Client {

class MessageDelegate;
class MessageModel;
class MessagePresenter;
struct MessageHit;

/// The transcript as a list: one item, and one accessible item, per message.
///
/// Follows new messages only near the end; else what is being read stays where it is, whatever is
/// inserted or removed around it, and a button counts what came below.
class MessageListView final : public QListView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageListView)

public:
    static constexpr int kFollowDistance = 100; ///< pixels from the end

    explicit MessageListView(QWidget *parent = nullptr);

    /// \a model must outlive the view.
    void setMessages(MessageModel *model);
    bool isFollowing() const { return m_following; }
    int newBelow() const { return m_newBelow; }
    /// Texts of the selected messages: the text alone for one, whole lines for several.
    QString selectedText() const;

    void doItemsLayout() override;

public slots:
    void goToNewest();
    void copySelection();

signals:
    void linkActivated(const QUrl &url);
    void retryRequested(const QString &cid);
    void discardRequested(const QString &cid);
    /// To show \a text by itself, for reading it whole and selecting parts.
    void showTextRequested(const QString &author, const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;
    void scrollContentsBy(int dx, int dy) override;
    void showEvent(QShowEvent *event) override;

private:
    MessageHit hitAt(const QPoint &position) const;
    void activate(const QModelIndex &index, const MessageHit &hit);
    void fitWidth();
    void rememberAnchor();
    void restoreAnchor();
    void updateButton();

    MessagePresenter *m_presenter;
    MessageDelegate *m_delegate;
    QPushButton *m_newestButton;
    QPersistentModelIndex m_anchor; ///< topmost visible row while not following
    int m_anchorOffset = 0; ///< its lower edge in the viewport, pixels: separators come and go at the upper
    QPoint m_pressed;
    int m_newBelow = 0;
    bool m_following = true;
    bool m_inLayout = false;
};

} // namespace Parlance::Client
