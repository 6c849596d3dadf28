// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/rate.h"
#include "base/result.h"
#include "config/configfault.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <utility>

/// The types of value that the rows of settings() are made of.
namespace Parlance::SettingKinds {

/// How the values of one type are written and what they may be. Errors are ErrorCode::BadParameter, and
/// their detail reads on from the name of the setting.
template <typename T>
struct Kind
{
    QString form; ///< what may be written, for people
    std::function<Result<T>(const QString &)> parse; ///< the text comes trimmed; the value is not checked yet
    std::function<QString(const T &)> print; ///< what parse() reads back
    std::function<Status(const T &)> check;
};

/// Bounds are inclusive.
Kind<int> number(int least, int most);
/// 0 to 65535.
Kind<quint16> port();
Kind<qint64> size(qint64 least, qint64 most);
Kind<std::chrono::milliseconds> duration(std::chrono::milliseconds least, std::chrono::milliseconds most);
/// `off`, or at most a million in at most a day.
Kind<Rate> rate();
Kind<QString> text(const QString &form, Status (*check)(const QString &));
/// Values with commas between; an empty text is an empty list.
Kind<QStringList> list(const QString &form, Status (*check)(const QStringList &));

/// One of \a words.
template <typename E>
Kind<E> choice(std::initializer_list<std::pair<E, QLatin1StringView>> words)
{
    const QList<std::pair<E, QLatin1StringView>> table(words);
    QStringList names;
    for (const auto &[value, word] : table)
        names += word;
    const QString last = names.takeLast();
    const QString form = names.join(QStringLiteral(", ")) + QStringLiteral(" or ") + last;
    const auto parse = [table, form](const QString &written) -> Result<E> {
        for (const auto &[value, word] : table) {
            if (written == word)
                return value;
        }
        return Error {ErrorCode::BadParameter, QStringLiteral("must be %1, not %2").arg(form, shown(written))};
    };
    const auto print = [table](const E &value) -> QString {
        for (const auto &[known, word] : table) {
            if (known == value)
                return word;
        }
        return {};
    };
    return {form, parse, print, [](const E &) { return Status(); }};
}

} // namespace Parlance::SettingKinds
