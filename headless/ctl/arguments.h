// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace Parlance {

/// What was asked of parlancectl.
struct ControlArguments
{
    QString command; ///< empty: none was given
    QStringList operands;
    QStringList rooms; ///< --room, as they were written
    QString format; ///< --format; empty: not given
    QString output; ///< --output; empty: standard output
    bool isForced = false; ///< --force
    bool isStrict = false; ///< --strict
    bool isQuiet = false; ///< --quiet
    bool wantsJson = false; ///< --json
    std::optional<QString> topic; ///< --topic
    QString slowMode; ///< --slow-mode, as it was written; likewise the two below
    QString frozen; ///< --frozen
    QString locked; ///< --locked
    bool wantsHelp = false;
    bool wantsVersion = false;
    QStringList server; ///< everything else: the options of the servers, with the program's name in front
    QString fault; ///< what was not understood; empty: nothing
};

/// Reads the arguments of the process, its name in front.
ControlArguments readControlArguments(const QStringList &arguments);

/// The text of --help.
QString controlHelp();

} // namespace Parlance
