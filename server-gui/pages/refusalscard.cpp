// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/refusalscard.h"

#include "text/errortext.h"
#include "text/format.h"
#include "text/visibletext.h"
#include "widgets/plainlabel.h"
#include "widgets/rowdelegate.h"

#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

RefusalsCard::RefusalsCard(QWidget *parent) : Card(parent), m_none(new PlainLabel), m_list(new QTreeWidget)
{
    auto *title = new PlainLabel(tr("Refused lately"));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    m_none->setText(tr("Nothing was refused."));
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_list->setObjectName(u"refusals"_s);
    m_list->setAccessibleName(tr("Refused lately"));
    m_list->setHeaderLabels({tr("Time"), tr("Address"), tr("What was wrong")});
    new RowDelegate(*m_list);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setColumnWidth(0, fontMetrics().averageCharWidth() * 12);
    m_list->setColumnWidth(1, fontMetrics().averageCharWidth() * 20);
    m_list->setMinimumHeight(fontMetrics().height() * 6);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(title);
    layout->addWidget(m_none);
    layout->addWidget(m_list, 1);
    layout->addStretch(0);
    refresh();
}

void RefusalsCard::add(const QList<Refusal> &refusals)
{
    for (const Refusal &refusal : refusals) {
        QString what = errorText(errorFromName(refusal.code.toUtf8()));
        if (!refusal.detail.isEmpty())
            what = tr("%1 (%2)").arg(what, visibleText(refusal.detail, 120));
        auto *item = new QTreeWidgetItem({Format::timeOfDay(refusal.timestamp), visibleText(refusal.address, 60), what});
        item->setToolTip(2, plainToolTip(what));
        m_list->insertTopLevelItem(0, item);
    }
    while (m_list->topLevelItemCount() > kMaxRows)
        delete m_list->takeTopLevelItem(m_list->topLevelItemCount() - 1);
    refresh();
}

void RefusalsCard::clear()
{
    m_list->clear();
    refresh();
}

void RefusalsCard::refresh()
{
    const bool any = m_list->topLevelItemCount() > 0;
    m_list->setVisible(any);
    m_none->setVisible(!any);
}

} // namespace Parlance
