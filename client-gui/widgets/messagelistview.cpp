// SPDX-License-Identifier: GPL-3.0-or-later
#include "client-gui/widgets/messagelistview.h"

#include "client-gui/chat/messagemodel.h"
#include "client-gui/widgets/lineicon.h"
#include "client-gui/widgets/messagedelegate.h"
#include "client-gui/widgets/messagepresenter.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Parlance::Client {

MessageListView::MessageListView(QWidget *parent)
    : QListView(parent)
    , m_presenter(new MessagePresenter(this))
    , m_delegate(new MessageDelegate(this))
    , m_newestButton(new QPushButton(viewport()))
{
    setAccessibleName(tr("Messages"));
    setModel(m_presenter);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setEditTriggers(NoEditTriggers);
    setResizeMode(Adjust);
    setMouseTracking(true);
    setUniformItemSizes(false);

    m_newestButton->setObjectName(u"newestButton"_s);
    m_newestButton->setIcon(lineIcon(LineShape::ArrowDown));
    m_newestButton->setCursor(Qt::ArrowCursor);
    m_newestButton->setFocusPolicy(Qt::TabFocus);
    m_newestButton->hide();
    connect(m_newestButton, &QPushButton::clicked, this, &MessageListView::goToNewest);

    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int, int maximum) {
        if (m_following)
            verticalScrollBar()->setValue(maximum);
    });
}

void MessageListView::setMessages(MessageModel *model)
{
    m_presenter->setSourceModel(model);
    goToNewest();
}

QString MessageListView::selectedText() const
{
    QModelIndexList rows = selectionModel()->selectedIndexes();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    if (rows.size() == 1)
        return rows.constFirst().data(Qt::DisplayRole).toString();
    QStringList lines;
    for (const QModelIndex &row : rows)
        lines << MessagePresenter::asLine(row);
    return lines.join(u'\n');
}

