// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/messagepresenter.h"

#include "client-gui/chat/messagemodel.h"
#include "client-gui/widgets/words.h"

#include <QDate>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

namespace {

QString presenceText(const QModelIndex &index)
{
    return Words::presence(index.data(MessageModel::JoinedRole).toStringList(),
                           index.data(MessageModel::LeftRole).toStringList());
}

bool isMessage(const QModelIndex &index)
{
    return index.data(MessageModel::KindRole).toInt() == int(MessageModel::Kind::Message);
}

/// What a message says, with what became of it.
QString messageText(const QModelIndex &index)
{
    if (index.data(MessageModel::DeletedRole).toBool())
        return MessagePresenter::tr("Message deleted");
    const QString content = index.data(MessageModel::ContentRole).toString();
    return index.data(MessageModel::EditedRole).toLongLong() > 0 ? MessagePresenter::tr("%1 (edited)").arg(content) : content;
}

QString spoken(const QModelIndex &index)
{
    const qint64 time = index.data(MessageModel::TimeRole).toLongLong();
    const MessageModel::Flags flags(index.data(MessageModel::FlagsRole).toUInt());
    QStringList parts;
    if (flags.testFlag(MessageModel::FirstOfDay))
        parts << Words::day(time, QDate::currentDate());
    if (flags.testFlag(MessageModel::GapAbove))
        parts << MessagePresenter::tr("some messages are missing here");
    if (flags.testFlag(MessageModel::FirstUnread))
        parts << MessagePresenter::tr("new messages");
    if (isMessage(index)) {
        parts << index.data(MessageModel::AuthorRole).toString() << Words::timeOfDay(time)
              << messageText(index);
        const auto reactions = index.data(MessageModel::ReactionsRole).value<QList<ReactionTally>>();
        for (const ReactionTally &tally : reactions)
            parts << tally.emoji + u' ' + tally.users.join(u", "_s);
    } else {
        parts << Words::timeOfDay(time) << presenceText(index);
    }
    switch (MessageModel::Delivery(index.data(MessageModel::DeliveryRole).toInt())) {
    case MessageModel::Delivery::Sent: break;
    case MessageModel::Delivery::Pending: parts << MessagePresenter::tr("not sent yet"); break;
    case MessageModel::Delivery::Failed:
        parts << MessagePresenter::tr("not sent: %1")
                     .arg(Words::refusal(index.data(MessageModel::ErrorRole).value<Error>()));
        break;
    }
    return parts.join(", "_L1);
}

} // namespace

QVariant MessagePresenter::data(const QModelIndex &index, int role) const
{
    const QModelIndex source = mapToSource(index);
    if (!source.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole: return isMessage(source) ? messageText(source) : presenceText(source);
    // Never the text or the name: a tool tip would take it for markup.
    case Qt::ToolTipRole: return Words::dateAndTime(source.data(MessageModel::TimeRole).toLongLong());
    case Qt::AccessibleTextRole: return spoken(source);
    default: return source.data(role);
    }
}

QString MessagePresenter::asLine(const QModelIndex &index)
{
    const QString time = Words::timeOfDay(index.data(MessageModel::TimeRole).toLongLong());
    const QString text = index.data(Qt::DisplayRole).toString();
    if (!isMessage(index))
        return u"[%1] %2"_s.arg(time, text);
    return u"[%1] %2: %3"_s.arg(time, index.data(MessageModel::AuthorRole).toString(), text);
}

} // namespace Parlance::Client
