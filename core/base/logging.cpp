// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <atomic>
#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Parlance {

Q_LOGGING_CATEGORY(lcApp, "parlance.app")
Q_LOGGING_CATEGORY(lcNet, "parlance.net")
Q_LOGGING_CATEGORY(lcChat, "parlance.chat")
Q_LOGGING_CATEGORY(lcStore, "parlance.store")

namespace {

constexpr qsizetype kMaxText = 2000; ///< code points
std::atomic<LogFormat> s_format {LogFormat::Plain};

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return "debug";
    case QtInfoMsg: return "info";
    case QtWarningMsg: return "warning";
    case QtCriticalMsg: return "error";
    case QtFatalMsg: return "fatal";
    }
    return "info";
}

QString escaped(const QString &text)
{
    QString out;
    out.reserve(qMin(text.size(), 2 * kMaxText));
    qsizetype count = 0;
    qsizetype end = text.size();
    while (end > 0 && text.at(end - 1) == u'\n') // as database servers end what they say
        --end;
    for (qsizetype i = 0; i < end && count < kMaxText; ++i, ++count) {
        const QChar c = text.at(i);
        const char16_t u = c.unicode();
        if (u < 0x20 || u == 0x7F || (u >= 0x80 && u < 0xA0) || u == 0x2028 || u == 0x2029) {
            out += u"\\u%1"_s.arg(uint(u), 4, 16, QChar(u'0'));
        } else if (c.isHighSurrogate() && i + 1 < end && text.at(i + 1).isLowSurrogate()) {
            out += c;
            out += text.at(++i);
        } else {
            out += c.isSurrogate() ? QChar(QChar::ReplacementCharacter) : c;
        }
    }
    return out;
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    // Qt's driver says so of each prepared statement when the connection to PostgreSQL is gone, which is said elsewhere.
    if (type == QtWarningMsg && text.startsWith("Unable to free statement"_L1))
        return;
    const QByteArray line = formatLogLine(s_format.load(), type, context.category, text) + '\n';
    // One write per line, so that lines of several threads do not mix.
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
    std::fflush(stderr);
}

} // namespace

QByteArray formatLogLine(LogFormat format, QtMsgType type, const char *category, const QString &text)
{
    const QString time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    QString name = QString::fromLatin1(category && std::strcmp(category, "default") != 0 ? category : "qt");
    if (name.startsWith("parlance."_L1))
        name.remove(0, 9);
    if (format == LogFormat::Json) {
        const QJsonObject object {{u"time"_s, time},
                                  {u"level"_s, QString::fromLatin1(levelName(type))},
                                  {u"category"_s, name},
                                  {u"message"_s, escaped(text)}};
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }
    return u"%1 %2 %3 %4"_s
        .arg(time, QString::fromLatin1(levelName(type)).leftJustified(7), name.leftJustified(5), escaped(text))
        .toUtf8();
}

void installLogging(LogFormat format, LogLevel level)
{
    s_format = format;
    QString rules = u"qt.httpserver*.debug=false\n"_s; // they print whole headers, Authorization included
    rules += u"parlance.*.debug=%1\n"_s.arg(level == LogLevel::Debug ? "true"_L1 : "false"_L1);
    rules += u"parlance.*.info=%1\n"_s.arg(level <= LogLevel::Info ? "true"_L1 : "false"_L1);
    rules += u"*.warning=%1\n"_s.arg(level <= LogLevel::Warning ? "true"_L1 : "false"_L1);
    QLoggingCategory::setFilterRules(rules);
    qInstallMessageHandler(writeLine);
}

} // namespace Parlance
