// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/exitcodes.h"

#include <QList>
#include <QString>
#include <QStringView>

namespace Parlance {

/// One thing that is wrong with the configuration, and where to mend it.
struct ConfigFault
{
    enum class Kind {
        Option, ///< on the command line
        Setting, ///< in the file, in the environment, or between settings
        UnreadableFile,
    };

    Kind kind = Kind::Setting;
    QString where; ///< `/etc/parlance/parlanced.ini:12`, `PARLANCE_PORT`, `--port`, or a setting's name
    QString what; ///< one English sentence without a full stop; never contains a secret

    friend bool operator==(const ConfigFault &, const ConfigFault &) = default;
};

/// `where: what`, one line.
QString describe(const ConfigFault &fault);

/// The code to end with: UnreadableFile before BadOption before BadConfig; Ok without faults.
ExitCode exitCodeFor(const QList<ConfigFault> &faults);

/// What a person wrote, in quotation marks and fit for a terminal: control characters replaced, at most
/// 60 characters.
QString shown(QStringView text);

} // namespace Parlance
