// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "widgets/card.h"

class QTreeWidget;

namespace Parlance {

class PlainLabel;

/// What the server refused last, newest first.
class RefusalsCard final : public Card
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RefusalsCard)

public:
    static constexpr int kMaxRows = 100;

    explicit RefusalsCard(QWidget *parent = nullptr);

    void add(const QList<Refusal> &refusals);
    void clear();
    QTreeWidget &list() const { return *m_list; }

private:
    void refresh();

    PlainLabel *m_none;
    QTreeWidget *m_list;
};

} // namespace Parlance
