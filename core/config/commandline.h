// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/configfault.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Parlance {

/// What the program is asked to do. Of several, the later in this list wins.
enum class RunMode {
    Serve,
    CheckConfig, ///< say all faults, or that there are none, and end
    PrintConfig, ///< print the configuration as an INI file and end
    Version,
    Help,
};

/// One option that the programs understand.
struct CommandOption
{
    QString name; ///< with its dashes
    QString valueName; ///< for `--help`; empty: the option takes no value
    QString setting; ///< the setting that it sets; empty: none
    QString help; ///< empty: that of the setting
};

/// In the order of `--help`.
const QList<CommandOption> &commandOptions();

/// A value for a setting, and where it was written.
struct Assignment
{
    QString setting;
    QString value;
    QString where; ///< the option, for messages

    friend bool operator==(const Assignment &, const Assignment &) = default;
};

struct CommandLine
{
    RunMode mode = RunMode::Serve;
    std::optional<QString> configFile;
    QList<Assignment> assignments; ///< in their order; of two for one setting the later counts
    QList<ConfigFault> faults; ///< everything that was not understood
};

/// Understands `--port 80` and `--port=80`, for options and settings that exist; values are not looked at.
/// Each `--listen` adds an address: together they are one assignment. \a arguments come without the name of
/// the program and without what the toolkit took for itself. Never exits, never prints.
CommandLine parseCommandLine(const QStringList &arguments);

} // namespace Parlance
