// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plainlabel.h"

namespace Parlance {

PlainLabel::PlainLabel(const QString &text, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setText(text);
}

} // namespace Parlance
