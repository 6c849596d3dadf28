// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"
#include "base/result.h"

#include <QHash>
#include <QObject>

namespace Parlance {

class AdminService;

/// Turns the outcomes of actions into one sentence for each time that the operator pressed a button, also
/// where that made many actions.
class ActionReporter final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ActionReporter)

public:
    /// One action and whom or what it concerned.
    struct Part
    {
        ActionId action {};
        QString subject;
    };

    struct Texts
    {
        QString done; ///< all succeeded
        QString failed; ///< one or all failed; the reasons are appended
        QString notFound; ///< the reason where what it concerned is gone
    };

    /// \a admin must outlive the reporter.
    explicit ActionReporter(AdminService &admin, QObject *parent = nullptr);

    /// Reports as soon as all \a parts are finished. Returns the number under which the outcome will be told.
    int watch(const QList<Part> &parts, const Texts &texts);

signals:
    void succeeded(int job, const QString &text);
    void failed(int job, const QString &text);

private:
    struct Job
    {
        QHash<ActionId, QString> open; ///< what is not finished: subject by action
        QStringList failures;
        Texts texts;
    };

    void finish(ActionId action, const Status &outcome);
    void abandon();
    void conclude(int number);

    QHash<ActionId, int> m_jobOf;
    QHash<int, Job> m_jobs;
    int m_lastJob = 0;
};

} // namespace Parlance
