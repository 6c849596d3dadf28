// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QToolButton;

namespace Parlance::Client {

class PlainLabel;

/// A strip with a sentence, at most one button and, where it may be put away, a cross. A coloured edge
/// says how serious it is, and so does the sentence.
class Bar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Bar)

public:
    enum class Tone { Calm, Warning, Danger };

    explicit Bar(QWidget *parent = nullptr);

    void setText(const QString &text);
    /// \a spoken is for screen readers: what counts down in \a text is not told again each second.
    void setText(const QString &text, const QString &spoken);
    QString text() const;
    /// Empty: no button.
    void setAction(const QString &text, bool enabled = true);
    void setTone(Tone tone);
    void setDismissable(bool dismissable);
    QPushButton *actionButton() const { return m_action; }
    QToolButton *dismissButton() const { return m_dismiss; }

signals:
    void actionTriggered();
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PlainLabel *m_label;
    QPushButton *m_action;
    QToolButton *m_dismiss;
    Tone m_tone = Tone::Calm;
};

} // namespace Parlance::Client
