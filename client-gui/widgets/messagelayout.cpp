// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/messagelayout.h"

#include "client-gui/widgets/theme.h"
#include "client-gui/widgets/words.h"

#include <QDate>
#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr int kSide = 12;
constexpr int kPicture = 32;
constexpr int kGap = 10;
constexpr int kBodyLeft = kSide + kPicture + kGap;
constexpr int kBodyRight = 16;
constexpr int kGroupSpace = 9; ///< above the first message of a group
constexpr int kLineSpace = 1; ///< above each further one
constexpr int kActionGap = 14;
constexpr int kLeastBody = 40;

/// Line feeds become line separators, other control characters nothing.
QString displayable(QString text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'\n')
            text[i] = QChar::LineSeparator;
        else if (c < u' ' && c != u'\t')
            text[i] = c == u'\r' ? QChar(u' ') : QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace

MessageLayout::MessageLayout(const QModelIndex &index, int width, const QFont &font, Qt::LayoutDirection direction)
    : m_width(std::max(width, kBodyLeft + kBodyRight + kLeastBody)), m_font(font), m_direction(direction)
{
    const MessageModel::Flags flags(index.data(MessageModel::FlagsRole).toUInt());
    m_message = index.data(MessageModel::KindRole).toInt() == int(MessageModel::Kind::Message);
    int y = 0;
    layOutSeparators(index, flags, y);
    const bool grouped = flags.testFlag(MessageModel::Grouped);
    y += grouped ? kLineSpace : kGroupSpace;
    if (m_message && !grouped)
        layOutHeader(index, y);
    layOutBody(index, y);
    if (m_message) {
        layOutReactions(index, y);
        layOutStatus(index, y);
    }
    m_height = std::max(y + 2, m_pictureRect.bottom() + 3);
}

QRect MessageLayout::mirrored(const QRect &rect) const
{
    return QStyle::visualRect(m_direction, QRect(0, 0, m_width, 1), rect);
}

void MessageLayout::layOutSeparators(const QModelIndex &index, MessageModel::Flags flags, int &y)
{
    const int high = QFontMetrics(m_font).height() + 10;
    const auto place = [&](QRect &rect, MessageModel::Flag flag) {
        if (!flags.testFlag(flag))
            return;
        rect = QRect(kSide, y + 4, m_width - 2 * kSide, high);
        y += high + 4;
    };
    place(m_dayRect, MessageModel::FirstOfDay);
    if (!m_dayRect.isNull())
        m_dayText = Words::day(index.data(MessageModel::TimeRole).toLongLong(), QDate::currentDate());
    place(m_gapRect, MessageModel::GapAbove);
    place(m_unreadRect, MessageModel::FirstUnread);
}

void MessageLayout::layOutHeader(const QModelIndex &index, int &y)
{
    const QFontMetrics bold(Theme::scaled(m_font, 1.0, QFont::Bold));
    const QFontMetrics small(Theme::scaled(m_font, 0.86));
    m_time = Words::timeOfDay(index.data(MessageModel::TimeRole).toLongLong());
    const int timeWidth = small.horizontalAdvance(m_time) + 2;
    const int room = m_width - kBodyLeft - kBodyRight - timeWidth - 8;
    m_author = bold.elidedText(index.data(MessageModel::AuthorRole).toString().simplified(), Qt::ElideRight, room);
    const int authorWidth = bold.horizontalAdvance(m_author) + 2;
    const int baseline = y + bold.ascent();
    m_pictureRect = mirrored(QRect(kSide, y + 1, kPicture, kPicture));
    m_authorRect = mirrored(QRect(kBodyLeft, y, authorWidth, bold.height()));
    m_timeRect = mirrored(QRect(kBodyLeft + authorWidth + 8, baseline - small.ascent(), timeWidth, small.height()));
    y += bold.height() + 1;
}

