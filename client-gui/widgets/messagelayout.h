// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client-gui/chat/messagemodel.h"
#include "client-gui/widgets/links.h"

#include <QCoreApplication>
#include <QFont>
#include <QModelIndex>
#include <QPalette>
#include <QRect>
#include <QTextLayout>
#include <QUrl>

class QPainter;

namespace Parlance::Client {

/// What a point of a row is.
struct MessageHit
{
    enum class What { Nothing, Link, Retry, Discard, ShowAll };
    What what = What::Nothing;
    QUrl url = {};
};

/// One row of the transcript, laid out for a width: where everything stands, how to paint it, what is
/// under the mouse. All text is laid out as plain text; nothing in it is ever taken for markup.
///
/// A value per row and width, cached by MessageDelegate. Needs the GUI thread.
class MessageLayout
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Client::MessageLayout)
    Q_DISABLE_COPY_MOVE(MessageLayout)

public:
    static constexpr int kMaxLines = 40; ///< more are behind "Show all"

    /// \a index of a MessagePresenter.
    MessageLayout(const QModelIndex &index, int width, const QFont &font, Qt::LayoutDirection direction);

    int height() const { return m_height; }
    /// For a body of one line: every width from this one on gives the same height; else -1.
    int leastWidth() const { return m_leastWidth; }

    /// \a origin is the row's top left corner.
    void paint(QPainter &painter, const QPoint &origin, const QPalette &palette, bool selected,
               bool focused) const;
    MessageHit hit(const QPoint &position) const;

private:
    void layOutSeparators(const QModelIndex &index, MessageModel::Flags flags, int &y);
    void layOutHeader(const QModelIndex &index, int &y);
    void layOutBody(const QModelIndex &index, int &y);
    void layOutReactions(const QModelIndex &index, int &y);
    void layOutStatus(const QModelIndex &index, int &y);
    QRect mirrored(const QRect &rect) const;
    void paintSeparator(QPainter &painter, const QRect &rect, const QString &text, const QColor &color,
                        const QPalette &palette) const;
    void paintAction(QPainter &painter, const QRect &rect, const QString &text, const QColor &color) const;

    int m_width;
    QFont m_font;
    Qt::LayoutDirection m_direction;
    int m_height = 0;
    int m_leastWidth = -1;

    bool m_message = true;
    bool m_pending = false;
    QString m_author;
    QString m_time;
    QString m_dayText;
    QString m_status;
    QString m_moreText;
    QRect m_dayRect;
    QRect m_gapRect;
    QRect m_unreadRect;
    QRect m_pictureRect;
    QRect m_authorRect;
    QRect m_timeRect;
    QRect m_bodyRect;
    QRect m_moreRect;
    QRect m_statusRect;
    QRect m_reactionsRect;
    QString m_reactions; ///< elided
    bool m_deleted = false;
    QRect m_retryRect;
    QRect m_discardRect;
    QTextLayout m_body;
    QList<TextLink> m_links;
};

} // namespace Parlance::Client
