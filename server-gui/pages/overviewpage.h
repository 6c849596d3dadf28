// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "admin/servercontrol.h"
#include "pages/consolepage.h"

class QBoxLayout;

namespace Parlance {

class CountersCard;
class JoinCard;
class PlainLabel;
class RefusalsCard;
class Sparkline;
class StateDot;

/// The server at a glance: whether it runs, how to reach it, how busy it is, what it refuses.
class OverviewPage final : public ConsolePage
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(OverviewPage)

public:
    /// \a control must outlive the page.
    explicit OverviewPage(ServerControl &control, QWidget *parent = nullptr);

    JoinCard &join() const { return *m_join; }
    Sparkline &curve() const { return *m_curve; }

    void setSnapshot(const AdminSnapshot &snapshot);
    void setStatistics(const Statistics &statistics);
    void addRefusals(const QList<Refusal> &refusals);
    void setLive(bool live) override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeHeading();
    QWidget *makeCurve();
    void showState(ServerControl::State state);

    ServerControl &m_control;
    StateDot *m_dot;
    PlainLabel *m_state;
    PlainLabel *m_about;
    JoinCard *m_join;
    CountersCard *m_counters;
    Sparkline *m_curve;
    RefusalsCard *m_refusals;
    QBoxLayout *m_top;
};

/// The state of a server in one or two words.
QString stateText(ServerControl::State state);

} // namespace Parlance
