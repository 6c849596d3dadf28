// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/helptext.h"

#include "config/commandline.h"
#include "config/settings.h"

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr int kIndent = 28;
constexpr int kWidth = 80;

/// \a text broken between words, every line but the first indented.
QString wrapped(const QString &text)
{
    QString out;
    qsizetype column = kIndent;
    for (const QString &word : text.split(u' ')) {
        if (column > kIndent && column + 1 + word.size() > kWidth) {
            out += u'\n' + QString(kIndent, u' ');
            column = kIndent;
        } else if (column > kIndent) {
            out += u' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out;
}

QString optionText(const CommandOption &option)
{
    const QString head = u"  "_s + option.name + (option.valueName.isEmpty() ? QString() : u' ' + option.valueName);
    QString help = option.help;
    if (help.isEmpty()) {
        const Setting *setting = findSetting(option.setting);
        Q_ASSERT(setting);
        const QString usual = setting->print(Config());
        QStringList notes;
        if (!option.valueName.contains(u'|')) // which says already what it may be
            notes += setting->form;
        if (!usual.isEmpty())
            notes += u"default: "_s + usual;
        help = setting->help + u" (%1)"_s.arg(notes.join(u"; "_s));
    }
    // One blank at least between the option and its text, or the text starts a line of its own.
    const QString gap = head.size() < kIndent ? QString(kIndent - head.size(), u' ')
                                              : u'\n' + QString(kIndent, u' ');
    return head + gap + wrapped(help) + u'\n';
}

} // namespace

QString helpText(const QString &program, const QStringList &configFiles)
{
    QString out = u"Usage: %1 [options]\n\n"
                  "A self-hosted chat server: page, REST and WebSocket on one port.\n\nOptions:\n"_s.arg(program);
    for (const CommandOption &option : commandOptions())
        out += optionText(option);
    out += u"\nWhere settings come from, the later wins:\n"
           "  1. the defaults\n"
           "  2. one INI file: --config FILE, else PARLANCE_CONFIG, else the first of\n"_s;
    for (const QString &file : configFiles)
        out += u"       %1\n"_s.arg(file);
    out += u"  3. the environment: PARLANCE_PORT=8080, PARLANCE_LIMITS_ROOMS=50\n"
           "  4. the command line\n"
           "--print-config shows every setting by its name and with what it may be.\n"
           "\nExamples:\n"
           "  %1 --port 8080 --name \"Chess club\"\n"
           "  %1 --listen 127.0.0.1 --listen ::1\n"
           "  %1 --set limits.messages=20/10s --set history.replay=100\n"
           "  %1 --config parlanced.ini --check-config\n"
           "\nExit codes: 0 ended as asked, 1 failure, 2 bad option, 3 bad configuration,\n"
           "4 unreadable configuration file, 5 address in use, 6 cannot listen there,\n"
           "7 another server has the data, 8 data that cannot be used, 9 no database or\n"
           "no space for it.\n"_s.arg(program);
    return out;
}

} // namespace Parlance
