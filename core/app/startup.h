// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/exitcodes.h"
#include "config/loader.h"

#include <QStringList>

#include <optional>

namespace Parlance {

/// The process's arguments, the program's name first, before there is a QCoreApplication.
QStringList argumentsOf(int argc, char **argv);

/// Does what \a loaded asks for besides serving: --help, --version, --check-config, --print-config; prints
/// faults and warnings to standard error. Nothing where \a program is to go on and serve.
std::optional<ExitCode> answerInsteadOfServing(const QString &program, const LoadedConfig &loaded);

} // namespace Parlance
