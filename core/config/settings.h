// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "config/config.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace Parlance {

/// One row of the table: all that any source, printer or reference needs to know of a setting.
///
/// Its one dotted name stands for it everywhere: `limits.rooms` on the command line and in messages,
/// `rooms` below `[limits]` in the file, PARLANCE_LIMITS_ROOMS in the environment. A name without a dot
/// stands below `[server]`.
struct Setting
{
    enum class Secrecy {
        Public,
        Secret, ///< the value is a secret
        SecretInUrl, ///< the value may be an address that contains a password
    };

    QString name;
    QString help; ///< one English sentence, without a full stop
    QString form; ///< what may be written, for people
    Secrecy secrecy = Secrecy::Public;
    QString idleBecause = {}; ///< why this version does nothing with it; empty: it has its effect

    /// Reads, checks and sets the value; on failure \a config is untouched. The error's field is the name,
    /// its detail reads on from the name ("must be …") and repeats no secret.
    std::function<Status(Config &config, const QString &text)> apply;
    /// What apply() reads back as the same value. Secrets included: see hidesValue().
    std::function<QString(const Config &config)> print;
    /// The check of apply() for the value that \a config has; the same errors.
    std::function<Status(const Config &config)> check;

    QString environmentName() const;
    QString iniSection() const;
    QString iniKey() const;
    /// Whether the value in \a config is a secret, or contains one, that must not be shown.
    bool hidesValue(const Config &config) const;
};

/// All settings, those of one section together. Built once; thread: any.
const QList<Setting> &settings();

/// Null when no setting has that name.
const Setting *findSetting(QStringView name);

/// Of all settings, for suggestions.
QStringList settingNames();

/// "there is no setting “x”", with the nearest name where one is near.
QString unknownSetting(QStringView name);

} // namespace Parlance
