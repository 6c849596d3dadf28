// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/loader.h"

#include "config/inireader.h"
#include "config/nearestname.h"
#include "config/settings.h"
#include "config/validator.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qint64 kMaxFileBytes = 1024 * 1024;
constexpr auto kEnvironmentPrefix = "PARLANCE_"_L1;
constexpr auto kConfigVariable = "PARLANCE_CONFIG"_L1;

Result<QByteArray> readFile(const QString &path)
{
    if (QFileInfo(path).isDir())
        return Error {ErrorCode::NotFound, u"cannot be read: it is a directory"_s};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error {ErrorCode::NotFound, u"cannot be read: "_s + file.errorString()};
    QByteArray bytes = file.read(kMaxFileBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return Error {ErrorCode::NotFound, u"cannot be read: "_s + file.errorString()};
    if (bytes.size() > kMaxFileBytes)
        return Error {ErrorCode::TooLarge, u"is larger than 1MiB: this is not a configuration file"_s};
    return bytes;
}

QString unknownVariable(const QString &name)
{
    QStringList names {kConfigVariable};
    for (const Setting &setting : settings())
        names += setting.environmentName();
    const QString near = nearestName(name, names);
    const QString fault = u"is not a setting and is not looked at"_s;
    return near.isEmpty() ? fault : fault + u"; did you mean %1?"_s.arg(near);
}

/// Applies one source after the other and remembers who set what.
class Assembler
{
public:
    explicit Assembler(const ConfigSources &sources) : m_sources(sources) {}

    LoadedConfig run()
    {
        const CommandLine line = parseCommandLine(m_sources.arguments);
        m_loaded.mode = line.mode;
        if (line.mode == RunMode::Help || line.mode == RunMode::Version)
            return std::move(m_loaded);
        m_loaded.file = configFile(line);
        if (!m_loaded.file.isEmpty())
            applyFile();
        applyEnvironment();
        m_loaded.faults += line.faults;
        for (const Assignment &assignment : line.assignments) {
            const QString fault = apply(assignment.setting, assignment.value, assignment.where);
            if (!fault.isEmpty())
                m_loaded.faults.append({ConfigFault::Kind::Option, assignment.where, fault});
        }
        applyRules();
        warnOfIdle();
        return std::move(m_loaded);
    }

private:
    QString configFile(const CommandLine &line) const
    {
        if (line.configFile)
            return *line.configFile;
        if (const QString named = m_sources.environment.value(kConfigVariable); !named.isEmpty())
            return named;
        const auto found = std::find_if(m_sources.configFiles.cbegin(), m_sources.configFiles.cend(),
                                        [](const QString &path) { return QFileInfo::exists(path); });
        return found == m_sources.configFiles.cend() ? QString() : *found;
    }

    /// What is wrong with the value; empty: it was set.
    QString apply(const QString &name, const QString &value, const QString &where)
    {
        const Setting *setting = findSetting(name);
        Q_ASSERT(setting);
        if (const Status done = setting->apply(m_loaded.config, value); !done) {
            m_faulty.insert(name);
            return name + u' ' + done.error().detail;
        }
        m_origins.insert(name, where);
        return {};
    }

    QString lineOf(int line) const { return u"%1:%2"_s.arg(m_loaded.file).arg(line); }

    void applyFile()
    {
        const Result<QByteArray> bytes = readFile(m_loaded.file);
        if (!bytes) {
            m_loaded.faults.append({ConfigFault::Kind::UnreadableFile, m_loaded.file, bytes.error().detail});
            return;
        }
        const IniDocument document = readIni(bytes.value());
        QList<IniFault> faults = document.faults;
        for (const IniEntry &entry : document.entries) {
            if (faults.size() >= kMaxIniFaults)
                break;
            if (const QString fault = applyEntry(entry); !fault.isEmpty())
                faults.append({entry.line, fault});
        }
        std::stable_sort(faults.begin(), faults.end(),
                         [](const IniFault &a, const IniFault &b) { return a.line < b.line; });
        for (const IniFault &fault : std::as_const(faults))
            m_loaded.faults.append({ConfigFault::Kind::Setting, lineOf(fault.line), fault.what});
    }

    QString applyEntry(const IniEntry &entry)
    {
        const bool top = entry.section.isEmpty() || entry.section == "server"_L1;
        const QString name = top ? entry.key : entry.section + u'.' + entry.key;
        if (!findSetting(name))
            return unknownSetting(name);
        if (const int first = m_lines.value(name); first > 0)
            return u"%1 is set again, line %2 has set it already"_s.arg(name).arg(first);
        m_lines.insert(name, entry.line);
        return apply(name, entry.value, lineOf(entry.line));
    }

    void applyEnvironment()
    {
        QSet<QString> known {kConfigVariable};
        for (const Setting &setting : settings()) {
            const QString variable = setting.environmentName();
            known.insert(variable);
            const QString value = m_sources.environment.value(variable);
            if (value.isEmpty())
                continue;
            if (const QString fault = apply(setting.name, value, variable); !fault.isEmpty())
                m_loaded.faults.append({ConfigFault::Kind::Setting, variable, fault});
        }
        QStringList variables = m_sources.environment.keys();
        variables.sort();
        // Only a warning: a container platform may put variables of this prefix there by itself.
        for (const QString &variable : std::as_const(variables)) {
            if (variable.startsWith(kEnvironmentPrefix) && !known.contains(variable))
                m_loaded.warnings.append({ConfigFault::Kind::Setting, variable, unknownVariable(variable)});
        }
    }

    void applyRules()
    {
        for (const Violation &violation : validate(m_loaded.config)) {
            // A setting with a faulty value still has an earlier one, which nobody asked to be combined.
            const bool spoilt = std::any_of(violation.settings.cbegin(), violation.settings.cend(),
                                            [this](const QString &name) { return m_faulty.contains(name); });
            if (!spoilt)
                m_loaded.faults.append({ConfigFault::Kind::Setting, whereSet(violation.settings), violation.what});
        }
    }

    /// Who sets something expects that something follows.
    void warnOfIdle()
    {
        for (const Setting &setting : settings()) {
            if (setting.idleBecause.isEmpty() || setting.print(m_loaded.config) == setting.print(Config()))
                continue;
            m_loaded.warnings.append({ConfigFault::Kind::Setting, whereSet({setting.name}),
                                      u"%1 has no effect in this version: %2"_s.arg(setting.name, setting.idleBecause)});
        }
    }

    /// Where the settings were written, those with their defaults apart.
    QString whereSet(const QStringList &names) const
    {
        QStringList places;
        for (const QString &name : names) {
            if (m_origins.contains(name))
                places += m_origins.value(name);
        }
        return places.isEmpty() ? names.join(u", "_s) : places.join(u", "_s);
    }

    const ConfigSources &m_sources;
    LoadedConfig m_loaded;
    QSet<QString> m_faulty;
    QHash<QString, QString> m_origins;
    QHash<QString, int> m_lines; ///< of the file, by setting
};

} // namespace

QStringList defaultConfigFiles()
{
    return {QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + "/parlance/parlanced.ini"_L1,
            u"/etc/parlance/parlanced.ini"_s};
}

ConfigSources processSources(const QStringList &arguments)
{
    return {arguments.mid(1), QProcessEnvironment::systemEnvironment(), defaultConfigFiles()};
}

LoadedConfig loadConfig(const ConfigSources &sources)
{
    return Assembler(sources).run();
}

} // namespace Parlance
