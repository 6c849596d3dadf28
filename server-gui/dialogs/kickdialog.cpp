// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/kickdialog.h"

#include "text/format.h"
#include "text/visibletext.h"

#include <QComboBox>
#include <QFormLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Parlance {

KickDialog::KickDialog(const QList<Presence> &targets, std::chrono::milliseconds rejoinAfter, QWidget *parent)
    : ReasonDialog(textsFor(targets), presets(), parent), m_rejoin(new QComboBox)
{
    const auto add = [this](const QString &text, std::chrono::milliseconds time) {
        m_rejoin->addItem(text, QVariant::fromValue(qint64(time.count())));
    };
    add(tr("at once"), 0ms);
    add(tr("after 1 minute"), 1min);
    add(tr("after 10 minutes"), 10min);
    add(tr("after 1 hour"), 1h);
    add(tr("after 1 day"), 24h);
    m_rejoin->setCurrentIndex(indexOf(rejoinAfter));
    m_rejoin->setObjectName(u"rejoin"_s);
    m_rejoin->setAccessibleName(tr("May come back"));
    form().addRow(tr("May come &back:"), m_rejoin);
}

/// A time that is none of the usual ones gets a line of its own, in order.
int KickDialog::indexOf(std::chrono::milliseconds time)
{
    const qint64 ms = time.count();
    int index = 0;
    while (index < m_rejoin->count() && m_rejoin->itemData(index).toLongLong() < ms)
        ++index;
    if (index == m_rejoin->count() || m_rejoin->itemData(index).toLongLong() != ms)
        m_rejoin->insertItem(index, tr("after %1").arg(Format::duration(ms)), QVariant::fromValue(ms));
    return index;
}

std::chrono::milliseconds KickDialog::rejoinAfter() const
{
    return std::chrono::milliseconds(m_rejoin->currentData().toLongLong());
}

QStringList KickDialog::presets()
{
    return {tr("Spam"), tr("Insults"), tr("Off topic"), tr("Please choose another name"),
            tr("Please close the windows that you do not use")};
}

ConfirmDialog::Texts KickDialog::textsFor(const QList<Presence> &targets)
{
    Texts texts;
    texts.title = tr("Kick");
    if (targets.size() == 1) {
        const Presence &target = targets.first();
        texts.question = tr("Remove %1 from the room %2?").arg(quoted(target.user.text()), quoted(target.room.text()));
        texts.details = tr("All windows of this person in the room are closed.");
        texts.action = tr("&Kick");
        return texts;
    }
    constexpr int kShown = 8;
    QStringList lines;
    for (const Presence &target : targets.first(qMin<qsizetype>(kShown, targets.size())))
        lines.append(tr("%1 from %2").arg(quoted(target.user.text()), quoted(target.room.text())));
    if (targets.size() > kShown)
        lines.append(tr("… and %1 more").arg(Format::count(quint64(targets.size() - kShown))));
    texts.question = tr("Remove %1?").arg(Format::people(int(targets.size())));
    texts.details = lines.join(u'\n');
    texts.action = tr("&Kick %1").arg(Format::people(int(targets.size())));
    return texts;
}

} // namespace Parlance
