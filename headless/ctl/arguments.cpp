// SPDX-License-Identifier: GPL-3.0-or-later
#include "headless/ctl/arguments.h"

#include "config/commandline.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

bool takesValue(const QString &option)
{
    const QList<CommandOption> &known = commandOptions();
    return std::any_of(known.cbegin(), known.cend(),
                       [&option](const CommandOption &each) { return each.name == option && !each.valueName.isEmpty(); });
}

/// Takes what follows an option, or stands behind its `=`.
class Values
{
public:
    explicit Values(const QStringList &arguments) : m_arguments(arguments) {}

    bool atEnd() const { return m_next >= m_arguments.size(); }
    /// The next word; of `--name=value` the name, and value() has the rest.
    QString word()
    {
        const QString text = m_arguments.at(m_next++);
        m_hasValue = text.startsWith(u"--"_s) && text.contains(u'=');
        m_value = m_hasValue ? text.section(u'=', 1) : QString();
        return m_hasValue ? text.section(u'=', 0, 0) : text;
    }
    QString value(QString &fault, const QString &option)
    {
        if (m_hasValue)
            return m_value;
        if (atEnd()) {
            fault = u"%1 needs a value"_s.arg(option);
            return {};
        }
        return m_arguments.at(m_next++);
    }

private:
    const QStringList &m_arguments;
    qsizetype m_next = 1;
    bool m_hasValue = false;
    QString m_value;
};

} // namespace

ControlArguments readControlArguments(const QStringList &arguments)
{
    ControlArguments read;
    read.server = arguments.mid(0, 1);
    Values values(arguments);
    while (!values.atEnd()) {
        const QString word = values.word();
        if (word == u"--help" || word == u"-h")
            read.wantsHelp = true;
        else if (word == u"--version")
            read.wantsVersion = true;
        else if (word == u"--force")
            read.isForced = true;
        else if (word == u"--strict")
            read.isStrict = true;
        else if (word == u"--quiet")
            read.isQuiet = true;
        else if (word == u"--json")
            read.wantsJson = true;
        else if (word == u"--room")
            read.rooms.append(values.value(read.fault, word));
        else if (word == u"--topic")
            read.topic = values.value(read.fault, word);
        else if (word == u"--slow-mode")
            read.slowMode = values.value(read.fault, word);
        else if (word == u"--frozen")
            read.frozen = values.value(read.fault, word);
        else if (word == u"--locked")
            read.locked = values.value(read.fault, word);
        else if (word == u"--format")
            read.format = values.value(read.fault, word);
        else if (word == u"--output" || word == u"-o")
            read.output = values.value(read.fault, word);
        else if (takesValue(word))
            read.server << word << values.value(read.fault, word);
        else if (word.startsWith(u'-') && word != u"-")
            read.fault = u"unknown option %1"_s.arg(word);
        else if (read.command.isEmpty())
            read.command = word;
        else
            read.operands.append(word);
    }
    return read;
}

QString controlHelp()
{
    return u"Usage: parlancectl [OPTIONS] COMMAND\n"
           "\n"
           "Looks after a Parlance server on this host and its data.\n"
           "\n"
           "  status          how the running server is\n"
           "  who             the rooms and who is in them\n"
           "  room NAME       what a room is set to; it need not have anybody in it\n"
           "      --topic TEXT    \"\" takes the topic away\n"
           "      --slow-mode S   seconds between two messages of one person; 0 ends it\n"
           "      --frozen on|off nobody says anything\n"
           "      --locked on|off nobody new comes in\n"
           "      --json          any of these as one JSON object\n"
           "  backup FILE     copy the database to FILE, as it is at this moment; the server may be running\n"
           "  restore FILE    put the backup FILE in the database's place; a running server pauses meanwhile.\n"
           "                  What was there before is kept beside it\n"
           "  export          write messages to standard output, or to --output FILE\n"
           "      --room R        of this room only; may be given more than once\n"
           "      --format F      jsonl (default), csv, or html: one page to read and search\n"
           "  import FILE     put messages in, one JSON object to a line as export writes them; - is standard\n"
           "                  input; a running server pauses meanwhile. What was imported before is left out\n"
           "      --strict        end at the first line that is no message\n"
           "  check           look whether the database is whole\n"
           "\n"
           "  --data-dir DIR, --storage S, --config FILE, --set NAME=VALUE\n"
           "                  where the data is: the same options, settings and files as parlanced has\n"
           "  --output FILE, -o FILE\n"
           "  --force         write over a FILE that is there\n"
           "  --quiet         no progress and no summary\n"
           "  --version, --help\n"
           "\n"
           "Run it as the user that the server runs as, or as root.\n"
           "Exit codes: 0 done; 1 failed, or check found something; 2 bad option; 7 a server has the data and\n"
           "does not let go of it; 8 the data cannot be used; 9 no server, no database, or no space.\n"_s;
}

} // namespace Parlance
