// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/iniprinter.h"

#include "config/inireader.h"
#include "config/settings.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

QString printSetting(const Setting &setting, const Config &config, Secrets secrets)
{
    const QString usual = setting.print(Config());
    QString out = u"\n# %1.\n# %2. Default: %3.\n"_s.arg(setting.help, setting.form,
                                                         usual.isEmpty() ? u"empty"_s : usual);
    if (secrets == Secrets::Hidden && setting.hidesValue(config))
        return out + u"# %1 is set, its value is not shown\n"_s.arg(setting.iniKey());
    const QString value = iniValue(setting.print(config));
    out += setting.iniKey() + " ="_L1;
    if (!value.isEmpty())
        out += u' ' + value;
    return out + u'\n';
}

} // namespace

QString printIni(const Config &config, Secrets secrets)
{
    QString out = u"# Configuration of a Parlance server.\n"_s;
    QString section;
    for (const Setting &setting : settings()) {
        if (setting.iniSection() != section) {
            section = setting.iniSection();
            out += u"\n[%1]\n"_s.arg(section);
        }
        out += printSetting(setting, config, secrets);
    }
    return out;
}

} // namespace Parlance
