// SPDX-License-Identifier: GPL-3.0-or-later
#include "admin/adminfeed.h"
#include "admin/localadmin.h"
#include "core/model/chatfixture.h"

#include <QSemaphore>
#include <QTest>
#include <QThread>

#include <memory>

using namespace Parlance;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The console's service, with the chat in a hub thread of its own.
class TestLocalAdmin : public QObject
{
    Q_OBJECT

private slots:
    void bindBringsASnapshot();
    void changesArriveHere();
    void outcomesInOrder();
    void actionsReachTheChat();
    void notBound();
    void unbindFailsWhatIsOutstanding();
    void nothingAfterUnbind();
    void unbindDetachesTheFeed();
    void rebind();
    void bindToAnotherWithoutUnbind();
    void actionInsideFinished();
    void goneBeforeTheAnswer();
    void feedInThisThread();
};

namespace {

const QString kGeneral = u"general"_s;

/// A chat and its feed in another thread.
class Hub
{
public:
    explicit Hub(const QString &name)
    {
        m_worker.moveToThread(&m_thread);
        m_thread.start();
        run([this, name] {
            m_chat = std::make_unique<Chat>();
            m_feed = std::make_unique<AdminFeed>(m_chat->manager, m_chat->clock,
                                                 AdminFeed::Surroundings {name, {}, {}, {}});
        });
    }
    ~Hub()
    {
        m_gate.release(1000);
        run([this] {
            m_feed.reset();
            m_chat.reset();
        });
        m_thread.quit();
        m_thread.wait();
    }

    AdminFeed *feed() { return m_feed.get(); }
    Chat &chat() { return *m_chat; } ///< only inside run()
    /// Runs \a work over there and waits for it.
    template <typename Work>
    void run(Work work)
    {
        QMetaObject::invokeMethod(&m_worker, work, Qt::BlockingQueuedConnection);
    }
    /// Keeps the thread busy until release().
    void block()
    {
        QMetaObject::invokeMethod(&m_worker, [this] { m_gate.acquire(); }, Qt::QueuedConnection);
    }
    void release() { m_gate.release(); }

private:
    QThread m_thread;
    QObject m_worker;
    QSemaphore m_gate;
    std::unique_ptr<Chat> m_chat;
    std::unique_ptr<AdminFeed> m_feed;
};

/// A LocalAdmin and everything that it said.
struct Desk
{
    Desk()
    {
        LocalAdmin *from = admin.get();
        QObject::connect(from, &AdminService::attachedChanged, from,
                         [this](bool on) { lines.append(on ? u"attached"_s : u"detached"_s); });
        QObject::connect(from, &AdminService::snapshot, from, [this](const AdminSnapshot &shot) {
            here = here && QThread::currentThread() == qApp->thread();
            lines.append(u"snapshot of "_s + shot.serverName);
        });
        QObject::connect(from, &AdminService::changed, from, [this](const AdminBatch &batch) {
            here = here && QThread::currentThread() == qApp->thread();
            for (const Coming &coming : batch.comings)
                lines.append(coming.user.text() + (coming.joined ? u" came"_s : u" left"_s));
        });
        QObject::connect(from, &AdminService::finished, from, [this](ActionId id, const Status &outcome) {
            here = here && QThread::currentThread() == qApp->thread();
            const QByteArrayView name = errorName(outcome ? ErrorCode::None : outcome.error().code);
            lines.append(u"%1 %2"_s.arg(quint64(id)).arg(QString::fromLatin1(name)));
        });
    }
    /// Until everything that \a hub has sent so far has arrived.
    void settle(Hub &hub)
    {
        hub.run([] {});
        bool arrived = false;
        QObject context;
        hub.run([&context, &arrived] { QMetaObject::invokeMethod(&context, [&arrived] { arrived = true; }); });
        QTRY_VERIFY(arrived);
    }
    QStringList news() { return std::exchange(lines, {}); }

    QStringList lines;
    bool here = true; ///< all of it in the thread of the service
    std::unique_ptr<LocalAdmin> admin = std::make_unique<LocalAdmin>(); ///< goes first, for it says goodbye
};

} // namespace

void TestLocalAdmin::bindBringsASnapshot()
{
    Hub hub(u"one"_s);
    Desk desk;
    QVERIFY(!desk.admin->isAttached());
    desk.admin->bind(hub.feed());
    QVERIFY(desk.admin->isAttached());
    QCOMPARE(desk.news(), QStringList {u"attached"_s});
    desk.settle(hub);
    QCOMPARE(desk.news(), QStringList {u"snapshot of one"_s});
    QVERIFY(desk.here);
}

