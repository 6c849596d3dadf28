// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/peoplepanel.h"

#include "client-gui/chat/room.h"
#include "client-gui/widgets/listdelegates.h"
#include "client-gui/widgets/plainlabel.h"
#include "client-gui/widgets/theme.h"
#include "client-gui/widgets/words.h"

#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

PeoplePanel::PeoplePanel(QWidget *parent)
    : QWidget(parent)
    , m_heading(new PlainLabel(this))
    , m_filter(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_filtered(new QSortFilterProxyModel(this))
{
    m_heading->setFont(Theme::scaled(font(), 0.86, QFont::DemiBold));
    m_heading->setContentsMargins(12, 10, 12, 4);
    m_filter->setObjectName(u"peopleFilter"_s);
    m_filter->setPlaceholderText(tr("Filter"));
    m_filter->setAccessibleName(tr("Filter the people by name"));
    m_filter->setClearButtonEnabled(true);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_list->setObjectName(u"people"_s);
    m_list->setAccessibleName(tr("People in this room"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(m_filtered);
    m_list->setItemDelegate(new PersonDelegate(m_list));
    m_list->setEditTriggers(QListView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->viewport()->setAutoFillBackground(false);

    auto *filterRow = new QVBoxLayout;
    filterRow->setContentsMargins(10, 2, 10, 6);
    filterRow->addWidget(m_filter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_heading);
    column->addLayout(filterRow);
    column->addWidget(m_list, 1);

    connect(m_filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) {
        emit personChosen(index.data(UserModel::NameRole).toString());
    });
    updateHeading();
}

void PeoplePanel::setRoom(Room *room)
{
    if (m_people)
        m_people->disconnect(this);
    m_people = room ? &room->people() : nullptr;
    m_filtered->setSourceModel(m_people);
    if (m_people)
        connect(m_people, &UserModel::countChanged, this, &PeoplePanel::updateHeading);
    updateHeading();
}

void PeoplePanel::updateHeading()
{
    m_heading->setText(m_people ? Words::people(m_people->count()) : tr("People"));
}

} // namespace Parlance::Client
