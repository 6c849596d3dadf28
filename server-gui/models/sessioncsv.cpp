// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sessioncsv.h"

#include <QDateTime>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

QString cell(QString text)
{
    static const QString kFormulaStarts = u"=+-@\t\r"_s;
    if (!text.isEmpty() && kFormulaStarts.contains(text.front()))
        text.prepend(u'\'');
    text.replace(u'"', u"\"\""_s);
    return u'"' + text + u'"';
}

QString line(const QStringList &cells)
{
    return cells.join(u',') + u"\r\n"_s;
}

} // namespace

QString sessionsAsCsv(const QList<SessionInfo> &sessions)
{
    QString csv = line({u"name"_s, u"room"_s, u"kind"_s, u"agent"_s, u"address"_s, u"since"_s, u"messages"_s});
    for (const SessionInfo &session : sessions) {
        const QDateTime since = QDateTime::fromMSecsSinceEpoch(session.since).toUTC();
        csv += line({cell(session.user.text()), cell(session.room.text()),
                     session.kind == ClientKind::Parlance ? u"parlance"_s : u"plain"_s, cell(session.agent),
                     cell(session.address), since.toString(Qt::ISODateWithMs), QString::number(session.messages)});
    }
    return csv;
}

} // namespace Parlance