void TestLocalAdmin::changesArriveHere()
{
    Hub hub(u"one"_s);
    Desk desk;
    desk.admin->bind(hub.feed());
    desk.settle(hub);
    desk.news();
    hub.run([&hub] { hub.chat().join(u"anna"_s); });
    QTRY_COMPARE(desk.lines, QStringList {u"anna came"_s});
    QVERIFY(desk.here);
}

void TestLocalAdmin::outcomesInOrder()
{
    Hub hub(u"one"_s);
    hub.run([&hub] { hub.chat().join(u"anna"_s); });
    Desk desk;
    desk.admin->bind(hub.feed());
    desk.settle(hub);
    desk.news();
    hub.block();
    QStringList expected;
    for (int i = 0; i < 100; ++i) {
        ActionId id {};
        if (i % 3 == 0) {
            id = desk.admin->notice({u"cake"_s}, {});
            expected.append(u"%1 none"_s.arg(quint64(id)));
        } else if (i % 3 == 1) {
            id = desk.admin->notice({u""_s}, {});
            expected.append(u"%1 empty"_s.arg(quint64(id)));
        } else {
            id = desk.admin->kick(roomName(kGeneral), userName(u"nobody"_s), {}, 0s);
            expected.append(u"%1 not_found"_s.arg(quint64(id)));
        }
    }
    QVERIFY(desk.lines.isEmpty());
    hub.release();
    desk.settle(hub);
    QCOMPARE(desk.news(), expected);
    QVERIFY(desk.here);
}

void TestLocalAdmin::actionsReachTheChat()
{
    Hub hub(u"one"_s);
    hub.run([&hub] {
        hub.chat().join(u"anna"_s);
        hub.chat().join({u"ben"_s, {}, {}, u"tea"_s});
        hub.chat().news();
    });
    Desk desk;
    desk.admin->bind(hub.feed());
    desk.admin->kick(roomName(kGeneral), userName(u"anna"_s), u"spam"_s, 5s);
    desk.admin->notice({u"cake"_s}, roomName(u"tea"_s));
    desk.admin->closeRoom(roomName(u"tea"_s), u"late"_s);
    desk.settle(hub);
    QStringList lines;
    hub.run([&hub, &lines] { lines = hub.chat().news(); });
    QVERIFY(lines.contains(u"sessionRemoved #1 kicked \"spam\" 5000"_s));
    QVERIFY(lines.contains(u"notice tea cake"_s));
    QVERIFY(lines.contains(u"sessionRemoved #2 closed \"late\" 0"_s));
}

void TestLocalAdmin::notBound()
{
    Desk desk;
    const ActionId first = desk.admin->notice({u"cake"_s}, {});
    const ActionId second = desk.admin->closeRoom(roomName(kGeneral), {});
    QVERIFY(first != second);
    QVERIFY(desk.lines.isEmpty()); // not before the caller has the id
    QTRY_COMPARE(desk.lines.size(), 2);
    QCOMPARE(desk.news(), (QStringList {u"1 unavailable"_s, u"2 unavailable"_s}));
    desk.admin->unbind();
    QVERIFY(desk.lines.isEmpty());
}

void TestLocalAdmin::unbindFailsWhatIsOutstanding()
{
    Hub hub(u"one"_s);
    Desk desk;
    desk.admin->bind(hub.feed());
    desk.settle(hub);
    desk.news();
    hub.block();
    QStringList expected;
    for (int i = 0; i < 50; ++i)
        expected.append(u"%1 unavailable"_s.arg(quint64(desk.admin->notice({u"cake"_s}, {}))));
    desk.admin->unbind();
    expected.append(u"detached"_s);
    QCOMPARE(desk.news(), expected); // each once, in the order in which they were asked for
    hub.release();
    desk.settle(hub);
    QVERIFY(desk.lines.isEmpty());
}

void TestLocalAdmin::nothingAfterUnbind()
{
    Hub hub(u"one"_s);
    Desk desk;
    desk.admin->bind(hub.feed());
    desk.settle(hub);
    hub.run([&hub] {
        hub.chat().join(u"anna"_s);
        hub.feed()->attach(); // sends a batch and a snapshot, which are on their way now
    });
    desk.admin->notice({u"cake"_s}, {});
    hub.run([] {});
    desk.news();
    desk.admin->unbind();
    QCOMPARE(desk.news(), (QStringList {u"1 unavailable"_s, u"detached"_s}));
    desk.settle(hub);
    QVERIFY(desk.lines.isEmpty());
    QVERIFY(!desk.admin->isAttached());
    desk.admin->unbind(); // again does nothing
    QVERIFY(desk.lines.isEmpty());
}

