// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/configfault.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qsizetype kShownChars = 60;

bool hasKind(const QList<ConfigFault> &faults, ConfigFault::Kind kind)
{
    return std::any_of(faults.cbegin(), faults.cend(), [kind](const ConfigFault &f) { return f.kind == kind; });
}

} // namespace

QString describe(const ConfigFault &fault)
{
    return fault.where + ": "_L1 + fault.what;
}

ExitCode exitCodeFor(const QList<ConfigFault> &faults)
{
    if (faults.isEmpty())
        return ExitCode::Ok;
    if (hasKind(faults, ConfigFault::Kind::UnreadableFile))
        return ExitCode::UnreadableFile;
    return hasKind(faults, ConfigFault::Kind::Option) ? ExitCode::BadOption : ExitCode::BadConfig;
}

QString shown(QStringView text)
{
    QString out = text.left(kShownChars).toString();
    for (QChar &c : out) {
        if (!c.isPrint() && !c.isSurrogate())
            c = QChar::ReplacementCharacter;
    }
    if (text.size() > kShownChars)
        out += u'…';
    return u"“"_s + out + u"”"_s;
}

} // namespace Parlance
