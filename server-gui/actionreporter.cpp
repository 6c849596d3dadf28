// SPDX-License-Identifier: GPL-3.0-or-later
#include "actionreporter.h"

#include "admin/adminservice.h"
#include "text/errortext.h"
#include "text/format.h"
#include "text/visibletext.h"

using namespace Qt::StringLiterals;

namespace Parlance {

ActionReporter::ActionReporter(AdminService &admin, QObject *parent) : QObject(parent)
{
    connect(&admin, &AdminService::finished, this, &ActionReporter::finish);
    connect(&admin, &AdminService::attachedChanged, this, [this](bool attached) {
        if (!attached)
            abandon();
    });
}

int ActionReporter::watch(const QList<Part> &parts, const Texts &texts)
{
    const int number = ++m_lastJob;
    Job job;
    job.texts = texts;
    for (const Part &part : parts) {
        job.open.insert(part.action, part.subject);
        m_jobOf.insert(part.action, number);
    }
    m_jobs.insert(number, job);
    return number;
}

void ActionReporter::finish(ActionId action, const Status &outcome)
{
    const int number = m_jobOf.take(action);
    const auto it = m_jobs.find(number);
    if (it == m_jobs.end())
        return;
    const QString subject = it->open.take(action);
    if (!outcome) {
        const ErrorCode code = outcome.error().code;
        const QString reason = code == ErrorCode::NotFound ? it->texts.notFound : errorText(code);
        it->failures.append(subject.isEmpty() ? reason : tr("%1: %2").arg(subject, reason));
    }
    if (it->open.isEmpty())
        conclude(number);
}

void ActionReporter::abandon()
{
    m_jobOf.clear();
    const QList<int> numbers = m_jobs.keys();
    for (const int number : numbers) {
        Job &job = m_jobs[number];
        for (const QString &subject : std::as_const(job.open)) {
            const QString reason = tr("The server stopped before it answered.");
            job.failures.append(subject.isEmpty() ? reason : tr("%1: %2").arg(subject, reason));
        }
        conclude(number);
    }
}

void ActionReporter::conclude(int number)
{
    const Job job = m_jobs.take(number);
    if (job.failures.isEmpty()) {
        emit succeeded(number, job.texts.done);
        return;
    }
    constexpr int kNamed = 3;
    QStringList named = job.failures.first(qMin<qsizetype>(kNamed, job.failures.size()));
    if (job.failures.size() > kNamed)
        named.append(tr("and %1 more.").arg(Format::count(quint64(job.failures.size() - kNamed))));
    emit failed(number, job.texts.failed + u' ' + named.join(u' '));
}

} // namespace Parlance
