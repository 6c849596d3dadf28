// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/roomchooser.h"

#include "models/roomtablemodel.h"
#include "text/namecollator.h"
#include "text/visibletext.h"

#include <QSignalBlocker>

#include <algorithm>

namespace Parlance {

RoomChooser::RoomChooser(const RoomTableModel &rooms, const QString &allText, QWidget *parent)
    : QComboBox(parent), m_rooms(rooms), m_allText(allText)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(14);
    setMaxVisibleItems(20);
    refill();
    connect(this, &QComboBox::currentIndexChanged, this, [this] { emit roomChanged(room()); });
}

RoomName RoomChooser::room() const
{
    return currentData().value<RoomName>();
}

void RoomChooser::setRoom(const RoomName &room)
{
    if (room == this->room())
        return;
    {
        const QSignalBlocker quiet(this);
        refill();
    }
    for (int i = 0; i < count(); ++i) {
        if (itemData(i).value<RoomName>() == room) {
            setCurrentIndex(i);
            return;
        }
    }
    addItem(visibleText(room.text()), QVariant::fromValue(room));
    setCurrentIndex(count() - 1);
}

void RoomChooser::showPopup()
{
    refill();
    QComboBox::showPopup();
}

void RoomChooser::focusInEvent(QFocusEvent *event)
{
    refill();
    QComboBox::focusInEvent(event);
}

void RoomChooser::refill()
{
    const RoomName chosen = count() > 0 ? room() : RoomName();
    QList<RoomName> names;
    for (int row = 0; row < m_rooms.rowCount(); ++row)
        names.append(m_rooms.room(row).name);
    if (!chosen.isNull() && !names.contains(chosen))
        names.append(chosen);
    const QCollator collator = nameCollator();
    std::sort(names.begin(), names.end(),
              [&collator](const RoomName &a, const RoomName &b) { return collator.compare(a.text(), b.text()) < 0; });

    const QSignalBlocker quiet(this);
    clear();
    addItem(m_allText, QVariant::fromValue(RoomName()));
    int current = 0;
    for (const RoomName &name : std::as_const(names)) {
        if (name == chosen)
            current = count();
        addItem(visibleText(name.text()), QVariant::fromValue(name));
    }
    setCurrentIndex(current);
}

} // namespace Parlance