void TestLocalAdmin::unbindDetachesTheFeed()
{
    Hub hub(u"one"_s);
    Desk desk;
    desk.admin->bind(hub.feed());
    desk.admin->unbind();
    int batches = 0;
    hub.run([&hub, &batches] {
        QObject::connect(hub.feed(), &AdminFeed::changed, hub.feed(), [&batches] { ++batches; });
        hub.chat().join(u"anna"_s);
        hub.feed()->attach(); // would flush what had been collected
    });
    QCOMPARE(batches, 0);
}

void TestLocalAdmin::rebind()
{
    Hub first(u"one"_s);
    Hub second(u"two"_s);
    Desk desk;
    desk.admin->bind(first.feed());
    desk.settle(first);
    desk.admin->unbind();
    desk.news();
    desk.admin->bind(second.feed());
    first.run([&first] {
        first.feed()->attach();
        first.chat().join(u"ghost"_s);
    });
    second.run([&second] { second.chat().join(u"anna"_s); });
    QTRY_VERIFY(desk.lines.contains(u"anna came"_s) || desk.lines.contains(u"snapshot of two"_s));
    desk.settle(first);
    desk.settle(second);
    const QStringList lines = desk.news();
    QVERIFY(lines.contains(u"snapshot of two"_s));
    QVERIFY(!lines.contains(u"snapshot of one"_s));
    QVERIFY(!lines.contains(u"ghost came"_s));
    const ActionId id = desk.admin->notice({u"cake"_s}, {});
    desk.settle(second);
    QVERIFY(desk.news().contains(u"%1 none"_s.arg(quint64(id))));
}

void TestLocalAdmin::bindToAnotherWithoutUnbind()
{
    Hub first(u"one"_s);
    Hub second(u"two"_s);
    Desk desk;
    desk.admin->bind(first.feed());
    desk.admin->bind(second.feed());
    QCOMPARE(desk.news(), (QStringList {u"attached"_s, u"detached"_s, u"attached"_s}));
    desk.settle(first);
    desk.settle(second);
    QCOMPARE(desk.news(), QStringList {u"snapshot of two"_s});
}

/// A console that reacts to a failure by asking again must not be asked for ever, nor crash.
void TestLocalAdmin::actionInsideFinished()
{
    Hub hub(u"one"_s);
    Desk desk;
    desk.admin->bind(hub.feed());
    desk.settle(hub);
    hub.block();
    desk.admin->notice({u"cake"_s}, {});
    desk.news();
    QObject::connect(desk.admin.get(), &AdminService::finished, desk.admin.get(),
                     [&desk] { desk.admin->notice({u"again"_s}, {}); }, Qt::SingleShotConnection);
    desk.admin->unbind();
    hub.release();
    QTRY_COMPARE(desk.lines, (QStringList {u"1 unavailable"_s, u"detached"_s, u"2 unavailable"_s}));
}

void TestLocalAdmin::goneBeforeTheAnswer()
{
    Hub hub(u"one"_s);
    Desk desk;
    desk.admin->bind(hub.feed());
    hub.block();
    desk.admin->notice({u"cake"_s}, {});
    desk.admin.reset();
    QCOMPARE(desk.news(), (QStringList {u"attached"_s, u"1 unavailable"_s, u"detached"_s}));
    hub.release();
    desk.settle(hub);
    QVERIFY(desk.lines.isEmpty());
}

/// parlanced has one thread for both.
void TestLocalAdmin::feedInThisThread()
{
    Chat chat;
    AdminFeed feed(chat.manager, chat.clock, {u"one"_s, {}, {}, {}});
    Desk desk;
    desk.admin->bind(&feed);
    desk.admin->notice({u"cake"_s}, {});
    QCOMPARE(desk.news(), QStringList {u"attached"_s});
    QTRY_COMPARE(desk.lines, (QStringList {u"snapshot of one"_s, u"1 none"_s}));
    chat.join(u"anna"_s);
    QTRY_COMPARE(desk.lines.constLast(), u"anna came"_s);
    desk.admin->unbind();
}

QTEST_GUILESS_MAIN(TestLocalAdmin)
#include "tst_localadmin.moc"
