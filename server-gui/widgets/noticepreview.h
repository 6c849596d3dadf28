// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "admin/admintypes.h"

#include <QWidget>

namespace Parlance {

class PlainLabel;

/// A notice about as its readers will see it. Plain text only.
class NoticePreview final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(NoticePreview)

public:
    explicit NoticePreview(QWidget *parent = nullptr);

    void setNotice(const Notice &notice);
    QString heading() const;
    QString content() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Severity m_severity = Severity::Info;
    PlainLabel *m_heading;
    PlainLabel *m_content;
    PlainLabel *m_close;
};

} // namespace Parlance
