// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/config.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace Parlance {

/// A rule that a configuration breaks.
struct Violation
{
    QStringList settings; ///< names: one, or all that contradict each other
    QString what; ///< one English sentence that names them, without a full stop; never contains a secret

    friend bool operator==(const Violation &, const Violation &) = default;
};

/// Checks every setting by itself and then what must hold between them. All violations at once, those of
/// single settings first; empty: the server can start with it. Opens no file and no socket.
QList<Violation> validate(const Config &config);

} // namespace Parlance
