// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Parlance {

/// What `--help` prints: usage, options with their defaults, where settings come from, examples, exit codes.
/// \a program is the name to show, \a configFiles what is searched for without `--config`. Lines have at
/// most 80 characters, the paths apart.
QString helpText(const QString &program, const QStringList &configFiles);

} // namespace Parlance
