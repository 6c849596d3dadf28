// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;
class QTimer;
class QToolButton;

namespace Parlance {

class PlainLabel;

/// One line above the content that says how something went, without standing in the way.
///
/// News goes by itself after some seconds; a failure stays until it is closed. Told to screen readers.
class MessageBar final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(MessageBar)

public:
    enum class Kind { News, Warning, Failure };
    Q_ENUM(Kind)

    explicit MessageBar(QWidget *parent = nullptr);

    /// Whether the reader may close it.
    void setClosable(bool closable);
    /// Replaces what is shown; but news never replaces a failure that nobody has closed.
    void tell(Kind kind, const QString &text);
    /// Takes back a message of \a kind that is no longer true.
    void dismiss(Kind kind);
    Kind kind() const { return m_kind; }
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind = Kind::News;
    PlainLabel *m_symbol;
    PlainLabel *m_text;
    QToolButton *m_close;
    QTimer *m_timer;
};

} // namespace Parlance
