// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/servercontrol.h"
#include "widgets/card.h"

class QListWidget;
class QPushButton;
class QSpinBox;
class QStackedLayout;

namespace Parlance {

class PlainLabel;
class QrCodeWidget;

/// How people reach the server: its addresses, one of them as a code; while it is stopped, the port and Start.
class JoinCard final : public Card
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(JoinCard)

public:
    /// \a control must outlive the card.
    explicit JoinCard(ServerControl &control, QWidget *parent = nullptr);

    /// The chosen address, empty while not running.
    QString url() const;
    /// People in all rooms; none is worth a word of help.
    void setPeople(int people);
    /// To where the fault of the last start is mended, as soon as the server has stopped.
    void focusPort();

signals:
    void largeCodeRequested();

private:
    QWidget *makeRunning();
    QWidget *makeStopped();
    void showState(ServerControl::State state);
    void refreshHint();

    ServerControl &m_control;
    QStackedLayout *m_stack;
    QListWidget *m_urls;
    QrCodeWidget *m_code;
    PlainLabel *m_hint;
    PlainLabel *m_stoppedText;
    QSpinBox *m_port;
    QPushButton *m_start;
    int m_people = 0;
    bool m_focusPort = false; ///< when it can be changed again
};

} // namespace Parlance