void MessageLayout::layOutBody(const QModelIndex &index, int &y)
{
    const QFont font = m_message ? m_font : Theme::scaled(m_font, 0.92);
    const QString text = displayable(index.data(Qt::DisplayRole).toString());
    if (m_message)
        m_links = findLinks(text);

    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    m_body.setFont(font);
    m_body.setText(text);
    m_body.setTextOption(option);
    m_body.setCacheEnabled(true);

    const int room = m_width - kBodyLeft - kBodyRight;
    qreal textHeight = 0;
    qreal natural = 0;
    int lines = 0;
    bool more = false;
    m_body.beginLayout();
    for (QTextLine line = m_body.createLine(); line.isValid(); line = m_body.createLine()) {
        if (lines == kMaxLines) {
            more = true;
            break;
        }
        line.setLineWidth(room);
        line.setPosition(QPointF(0, textHeight));
        textHeight += line.height();
        natural = std::max(natural, line.naturalTextWidth());
        ++lines;
    }
    m_body.endLayout();
    // As wide as its text: from right to left it ends where its longest line does, beside the name.
    const int bodyWidth = std::min(room, int(std::ceil(natural)) + 1);
    if (text.isRightToLeft()) {
        for (int i = 0; i < m_body.lineCount(); ++i) {
            QTextLine line = m_body.lineAt(i);
            line.setPosition(QPointF(bodyWidth - line.naturalTextWidth(), line.y()));
        }
    }
    m_bodyRect = mirrored(QRect(kBodyLeft, y, bodyWidth, int(std::ceil(textHeight))));
    y = m_bodyRect.bottom() + 1;
    if (lines <= 1 && !m_body.text().contains(QChar::LineSeparator))
        m_leastWidth = kBodyLeft + kBodyRight + int(std::ceil(natural)) + 1;
    if (more) {
        m_moreText = tr("Show the whole message");
        const QFontMetrics metrics(m_font);
        m_moreRect = mirrored(QRect(kBodyLeft, y + 2, metrics.horizontalAdvance(m_moreText) + 2, metrics.height()));
        y += metrics.height() + 4;
        m_leastWidth = -1;
    }
}

/// One line: each emoji with how many put it there.
void MessageLayout::layOutReactions(const QModelIndex &index, int &y)
{
    m_deleted = index.data(MessageModel::DeletedRole).toBool();
    const auto reactions = index.data(MessageModel::ReactionsRole).value<QList<ReactionTally>>();
    if (reactions.isEmpty())
        return;
    QStringList parts;
    for (const ReactionTally &tally : reactions)
        parts.append(displayable(tally.emoji) + QChar::Nbsp + QString::number(tally.users.size()));
    const QFontMetrics metrics(Theme::scaled(m_font, 0.92));
    const int room = m_width - kBodyLeft - kBodyRight;
    m_reactions = metrics.elidedText(parts.join(u"   "_s), Qt::ElideRight, room);
    y += 2;
    m_reactionsRect = mirrored(QRect(kBodyLeft, y, std::min(room, metrics.horizontalAdvance(m_reactions) + 2), metrics.height()));
    y += metrics.height() + 3;
    m_leastWidth = -1;
}

void MessageLayout::layOutStatus(const QModelIndex &index, int &y)
{
    const auto delivery = MessageModel::Delivery(index.data(MessageModel::DeliveryRole).toInt());
    m_pending = delivery == MessageModel::Delivery::Pending;
    if (delivery != MessageModel::Delivery::Failed)
        return;
    const QFont font = Theme::scaled(m_font, 0.92);
    const QFontMetrics metrics(font);
    const int retry = metrics.horizontalAdvance(tr("Retry")) + 2;
    const int discard = metrics.horizontalAdvance(tr("Discard")) + 2;
    const int bodyWidth = m_width - kBodyLeft - kBodyRight;
    const QString reason
        = tr("Not sent: %1").arg(Words::refusal(index.data(MessageModel::ErrorRole).value<Error>()));
    const int wanted = metrics.horizontalAdvance(reason) + 2;
    const int beside = bodyWidth - retry - discard - 2 * kActionGap;

    // In a narrow window the two buttons go below the reason.
    const bool below = wanted > beside;
    const int reasonWidth = std::min(wanted, bodyWidth);
    m_status = metrics.elidedText(reason, Qt::ElideRight, reasonWidth);
    y += 2;
    m_statusRect = mirrored(QRect(kBodyLeft, y, reasonWidth, metrics.height()));
    if (below)
        y += metrics.height() + 3;
    const int left = below ? kBodyLeft : kBodyLeft + reasonWidth + kActionGap;
    m_retryRect = mirrored(QRect(left, y, retry, metrics.height()));
    m_discardRect = mirrored(QRect(left + retry + kActionGap, y, discard, metrics.height()));
    y += metrics.height() + 3;
    m_leastWidth = -1;
}

void MessageLayout::paintSeparator(QPainter &painter, const QRect &rect, const QString &text, const QColor &color,
                                   const QPalette &palette) const
{
    const QFont font = Theme::scaled(m_font, 0.86, QFont::DemiBold);
    painter.setFont(font);
    const int textWidth = QFontMetrics(font).horizontalAdvance(text) + 20;
    const int middle = rect.center().y();
    const QRect label((rect.left() + rect.right() - textWidth) / 2, rect.top(), textWidth, rect.height());
    painter.setPen(color == Theme::dimText(palette) ? Theme::line(palette) : color);
    painter.drawLine(rect.left(), middle, label.left(), middle);
    painter.drawLine(label.right(), middle, rect.right(), middle);
    painter.setPen(color);
    painter.drawText(label, Qt::AlignCenter | Qt::TextSingleLine, text);
}

