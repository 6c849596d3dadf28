// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/names.h"
#include "dialogs/reasondialog.h"

#include <chrono>

namespace Parlance {

/// Somebody in a room: what a kick removes, with all of their windows.
struct Presence
{
    RoomName room;
    UserName user;
    friend bool operator==(const Presence &, const Presence &) = default;
};

/// Asks why somebody is removed and when they may come back.
class KickDialog final : public ReasonDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(KickDialog)

public:
    /// \a targets has no doubles and at least one member; \a rejoinAfter is what is chosen at first.
    KickDialog(const QList<Presence> &targets, std::chrono::milliseconds rejoinAfter, QWidget *parent = nullptr);

    std::chrono::milliseconds rejoinAfter() const;

private:
    int indexOf(std::chrono::milliseconds time);
    static QStringList presets();
    static Texts textsFor(const QList<Presence> &targets);

    QComboBox *m_rejoin;
};

} // namespace Parlance
