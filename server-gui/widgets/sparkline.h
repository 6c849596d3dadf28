// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace Parlance {

/// A curve of the last minutes, one value a second, with its highest value beside it.
class Sparkline final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Sparkline)

public:
    static constexpr int kMaxSamples = 300;

    /// \a title names the curve for a screen reader.
    explicit Sparkline(const QString &title, QWidget *parent = nullptr);

    void append(double value);
    void clear();
    /// Shows the newest \a seconds, 10 to kMaxSamples.
    void setSpan(int seconds);
    int span() const { return m_span; }
    /// Oldest first; no more than kMaxSamples.
    const QList<double> &samples() const { return m_samples; }
    /// The highest value shown.
    double peak() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    QString m_title;
    QList<double> m_samples;
    int m_span = 60;
};

} // namespace Parlance
