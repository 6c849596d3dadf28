// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client-gui/chat/connectionstate.h"
#include "client-gui/chat/serveraddress.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace Parlance::Client {

/// Puts codes and values into the person's language: the one place where the client words what happened.
class Words
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Client::Words)

public:
    enum class Voice { Shown, Spoken };

    /// Why the connection is not up; one sentence. Empty for Cause::None.
    static QString cause(const ConnectionState &state);
    /// The banner of a state that is not Online. \a remaining until retryAt; \a queued own messages wait.
    /// Spoken leaves out the countdown.
    static QString banner(const ConnectionState &state, Clock::Millis remaining, int queued,
                          Voice voice = Voice::Shown);
    /// The banner's button; empty when there is nothing to do.
    static QString bannerAction(const ConnectionState &state);
    /// One or two words for a list or the header.
    static QString linkShort(Link link);
    static QString linkShort(const ConnectionState &state);
    /// Why a message or command was refused.
    static QString refusal(const Error &error);
    static QString addressFault(AddressFault fault);
    /// What is wrong with \a text as a room or user name; \a error as parseRoomName or parseUserName gave it.
    static QString nameFault(const Error &error, const QString &text);
    /// "1:05", "42 s".
    static QString countdown(Clock::Millis remaining);
    /// "Anna is writing...". Empty for nobody.
    static QString typing(const QStringList &names);
    /// "Anna and Ben joined, Cleo left".
    static QString presence(const QStringList &joined, const QStringList &left);
    static QString people(int count);
    static QString unread(int count);
    /// "Today", "Yesterday" or the whole date. \a time in milliseconds since the Unix epoch, as below.
    static QString day(qint64 time, const QDate &today);
    static QString timeOfDay(qint64 time);
    static QString dateAndTime(qint64 time);

    /// Keeps a name's direction to itself, so that it cannot turn the sentence around it.
    static QString isolated(const QString &name);
    /// For menus, buttons and labels, where "&" would mark a shortcut.
    static QString withoutMnemonic(const QString &text);

private:
    static QString nameList(const QStringList &names);
};

} // namespace Parlance::Client
