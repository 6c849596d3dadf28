// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/commandline.h"

#include "config/nearestname.h"
#include "config/settings.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

const CommandOption *findOption(const QString &name)
{
    const QList<CommandOption> &options = commandOptions();
    const auto found = std::find_if(options.cbegin(), options.cend(),
                                    [&name](const CommandOption &option) { return option.name == name; });
    return found == options.cend() ? nullptr : &*found;
}

QString unknownOption(const QString &name)
{
    const QString bare = name.sliced(name.startsWith("--"_L1) ? 2 : 1);
    if (findSetting(bare) && !findOption(u"--"_s + bare))
        return u"there is no such option; did you mean --set %1=VALUE?"_s.arg(bare);
    QStringList names;
    for (const CommandOption &option : commandOptions())
        names += option.name.sliced(2);
    const QString near = nearestName(bare, names);
    return near.isEmpty() ? u"there is no such option; --help lists all"_s
                          : u"there is no such option; did you mean --%1?"_s.arg(near);
}

/// Walks over the arguments once.
class CommandLineParser
{
public:
    explicit CommandLineParser(const QStringList &arguments) : m_arguments(arguments) {}

    CommandLine parse()
    {
        while (m_next < m_arguments.size())
            parseOne(m_arguments.at(m_next++));
        if (!m_listen.isEmpty())
            m_line.assignments.append({u"listen"_s, m_listen.join(u','), u"--listen"_s});
        return m_line;
    }

private:
    void parseOne(const QString &argument)
    {
        if (argument == "-h"_L1)
            return setMode(RunMode::Help);
        if (!argument.startsWith(u'-') || argument == "-"_L1)
            return fail(shown(argument), u"this is not an option"_s);
        const qsizetype sign = argument.indexOf(u'=');
        const QString name = sign < 0 ? argument : argument.first(sign);
        const CommandOption *option = findOption(name);
        if (!option)
            return fail(shown(name), unknownOption(name));
        if (option->valueName.isEmpty()) {
            if (sign >= 0)
                return fail(name, u"takes no value"_s);
            return takeFlag(name);
        }
        if (sign >= 0)
            return takeValue(*option, argument.sliced(sign + 1));
        // No value starts with two dashes: the value was forgotten and this is the next option.
        if (m_next == m_arguments.size() || m_arguments.at(m_next).startsWith("--"_L1))
            return fail(name, u"needs a value: %1 %2"_s.arg(name, option->valueName));
        takeValue(*option, m_arguments.at(m_next++));
    }

    void takeFlag(const QString &name)
    {
        if (name == "--help"_L1)
            setMode(RunMode::Help);
        else if (name == "--version"_L1)
            setMode(RunMode::Version);
        else if (name == "--print-config"_L1)
            setMode(RunMode::PrintConfig);
        else if (name == "--check-config"_L1)
            setMode(RunMode::CheckConfig);
    }

    void takeValue(const CommandOption &option, const QString &value)
    {
        if (option.name == "--config"_L1) {
            if (value.isEmpty())
                return fail(option.name, u"needs a file"_s);
            m_line.configFile = value;
        } else if (option.name == "--set"_L1) {
            takeSetting(value);
        } else if (option.name == "--listen"_L1) {
            m_listen.append(value);
        } else {
            m_line.assignments.append({option.setting, value, option.name});
        }
    }

    void takeSetting(const QString &text)
    {
        const qsizetype sign = text.indexOf(u'=');
        if (sign <= 0)
            return fail(u"--set"_s, u"needs NAME=VALUE, for example --set limits.rooms=50"_s);
        const QString name = text.first(sign).trimmed();
        if (!findSetting(name))
            return fail(u"--set"_s, unknownSetting(name));
        m_line.assignments.append({name, text.sliced(sign + 1), u"--set "_s + name});
    }

    void setMode(RunMode mode) { m_line.mode = std::max(m_line.mode, mode); }
    void fail(const QString &where, const QString &what)
    {
        m_line.faults.append({ConfigFault::Kind::Option, where, what});
    }

    const QStringList &m_arguments;
    qsizetype m_next = 0;
    QStringList m_listen;
    CommandLine m_line;
};

} // namespace

const QList<CommandOption> &commandOptions()
{
    static const QList<CommandOption> options {
        {u"--listen"_s, u"ADDRESS"_s, u"listen"_s,
         u"An IP address to listen on; may be given more than once (default: all, IPv4 and IPv6)"_s},
        {u"--port"_s, u"N"_s, u"port"_s, {}},
        {u"--name"_s, u"TEXT"_s, u"name"_s, {}},
        {u"--data-dir"_s, u"DIR"_s, u"data_dir"_s, {}},
        {u"--storage"_s, u"STORE"_s, u"storage"_s, {}},
        {u"--durability"_s, u"durable|fast"_s, u"durability"_s, {}},
        {u"--event-loop"_s, u"epoll|qt"_s, u"event_loop"_s, {}},
        {u"--log-format"_s, u"plain|json"_s, u"log.format"_s, {}},
        {u"--log-level"_s, u"LEVEL"_s, u"log.level"_s, {}},
        {u"--config"_s, u"FILE"_s, {}, u"Read this INI file instead of the usual one"_s},
        {u"--set"_s, u"NAME=VALUE"_s, {}, u"Set any setting by its name; may be given more than once"_s},
        {u"--check-config"_s, {}, {}, u"Say everything that is wrong with the configuration, and end"_s},
        {u"--print-config"_s, {}, {}, u"Print all settings as an INI file with explanations, and end"_s},
        {u"--version"_s, {}, {}, u"Print the version, and end"_s},
        {u"--help"_s, {}, {}, u"Print this text, and end"_s},
    };
    return options;
}

CommandLine parseCommandLine(const QStringList &arguments)
{
    return CommandLineParser(arguments).parse();
}

} // namespace Parlance