void MessageLayout::paintAction(QPainter &painter, const QRect &rect, const QString &text, const QColor &color) const
{
    QFont font = painter.font();
    font.setUnderline(true);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine | Qt::TextDontClip, text);
    font.setUnderline(false);
    painter.setFont(font);
}

void MessageLayout::paint(QPainter &painter, const QPoint &origin, const QPalette &palette, bool selected,
                          bool focused) const
{
    painter.save();
    painter.translate(origin);
    painter.setLayoutDirection(m_direction);
    const QColor text = palette.color(QPalette::Text);
    const QColor dim = Theme::dimText(palette);

    const int top = std::max({0, m_dayRect.bottom() + 3, m_gapRect.bottom() + 3, m_unreadRect.bottom() + 3});
    if (selected) {
        const QRect ground(0, top, m_width, m_height - top);
        painter.fillRect(ground, Theme::blend(palette.color(QPalette::Base), Theme::accent(palette), 0.16));
        painter.fillRect(mirrored(QRect(0, top, 3, ground.height())), Theme::accent(palette));
    }
    if (focused) {
        painter.setPen(QPen(Theme::accent(palette), 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRect(0, top, m_width - 1, m_height - top - 1));
    }
    if (!m_dayRect.isNull())
        paintSeparator(painter, m_dayRect, m_dayText, dim, palette);
    if (!m_gapRect.isNull())
        paintSeparator(painter, m_gapRect, tr("Some messages are missing here"), dim, palette);
    if (!m_unreadRect.isNull())
        paintSeparator(painter, m_unreadRect, tr("New messages"), Theme::accentText(palette), palette);

    if (!m_pictureRect.isNull()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::picture(m_author));
        painter.drawEllipse(m_pictureRect);
        painter.setPen(Qt::white);
        painter.setFont(Theme::scaled(m_font, 1.1, QFont::DemiBold));
        painter.drawText(m_pictureRect, Qt::AlignCenter | Qt::TextSingleLine, Theme::initial(m_author));
        painter.setFont(Theme::scaled(m_font, 1.0, QFont::Bold));
        painter.setPen(Theme::author(m_author, palette));
        const int flags = Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine | Qt::TextDontClip;
        painter.drawText(m_authorRect, flags, m_author);
        painter.setFont(Theme::scaled(m_font, 0.86));
        painter.setPen(dim);
        painter.drawText(m_timeRect, flags, m_time);
    }

    QList<QTextLayout::FormatRange> formats;
    for (const TextLink &link : m_links) {
        QTextLayout::FormatRange range;
        range.start = link.start;
        range.length = link.length;
        range.format.setForeground(Theme::link(palette));
        range.format.setFontUnderline(true);
        formats.append(range);
    }
    painter.setPen(m_pending || m_deleted || !m_message ? dim : text);
    m_body.draw(&painter, m_bodyRect.topLeft(), formats);
    if (!m_moreRect.isNull()) {
        painter.setFont(m_font);
        paintAction(painter, m_moreRect, m_moreText, Theme::link(palette));
    }
    if (!m_reactionsRect.isNull()) {
        painter.setFont(Theme::scaled(m_font, 0.92));
        painter.setPen(dim);
        painter.drawText(m_reactionsRect, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine | Qt::TextDontClip, m_reactions);
    }
    if (!m_statusRect.isNull()) {
        painter.setFont(Theme::scaled(m_font, 0.92));
        painter.setPen(Theme::danger(palette));
        painter.drawText(m_statusRect, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine, m_status);
        paintAction(painter, m_retryRect, tr("Retry"), Theme::link(palette));
        paintAction(painter, m_discardRect, tr("Discard"), Theme::link(palette));
    }
    painter.restore();
}

MessageHit MessageLayout::hit(const QPoint &position) const
{
    const auto inside = [&position](const QRect &rect) {
        return !rect.isNull() && rect.adjusted(-4, -2, 4, 2).contains(position);
    };
    if (inside(m_retryRect))
        return {MessageHit::What::Retry, {}};
    if (inside(m_discardRect))
        return {MessageHit::What::Discard, {}};
    if (inside(m_moreRect))
        return {MessageHit::What::ShowAll, {}};
    if (m_links.isEmpty() || !m_bodyRect.contains(position))
        return {};
    const QPointF point = position - m_bodyRect.topLeft();
    for (int i = 0; i < m_body.lineCount(); ++i) {
        const QTextLine line = m_body.lineAt(i);
        if (!line.naturalTextRect().contains(point))
            continue;
        const int cursor = line.xToCursor(point.x(), QTextLine::CursorOnCharacter);
        for (const TextLink &link : m_links) {
            if (cursor >= link.start && cursor < link.start + link.length)
                return {MessageHit::What::Link, link.url};
        }
    }
    return {};
}

} // namespace Parlance::Client
