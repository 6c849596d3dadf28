// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class QPushButton;

namespace Parlance {

/// A table that grows at the end and follows it, but only while it stands at the end.
///
/// Scrolled up it stays on the lines that are being read, even as older ones are dropped at the top, and
/// offers a button that says how many have come since.
class LogView final : public QTableView
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LogView)

public:
    explicit LogView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    bool isFollowing() const { return m_following; }
    /// Rows that came while not following.
    int unseen() const { return m_unseen; }

public slots:
    void jumpToNewest();

signals:
    void copyRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitRowHeight();
    void keepPlaceOnRemoval(int first, int last);
    void noteInserted(int count);
    void noteScrolled();
    void updateButton();

    QPushButton *m_jump;
    int m_anchor = -1; ///< scroll position to return to after a removal; -1: none
    int m_unseen = 0;
    bool m_following = true;
    bool m_updating = false; ///< the scroll bar moves because rows come or go, not because somebody scrolls
};

} // namespace Parlance
