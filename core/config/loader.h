// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/commandline.h"
#include "config/config.h"
#include "config/configfault.h"

#include <QList>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace Parlance {

/// Everything that a configuration is made from, so that tests need neither the real home nor environment.
struct ConfigSources
{
    QStringList arguments; ///< without the program's name
    QProcessEnvironment environment;
    QStringList configFiles; ///< absolute paths; the first that exists is read where no file is named
};

/// `$XDG_CONFIG_HOME/parlance/parlanced.ini` (XDG_CONFIG_HOME is ~/.config where it is not set) and
/// `/etc/parlance/parlanced.ini`.
QStringList defaultConfigFiles();

/// Those of this process. \a arguments as in QCoreApplication::arguments(): the first is the program's name.
ConfigSources processSources(const QStringList &arguments);

/// A configuration, or everything that stands in its way.
struct LoadedConfig
{
    Config config; ///< to be used only where isValid()
    RunMode mode = RunMode::Serve;
    QString file; ///< the file that was read; empty: none
    QList<ConfigFault> faults; ///< all of them, in the order file, environment, command line, contradictions
    QList<ConfigFault> warnings; ///< what was skipped, such as unknown PARLANCE_… variables, and what has no effect

    bool isValid() const { return faults.isEmpty(); }
};

/// Puts the configuration together: defaults < file < environment < command line, then validate().
///
/// The file is --config, else PARLANCE_CONFIG, else the first of the sources' configFiles that exists; a named
/// file must exist. An empty variable counts as not set. With --help and --version nothing else is looked at,
/// and there are no faults. Reads at most 1 MiB of one file; never exits and never prints.
LoadedConfig loadConfig(const ConfigSources &sources);

} // namespace Parlance
