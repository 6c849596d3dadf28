// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/config.h"

#include <QDir>
#include <QStandardPaths>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace Parlance {

QString serverName(const Config &config)
{
    if (!config.name.isEmpty())
        return config.name;
    const QString host = QSysInfo::machineHostName();
    return host.isEmpty() ? u"Parlance"_s : u"Parlance on "_s + host;
}

QString dataDirectory(const Config &config)
{
    if (!config.dataDir.isEmpty())
        return QDir(config.dataDir).absolutePath();
    // systemd separates several state directories with colons; the first is ours.
    const QString state = qEnvironmentVariable("STATE_DIRECTORY").section(u':', 0, 0);
    if (!state.isEmpty())
        return QDir(state).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/parlance"_L1;
}

} // namespace Parlance
