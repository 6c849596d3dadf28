// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatlog/logname.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr qsizetype kBytes = 200; ///< 255 is what file systems take; the rest is for what tells two rooms apart

QString encoded(QChar character)
{
    QString text;
    for (const char byte : QString(character).toUtf8())
        text += u'%' + QString::number(quint8(byte), 16).toUpper().rightJustified(2, u'0');
    return text;
}

/// Of Windows, which keeps these names for devices, with any ending.
bool isDevice(const QString &name)
{
    static const QRegularExpression device(u"^(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\\..*)?$"_s, QRegularExpression::CaseInsensitiveOption);
    return device.match(name).hasMatch();
}

bool isPlain(QChar character)
{
    return character.isLetterOrNumber() || character.isMark() || character.isSurrogate() || u" ._-"_s.contains(character);
}

} // namespace

QString folderNameOf(const RoomName &room)
{
    const QString text = room.text();
    const bool isReserved = isDevice(text);
    QString name;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar character = text.at(i);
        const bool isAtEdge = (i == 0 && isReserved) || (i == text.size() - 1 && character == u'.');
        name += isPlain(character) && !isAtEdge ? QString(character) : encoded(character);
    }
    while (name.toUtf8().size() > kBytes)
        name.chop(name.size() > 1 && name.back().isLowSurrogate() ? 2 : 1);
    return name;
}

QString LogFileName::text() const
{
    const QString start = date.toString(Qt::ISODate);
    return part == 1 ? start + u".jsonl"_s : u"%1.%2.jsonl"_s.arg(start).arg(part);
}

std::optional<LogFileName> LogFileName::parse(const QString &text)
{
    static const QRegularExpression pattern(u"^(\\d{4}-\\d{2}-\\d{2})(?:\\.([1-9]\\d{0,8}))?\\.jsonl$"_s);
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const LogFileName name {QDate::fromString(match.captured(1), Qt::ISODate), match.captured(2).isEmpty() ? 1 : match.captured(2).toInt()};
    return name.date.isValid() && name.text() == text ? std::optional(name) : std::nullopt;
}

} // namespace Parlance
