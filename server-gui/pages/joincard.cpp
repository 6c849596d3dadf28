// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/joincard.h"

#include "text/format.h"
#include "widgets/icons.h"
#include "widgets/plainlabel.h"
#include "widgets/qrcodewidget.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedLayout>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Parlance {

JoinCard::JoinCard(ServerControl &control, QWidget *parent)
    : Card(parent), m_control(control), m_stack(new QStackedLayout(this)), m_urls(new QListWidget),
      m_code(new QrCodeWidget), m_hint(new PlainLabel), m_stoppedText(new PlainLabel), m_port(new QSpinBox),
      m_start(new QPushButton(icon(Glyph::Start), tr("&Start Server")))
{
    m_stack->addWidget(makeRunning());
    m_stack->addWidget(makeStopped());
    connect(&m_control, &ServerControl::stateChanged, this, &JoinCard::showState);
    showState(m_control.state());
}

QWidget *JoinCard::makeRunning()
{
    auto *page = new QWidget;
    const int line = fontMetrics().height();
    m_code->setObjectName(u"code"_s);
    m_code->setFixedSize(line * 12, line * 12);
    m_urls->setObjectName(u"urls"_s);
    m_urls->setAccessibleName(tr("Addresses"));
    m_urls->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_urls->setTextElideMode(Qt::ElideMiddle);
    m_urls->setFixedHeight(line * 5);
    auto *title = new PlainLabel(tr("&Addresses of the chat"));
    title->setBuddy(m_urls);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    m_hint->setObjectName(u"joinHint"_s);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);

    auto *copy = new QPushButton(icon(Glyph::Copy), tr("Co&py"));
    copy->setObjectName(u"copyUrl"_s);
    copy->setToolTip(tr("Copies the address to the clipboard"));
    auto *open = new QPushButton(icon(Glyph::Open), tr("&Open"));
    open->setObjectName(u"openUrl"_s);
    open->setToolTip(tr("Opens the chat page in your browser"));
    auto *large = new QPushButton(icon(Glyph::Code), tr("&Large Code"));
    large->setObjectName(u"largeCode"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(copy);
    buttons->addWidget(open);
    buttons->addWidget(large);
    buttons->addStretch();
    auto *right = new QVBoxLayout;
    right->addWidget(title);
    right->addWidget(m_urls);
    right->addLayout(buttons);
    right->addWidget(m_hint);
    right->addStretch();
    auto *layout = new QHBoxLayout(page);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(16);
    layout->addWidget(m_code, 0, Qt::AlignTop);
    layout->addLayout(right, 1);

    connect(m_urls, &QListWidget::currentTextChanged, m_code, &QrCodeWidget::setText);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(url()); });
    connect(open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl(url())); });
    connect(large, &QPushButton::clicked, this, &JoinCard::largeCodeRequested);
    return page;
}

QWidget *JoinCard::makeStopped()
{
    auto *page = new QWidget;
    m_stoppedText->setObjectName(u"stoppedText"_s);
    QFont large = m_stoppedText->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    m_stoppedText->setFont(large);
    auto *explanation = new PlainLabel(tr("Nobody can reach the chat. Start it to get addresses and a join code."));
    explanation->setWordWrap(true);
    auto *label = new PlainLabel(tr("&Port:"));
    label->setBuddy(m_port);
    m_port->setObjectName(u"port"_s);
    m_port->setRange(0, 65535);
    m_port->setSpecialValueText(tr("any free"));
    m_port->setAccelerated(true);
    m_port->setAccessibleName(tr("Port"));
    m_start->setObjectName(u"startHere"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_port);
    row->addSpacing(fontMetrics().height());
    row->addWidget(m_start);
    row->addStretch();
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->addWidget(m_stoppedText);
    layout->addWidget(explanation);
    layout->addSpacing(fontMetrics().height());
    layout->addLayout(row);
    layout->addStretch();

    connect(m_port, &QSpinBox::valueChanged, this, [this](int port) { m_control.setPort(quint16(port)); });
    connect(m_start, &QPushButton::clicked, &m_control, &ServerControl::start);
    return page;
}

QString JoinCard::url() const
{
    const QListWidgetItem *item = m_urls->currentItem();
    return item ? item->text() : QString();
}

void JoinCard::setPeople(int people)
{
    m_people = people;
    refreshHint();
}

void JoinCard::focusPort()
{
    m_focusPort = !m_port->isEnabled();
    m_port->setFocus();
    m_port->selectAll();
}

void JoinCard::showState(ServerControl::State state)
{
    const bool running = state == ServerControl::State::Running;
    const bool stopped = state == ServerControl::State::Stopped;
    if (running) {
        m_urls->clear();
        m_urls->addItems(m_control.urls());
        m_urls->setCurrentRow(0);
    } else if (stopped) {
        m_urls->clear();
        const QSignalBlocker quiet(m_port);
        m_port->setValue(m_control.port());
    }
    m_stoppedText->setText(stopped                                       ? tr("The server is stopped")
                               : state == ServerControl::State::Starting ? tr("The server is starting…")
                                                                         : tr("The server is stopping…"));
    m_port->setEnabled(stopped);
    m_start->setEnabled(stopped);
    if (stopped && m_focusPort)
        focusPort();
    m_stack->setCurrentIndex(running ? 0 : 1);
    refreshHint();
}

void JoinCard::refreshHint()
{
    m_hint->setText(m_people == 0 ? tr("Nobody is here yet. Show this code or send the address.")
                                  : tr("Here now: %1").arg(Format::people(m_people)));
}

} // namespace Parlance
