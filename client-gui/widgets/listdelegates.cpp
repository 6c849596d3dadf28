// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/listdelegates.h"

#include "client-gui/chat/connectionstate.h"
#include "client-gui/chat/usermodel.h"
#include "client-gui/widgets/theme.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

constexpr int kSide = 12;
constexpr int kPicture = 22;

/// The row's ground as the style draws it, without its text. Returns the colour for text on it.
QColor drawGround(QPainter *painter, const QStyleOptionViewItem &option)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    QStyleOptionViewItem ground = option;
    ground.text.clear();
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &ground, painter, option.widget);
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    return option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::WindowText);
}

QRect visual(const QStyleOptionViewItem &option, const QRect &rect)
{
    return QStyle::visualRect(option.direction, option.rect, rect);
}

} // namespace

int RoomDelegate::figure(const QModelIndex &index, int role, int fallback) const
{
    return role < 0 ? fallback : index.data(role).toInt();
}

void RoomDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor text = drawGround(painter, option);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const int unread = figure(index, m_roles.unread, 0);
    const int people = figure(index, m_roles.people, -1);
    const auto link = Link(figure(index, m_roles.link, int(Link::Online)));
    const bool troubled = link == Link::Waiting || link == Link::Kicked || link == Link::Refused;

    QRect rest = option.rect.adjusted(kSide, 0, -kSide, 0);
    const QFont small = Theme::scaled(option.font, 0.86, QFont::DemiBold);
    const QFontMetrics metrics(small);
    painter->setFont(small);
    if (unread > 0) {
        const QString count = unread > 999 ? u"999+"_s : QLocale().toString(unread);
        const int high = metrics.height() + 2;
        const int wide = std::max(high, metrics.horizontalAdvance(count) + 12);
        const QRect badge = visual(option, QRect(rest.right() - wide + 1, rest.center().y() - high / 2, wide, high));
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? text : Theme::accent(option.palette));
        painter->drawRoundedRect(badge, high / 2.0, high / 2.0);
        painter->setPen(selected ? Theme::accent(option.palette) : option.palette.color(QPalette::HighlightedText));
        painter->drawText(badge, Qt::AlignCenter | Qt::TextSingleLine, count);
        rest.setRight(rest.right() - wide - 6);
    } else if (troubled || people >= 0) {
        const QString mark = troubled ? u"!"_s : QLocale().toString(people);
        const int wide = metrics.horizontalAdvance(mark) + 2;
        const QRect place = visual(option, QRect(rest.right() - wide + 1, rest.top(), wide, rest.height()));
        const QColor dim = troubled ? Theme::warning(option.palette) : Theme::dimText(option.palette);
        painter->setPen(selected ? text : dim);
        painter->drawText(place, Qt::AlignCenter | Qt::TextSingleLine, mark);
        rest.setRight(rest.right() - wide - 6);
    }
    const QFont font = Theme::scaled(option.font, 1.0, unread > 0 ? QFont::Bold : QFont::Normal);
    painter->setFont(font);
    painter->setPen(text);
    const QString name = QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, rest.width());
    const Qt::Alignment alignment = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
    painter->drawText(visual(option, rest), int(alignment) | Qt::TextSingleLine, name);
    painter->restore();
}

QSize RoomDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {80, option.fontMetrics.height() + 12};
}

void PersonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor text = drawGround(painter, option);
    const QString name = index.data(UserModel::NameRole).toString();
    const QRect row = option.rect.adjusted(kSide, 0, -kSide, 0);
    const QRect picture = visual(option, QRect(row.left(), row.center().y() - kPicture / 2, kPicture, kPicture));
    painter->setPen(Qt::NoPen);
    painter->setBrush(Theme::picture(name));
    painter->drawEllipse(picture);
    painter->setPen(Qt::white);
    painter->setFont(Theme::scaled(option.font, 0.86, QFont::DemiBold));
    painter->drawText(picture, Qt::AlignCenter | Qt::TextSingleLine, Theme::initial(name));

    const bool own = index.data(UserModel::OwnRole).toBool();
    QRect rest = row.adjusted(kPicture + 8, 0, 0, 0);
    if (own) {
        const QString mark = tr("you");
        painter->setFont(Theme::scaled(option.font, 0.86));
        const int wide = painter->fontMetrics().horizontalAdvance(mark) + 2;
        painter->setPen(option.state.testFlag(QStyle::State_Selected) ? text : Theme::dimText(option.palette));
        painter->drawText(visual(option, QRect(rest.right() - wide + 1, rest.top(), wide, rest.height())),
                          Qt::AlignCenter | Qt::TextSingleLine, mark);
        rest.setRight(rest.right() - wide - 6);
    }
    painter->setFont(option.font);
    painter->setPen(text);
    const Qt::Alignment alignment = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
    painter->drawText(visual(option, rest), int(alignment) | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(name, Qt::ElideRight, rest.width()));
    painter->restore();
}

QSize PersonDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {80, std::max(kPicture + 6, option.fontMetrics.height() + 8)};
}

} // namespace Parlance::Client
