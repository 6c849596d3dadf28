// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/overviewpage.h"

#include "pages/counterscard.h"
#include "pages/joincard.h"
#include "pages/refusalscard.h"
#include "text/visibletext.h"
#include "widgets/plainlabel.h"
#include "widgets/sparkline.h"
#include "widgets/statedot.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

/// Where the messages are kept, in words; a newer server may keep them in a way that this console has no words for.
QString storageText(const QString &durability)
{
    if (durability == u"memory")
        return QCoreApplication::translate("OverviewPage", "messages in memory only");
    if (durability == u"fast")
        return QCoreApplication::translate("OverviewPage", "messages stored (fast)");
    if (durability == u"durable")
        return QCoreApplication::translate("OverviewPage", "messages stored (durable)");
    return QCoreApplication::translate("OverviewPage", "storage: %1").arg(visibleText(durability, 40));
}

} // namespace

QString stateText(ServerControl::State state)
{
    switch (state) {
    case ServerControl::State::Stopped: return QCoreApplication::translate("OverviewPage", "Stopped");
    case ServerControl::State::Starting: return QCoreApplication::translate("OverviewPage", "Starting…");
    case ServerControl::State::Running: return QCoreApplication::translate("OverviewPage", "Running");
    case ServerControl::State::Stopping: return QCoreApplication::translate("OverviewPage", "Stopping…");
    }
    return {};
}

OverviewPage::OverviewPage(ServerControl &control, QWidget *parent)
    : ConsolePage(parent), m_control(control), m_dot(new StateDot), m_state(new PlainLabel), m_about(new PlainLabel),
      m_join(new JoinCard(control)), m_counters(new CountersCard), m_curve(new Sparkline(tr("Messages per second"))),
      m_refusals(new RefusalsCard), m_top(new QBoxLayout(QBoxLayout::LeftToRight))
{
    m_top->addWidget(m_join, 1);
    m_top->addWidget(m_counters, 1);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setSpacing(12);
    column->addWidget(makeHeading());
    column->addLayout(m_top);
    column->addWidget(makeCurve(), 3);
    column->addWidget(m_refusals, 2);

    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);

    connect(&control, &ServerControl::stateChanged, this, &OverviewPage::showState);
    showState(control.state());
}

QWidget *OverviewPage::makeHeading()
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    large.setBold(true);
    m_state->setFont(large);
    m_state->setObjectName(u"state"_s);
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_about->setObjectName(u"about"_s);
    auto *heading = new QWidget;
    auto *row = new QHBoxLayout(heading);
    row->setContentsMargins(2, 2, 2, 2);
    row->addWidget(m_dot);
    row->addWidget(m_state);
    row->addSpacing(fontMetrics().height() / 2);
    row->addWidget(m_about, 1);
    return heading;
}

QWidget *OverviewPage::makeCurve()
{
    auto *title = new PlainLabel(tr("Messages per second"));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    auto *span = new QComboBox;
    span->setObjectName(u"span"_s);
    span->setAccessibleName(tr("Time shown"));
    span->addItem(tr("1 minute"), 60);
    span->addItem(tr("5 minutes"), 300);
    connect(span, &QComboBox::currentIndexChanged, this, [this, span] { m_curve->setSpan(span->currentData().toInt()); });
    auto *card = new Card;
    auto *row = new QHBoxLayout;
    row->addWidget(title);
    row->addStretch();
    row->addWidget(span);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addLayout(row);
    layout->addWidget(m_curve, 1);
    return card;
}

void OverviewPage::showState(ServerControl::State state)
{
    m_state->setText(stateText(state));
    switch (state) {
    case ServerControl::State::Stopped: m_dot->setHue(Hue::Neutral); break;
    case ServerControl::State::Running: m_dot->setHue(Hue::Good); break;
    case ServerControl::State::Starting:
    case ServerControl::State::Stopping: m_dot->setHue(Hue::Caution); break;
    }
}

void OverviewPage::setSnapshot(const AdminSnapshot &snapshot)
{
    QStringList parts;
    if (!snapshot.serverName.isEmpty())
        parts.append(quoted(snapshot.serverName));
    if (!snapshot.version.isEmpty())
        parts.append(tr("version %1").arg(visibleText(snapshot.version, 40)));
    if (!snapshot.durability.isEmpty())
        parts.append(storageText(snapshot.durability));
    m_about->setText(parts.join(u" · "_s));
    m_curve->clear();
    m_refusals->clear();
    m_counters->setStatistics(snapshot.statistics);
}

void OverviewPage::setStatistics(const Statistics &statistics)
{
    m_counters->setStatistics(statistics);
    m_curve->append(statistics.messagesPerSecond);
}

void OverviewPage::addRefusals(const QList<Refusal> &refusals)
{
    m_refusals->add(refusals);
}

void OverviewPage::setLive(bool live)
{
    if (!live)
        m_counters->clear();
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    ConsolePage::resizeEvent(event);
    const int beside = m_join->minimumSizeHint().width() + m_counters->minimumSizeHint().width();
    const bool wide = width() >= beside + fontMetrics().height() * 4; // margins, gap and the scroll bar
    m_top->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace Parlance
