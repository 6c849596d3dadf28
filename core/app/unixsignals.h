// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace Parlance {

/// SIGINT and SIGTERM as a Qt signal, in the event loop and not in the handler, where little is allowed
/// (signal-safety(7)). One per process.
class UnixSignals final : public QObject
{
    Q_OBJECT

public:
    explicit UnixSignals(QObject *parent = nullptr);

signals:
    void terminationRequested();

private:
    void onReadable();

    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace Parlance
