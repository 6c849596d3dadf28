// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace Parlance::Client {

/// What stood on the command line of `parlance`.
struct CommandLine
{
    Q_DECLARE_TR_FUNCTIONS(Parlance::Client::CommandLine)

public:
    enum class Action { Run, PrintAndExit, Fail };

    Action action = Action::Run;
    QString output = {}; ///< to print: help or version on standard output, a fault on standard error
    QString server = {}; ///< --connect; empty: ask, or the last one
    QString name = {};
    QStringList rooms = {};

    /// \a arguments with the program's name first.
    static CommandLine parse(const QStringList &arguments);
};

} // namespace Parlance::Client
