// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/countertile.h"

#include "text/format.h"
#include "widgets/plainlabel.h"

#include <QVBoxLayout>

namespace Parlance {

CounterTile::CounterTile(const QString &caption, QWidget *parent)
    : QWidget(parent), m_value(new PlainLabel(Format::dash())), m_caption(new PlainLabel(caption))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_value->setFont(large);
    m_caption->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_value);
    layout->addWidget(m_caption);
    layout->addStretch();
    setAccessibleName(caption);
    setAccessibleDescription(m_value->text());
}

void CounterTile::setValue(const QString &value)
{
    if (m_value->text() == value)
        return;
    m_value->setText(value);
    setAccessibleDescription(value);
}

QString CounterTile::value() const
{
    return m_value->text();
}

} // namespace Parlance
