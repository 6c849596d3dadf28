// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/emptyhint.h"

#include "widgets/plainlabel.h"

#include <QAbstractItemView>
#include <QEvent>

namespace Parlance {

EmptyHint::EmptyHint(QAbstractItemView *view) : QObject(view), m_view(view), m_label(new PlainLabel({}, view->viewport()))
{
    m_label->setAlignment(Qt::AlignCenter);
    m_label->setWordWrap(true);
    m_label->setForegroundRole(QPalette::PlaceholderText);
    m_label->setAttribute(Qt::WA_TransparentForMouseEvents);
    view->viewport()->installEventFilter(this);
    const QAbstractItemModel *model = view->model();
    connect(model, &QAbstractItemModel::rowsInserted, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &EmptyHint::refresh);
    connect(model, &QAbstractItemModel::modelReset, this, &EmptyHint::refresh);
    place();
    refresh();
}

void EmptyHint::setText(const QString &text)
{
    m_label->setText(text);
}

QString EmptyHint::shownText() const
{
    return m_label->isHidden() ? QString() : m_label->text();
}

bool EmptyHint::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QObject::eventFilter(watched, event);
}

void EmptyHint::place()
{
    constexpr int kMargin = 24;
    m_label->setGeometry(m_view->viewport()->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin));
}

void EmptyHint::refresh()
{
    m_label->setVisible(m_view->model()->rowCount() == 0);
}

} // namespace Parlance
