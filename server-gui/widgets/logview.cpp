// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/logview.h"

#include "text/format.h"
#include "widgets/icons.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace Parlance {

LogView::LogView(QWidget *parent) : QTableView(parent), m_jump(new QPushButton(tr("Jump to newest"), this))
{
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setAlternatingRowColors(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    fitRowHeight();

    m_jump->setObjectName(u"jumpToNewest"_s);
    m_jump->setIcon(icon(Glyph::Down));
    m_jump->setAutoDefault(false);
    m_jump->hide();
    connect(m_jump, &QPushButton::clicked, this, &LogView::jumpToNewest);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::noteScrolled);
}

void LogView::setModel(QAbstractItemModel *model)
{
    if (this->model())
        this->model()->disconnect(this);
    // Before the view's own connections: the position must be known before the view changes it.
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] { m_updating = true; });
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { keepPlaceOnRemoval(first, last); });
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { noteInserted(last - first + 1); });
    connect(model, &QAbstractItemModel::rowsRemoved, this, [this] {
        if (m_anchor >= 0)
            verticalScrollBar()->setValue(m_anchor);
        m_anchor = -1;
        m_updating = false;
    });
    connect(model, &QAbstractItemModel::modelReset, this, &LogView::jumpToNewest);
    jumpToNewest();
}

void LogView::jumpToNewest()
{
    m_following = true;
    m_unseen = 0;
    scrollToBottom();
    updateButton();
}

void LogView::keepPlaceOnRemoval(int first, int last)
{
    m_updating = true;
    if (m_following || first != 0)
        return;
    m_anchor = qMax(0, verticalScrollBar()->value() - (last + 1) * verticalHeader()->defaultSectionSize());
}

void LogView::noteInserted(int count)
{
    if (m_following)
        scrollToBottom();
    else
        m_unseen += count;
    m_updating = false;
    updateButton();
}

void LogView::noteScrolled()
{
    if (m_updating)
        return;
    const QScrollBar *bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - verticalHeader()->defaultSectionSize() / 2;
    if (atEnd == m_following)
        return;
    m_following = atEnd;
    if (atEnd)
        m_unseen = 0;
    updateButton();
}

void LogView::updateButton()
{
    m_jump->setVisible(!m_following);
    if (m_following)
        return;
    m_jump->setText(m_unseen == 0 ? tr("Jump to newest")
                                  : tr("Jump to newest (%1)").arg(Format::count(quint64(m_unseen))));
    m_jump->adjustSize();
    const QRect area = viewport()->geometry();
    m_jump->move(area.center().x() - m_jump->width() / 2, area.bottom() - m_jump->height() - fontMetrics().height() / 2);
    m_jump->raise();
}

void LogView::resizeEvent(QResizeEvent *event)
{
    m_updating = true;
    QTableView::resizeEvent(event);
    if (m_following)
        scrollToBottom();
    m_updating = false;
    updateButton();
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        emit copyRequested();
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void LogView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitRowHeight();
}

void LogView::fitRowHeight()
{
    verticalHeader()->setMinimumSectionSize(fontMetrics().height());
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + fontMetrics().height() / 3);
}

} // namespace Parlance