void MessageListView::copySelection()
{
    const QString text = selectedText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void MessageListView::goToNewest()
{
    m_following = true;
    m_newBelow = 0;
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    updateButton();
}

void MessageListView::rowsInserted(const QModelIndex &parent, int start, int end)
{
    QListView::rowsInserted(parent, start, end);
    const bool atEnd = end >= model()->rowCount() - 1;
    const bool own = atEnd
        && model()->index(end, 0).data(MessageModel::DeliveryRole).toInt() != int(MessageModel::Delivery::Sent);
    if (own) {
        goToNewest(); // who says something wants to see it
    } else if (!m_following && start > m_anchor.row()) {
        for (int row = start; row <= end; ++row) {
            if (model()->index(row, 0).data(MessageModel::KindRole).toInt() == int(MessageModel::Kind::Message))
                ++m_newBelow;
        }
        updateButton();
    }
}

void MessageListView::doItemsLayout()
{
    m_inLayout = true;
    QListView::doItemsLayout();
    m_inLayout = false;
    restoreAnchor();
}

void MessageListView::scrollContentsBy(int dx, int dy)
{
    QListView::scrollContentsBy(dx, dy);
    if (m_inLayout)
        return;
    const QScrollBar *bar = verticalScrollBar();
    m_following = bar->value() >= bar->maximum() - kFollowDistance;
    if (m_following)
        m_newBelow = 0;
    rememberAnchor();
    updateButton();
}

void MessageListView::rememberAnchor()
{
    const QModelIndex top = indexAt(QPoint(viewport()->width() / 2, 0));
    m_anchor = top;
    m_anchorOffset = top.isValid() ? visualRect(top).bottom() : 0;
}

void MessageListView::restoreAnchor()
{
    if (m_following) {
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
        return;
    }
    if (!m_anchor.isValid())
        return;
    const int moved = visualRect(m_anchor).bottom() - m_anchorOffset;
    if (moved != 0) {
        m_inLayout = true;
        verticalScrollBar()->setValue(verticalScrollBar()->value() + moved);
        m_inLayout = false;
    }
}

void MessageListView::updateButton()
{
    const bool wanted = !m_following;
    if (wanted) {
        m_newestButton->setText(m_newBelow == 0   ? tr("Newest")
                                : m_newBelow == 1 ? tr("1 new message")
                                                  : tr("%n new messages", nullptr, m_newBelow));
        m_newestButton->setAccessibleDescription(tr("Goes to the newest message"));
        m_newestButton->adjustSize();
        const QSize area = viewport()->size();
        m_newestButton->move((area.width() - m_newestButton->width()) / 2,
                             area.height() - m_newestButton->height() - 10);
    }
    m_newestButton->setVisible(wanted);
}

void MessageListView::fitWidth()
{
    m_delegate->setWidth(viewport()->width());
    updateButton();
}

void MessageListView::resizeEvent(QResizeEvent *event)
{
    fitWidth();
    QListView::resizeEvent(event);
    // QListView lays out anew only when its height changed; here the width decides about all heights.
    if (event->size().width() != event->oldSize().width())
        scheduleDelayedItemsLayout();
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void MessageListView::showEvent(QShowEvent *event)
{
    fitWidth();
    QListView::showEvent(event);
}

void MessageListView::changeEvent(QEvent *event)
{
    QListView::changeEvent(event);
    const QEvent::Type type = event->type();
    if (type == QEvent::FontChange || type == QEvent::StyleChange || type == QEvent::LanguageChange
        || type == QEvent::LayoutDirectionChange) {
        m_delegate->forget();
        scheduleDelayedItemsLayout();
    }
}

MessageHit MessageListView::hitAt(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    if (!index.isValid())
        return {};
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect = visualRect(index);
    return m_delegate->hit(option, index, position);
}

void MessageListView::activate(const QModelIndex &index, const MessageHit &hit)
{
    switch (hit.what) {
    case MessageHit::What::Nothing: break;
    case MessageHit::What::Link: emit linkActivated(hit.url); break;
    case MessageHit::What::Retry: emit retryRequested(index.data(MessageModel::CidRole).toString()); break;
    case MessageHit::What::Discard: emit discardRequested(index.data(MessageModel::CidRole).toString()); break;
    case MessageHit::What::ShowAll:
        emit showTextRequested(index.data(MessageModel::AuthorRole).toString(),
                               index.data(MessageModel::ContentRole).toString());
        break;
    }
}

void MessageListView::mouseMoveEvent(QMouseEvent *event)
{
    const bool hot = hitAt(event->position().toPoint()).what != MessageHit::What::Nothing;
    viewport()->setCursor(hot ? Qt::PointingHandCursor : Qt::ArrowCursor);
    QListView::mouseMoveEvent(event);
}

void MessageListView::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->position().toPoint();
    QListView::mousePressEvent(event);
}

void MessageListView::mouseReleaseEvent(QMouseEvent *event)
{
    QListView::mouseReleaseEvent(event);
    const QPoint position = event->position().toPoint();
    const bool click = (position - m_pressed).manhattanLength() < QApplication::startDragDistance();
    if (event->button() == Qt::LeftButton && click)
        activate(indexAt(position), hitAt(position));
}

void MessageListView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
        event->accept();
        return;
    }
    if (event->matches(QKeySequence::MoveToEndOfDocument) || event->key() == Qt::Key_End) {
        goToNewest();
        event->accept();
        return;
    }
    // Writing belongs into the composer: the window takes it from here.
    if (!event->text().isEmpty() && event->text().at(0).isPrint()
        && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
        event->ignore();
        return;
    }
    QListView::keyPressEvent(event);
}

void MessageListView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QString cid = index.data(MessageModel::CidRole).toString();
    const QString author = index.data(MessageModel::AuthorRole).toString();
    const QString text = index.data(Qt::DisplayRole).toString();
    const bool failed = index.data(MessageModel::DeliveryRole).toInt() == int(MessageModel::Delivery::Failed);

    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (failed) {
        menu->addAction(tr("Retry"), this, [this, cid] { emit retryRequested(cid); });
        menu->addAction(tr("Discard"), this, [this, cid] { emit discardRequested(cid); });
        menu->addSeparator();
    }
    menu->addAction(tr("Copy"), QKeySequence::Copy, this, &MessageListView::copySelection);
    const MessageHit hit = byKey ? MessageHit() : hitAt(event->pos());
    if (hit.what == MessageHit::What::Link) {
        menu->addAction(tr("Open link\u2026"), this, [this, url = hit.url] { emit linkActivated(url); });
        menu->addAction(tr("Copy link"), this,
                        [url = hit.url] { QGuiApplication::clipboard()->setText(url.toString(QUrl::FullyEncoded)); });
    } else if (byKey) {
        for (const TextLink &link : findLinks(text).mid(0, 9)) {
            menu->addAction(tr("Open %1\u2026").arg(link.url.host()), this,
                            [this, url = link.url] { emit linkActivated(url); });
        }
    }
    menu->addAction(tr("Select text\u2026"), this, [this, author, text] { emit showTextRequested(author, text); });
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

} // namespace Parlance::Client
