// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/incident.h"

#include <QRandomGenerator>

#include <exception>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

QString currentException()
{
    try {
        throw;
    } catch (const std::exception &exception) {
        return QString::fromUtf8(exception.what());
    } catch (...) {
        return u"something that is no std::exception"_s;
    }
}

} // namespace

Error reportIncident(const QLoggingCategory &category, const char *what)
{
    const QString number = u"%1"_s.arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0'));
    qCCritical(category).noquote() << "incident" << number << "-" << what << "failed:" << currentException();
    return {ErrorCode::Internal, u"the server made a mistake; its log tells more under incident %1"_s.arg(number)};
}

} // namespace Parlance
