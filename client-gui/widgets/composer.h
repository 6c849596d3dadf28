// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QStringList>

#include <functional>

namespace Parlance::Client {

/// Where a message is written: Enter sends, Shift+Enter starts a line, and never sends what an input
/// method is still composing. Grows to six lines. Up and Down in an empty box recall what was sent; Tab
/// completes names and leaves when there is nothing to complete.
class Composer final : public QPlainTextEdit
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Composer)

public:
    static constexpr int kMaxLines = 6;
    static constexpr int kHistory = 50; ///< texts remembered
    static constexpr int kMaxChars = 60'000; ///< longer pastes are cut

    explicit Composer(QWidget *parent = nullptr);

    /// Where names to complete come from, at the moment of the key.
    void setNameSource(std::function<QStringList()> names) { m_names = std::move(names); }
    /// An input method is at work: Enter belongs to it.
    bool isComposing() const { return !m_preedit.isEmpty(); }
    /// The text was sent: remembers it for Up and empties the box.
    void takeSent();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void sendRequested();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void insertFromMimeData(const QMimeData *source) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool completeName();
    bool recall(int step);
    void fitHeight();

    std::function<QStringList()> m_names;
    QString m_preedit;
    QStringList m_history;
    qsizetype m_historyAt = 0; ///< m_history.size(): not recalling
    QString m_completionStem; ///< what was typed before the first Tab
    QString m_completed; ///< what the last Tab put there
    int m_completionAt = -1;
};

} // namespace Parlance::Client
