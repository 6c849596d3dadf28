// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/composer.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

Composer::Composer(QWidget *parent) : QPlainTextEdit(parent)
{
    setObjectName(u"composer"_s);
    setTabChangesFocus(true);
    setLineWrapMode(WidgetWidth);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    document()->setDocumentMargin(6);
    connect(this, &QPlainTextEdit::textChanged, this, &Composer::fitHeight);
    fitHeight();
}

QSize Composer::sizeHint() const
{
    const QMargins margins = contentsMargins();
    const int line = fontMetrics().lineSpacing();
    // QPlainTextDocumentLayout measures in lines, not in pixels.
    const int lines = std::clamp(int(document()->size().height()), 1, kMaxLines);
    const int high = lines * line + 2 * int(document()->documentMargin()) + margins.top() + margins.bottom();
    return {fontMetrics().averageCharWidth() * 30, high};
}

QSize Composer::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, sizeHint().height()};
}

void Composer::fitHeight()
{
    const int high = sizeHint().height();
    setVerticalScrollBarPolicy(document()->size().height() > kMaxLines ? Qt::ScrollBarAsNeeded
                                                                       : Qt::ScrollBarAlwaysOff);
    if (minimumHeight() != high || maximumHeight() != high) {
        setFixedHeight(high);
        updateGeometry();
    }
}

void Composer::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fitHeight();
}

void Composer::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fitHeight();
}

void Composer::takeSent()
{
    const QString text = toPlainText();
    if (m_history.isEmpty() || m_history.constLast() != text)
        m_history.append(text);
    if (m_history.size() > kHistory)
        m_history.removeFirst();
    m_historyAt = m_history.size();
    clear();
}

bool Composer::event(QEvent *event)
{
    // QWidget::event() turns Tab into a change of focus before keyPressEvent() could complete a name.
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Tab && key->modifiers() == Qt::NoModifier && completeName())
            return true;
    }
    return QPlainTextEdit::event(event);
}

void Composer::inputMethodEvent(QInputMethodEvent *event)
{
    m_preedit = event->preeditString();
    QPlainTextEdit::inputMethodEvent(event);
}

void Composer::insertFromMimeData(const QMimeData *source)
{
    if (source->hasText())
        insertPlainText(source->text().left(kMaxChars));
}

void Composer::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        event->accept();
        if (!isComposing())
            emit sendRequested();
        return;
    }
    if ((event->key() == Qt::Key_Up && recall(-1)) || (event->key() == Qt::Key_Down && recall(+1))) {
        event->accept();
        return;
    }
    m_completionAt = -1;
    QPlainTextEdit::keyPressEvent(event);
}

/// Only while the box is empty or shows what was recalled: else the keys move the cursor.
bool Composer::recall(int step)
{
    const QString shown = toPlainText();
    const bool recalling = m_historyAt < m_history.size() && shown == m_history.at(m_historyAt);
    const qsizetype wanted = (recalling ? m_historyAt : m_history.size()) + step;
    if (isComposing() || (!shown.isEmpty() && !recalling) || wanted < 0 || wanted > m_history.size())
        return false;
    if (!recalling && step > 0)
        return false;
    m_historyAt = wanted;
    setPlainText(m_history.value(wanted));
    moveCursor(QTextCursor::End);
    return true;
}

bool Composer::completeName()
{
    if (!m_names || isComposing() || textCursor().hasSelection())
        return false;
    QTextCursor cursor = textCursor();
    const QString before = cursor.block().text().left(cursor.positionInBlock());
    const bool again = m_completionAt >= 0 && before.endsWith(m_completed);

    qsizetype start = before.size() - m_completed.size();
    if (!again) {
        start = before.lastIndexOf(u' ') + 1;
        m_completionStem = before.mid(start);
        m_completionAt = -1;
        if (m_completionStem.startsWith(u'@')) {
            m_completionStem.remove(0, 1);
            ++start;
        }
    }
    if (m_completionStem.isEmpty())
        return false;
    QStringList matches;
    for (const QString &name : m_names()) {
        if (name.startsWith(m_completionStem, Qt::CaseInsensitive))
            matches.append(name);
    }
    if (matches.isEmpty())
        return false;
    m_completionAt = (m_completionAt + 1) % int(matches.size());
    m_completed = matches.at(m_completionAt) + (start == 0 ? ": "_L1 : " "_L1);
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(before.size() - start));
    cursor.insertText(m_completed);
    setTextCursor(cursor);
    return true;
}

} // namespace Parlance::Client
