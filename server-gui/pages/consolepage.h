// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace Parlance {

/// One view of the console window.
class ConsolePage : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConsolePage)

public:
    explicit ConsolePage(QWidget *parent = nullptr) : QWidget(parent) {}

    /// Whether what is shown is as it is now. A page that is not live is greyed and acts on nothing.
    virtual void setLive(bool live) = 0;

    /// What stands in the empty filter box while this page is shown; empty: nothing to filter here.
    virtual QString filterHint() const { return {}; }
    virtual QString filterText() const { return {}; }
    virtual void setFilterText(const QString &) {}
};

} // namespace Parlance
