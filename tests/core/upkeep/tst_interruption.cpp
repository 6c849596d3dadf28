// SPDX-License-Identifier: GPL-3.0-or-later
#include "upkeep/interruption.h"
#include "upkeep/partialfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// Ctrl-C leaves nothing half done, and does not come between what belongs together.
class TestInterruption : public QObject
{
    Q_OBJECT

private slots:
    void halfAFileIsRemoved_data();
    void halfAFileIsRemoved();
    void wholeFilesStay();
    void notInBetween();

private:
    /// Does \a work in a process of its own and interrupts that with \a signal; the signal that ended it.
    template <typename Work>
    static int interrupted(int signal, Work work)
    {
        const pid_t child = fork();
        if (child == 0) {
            armInterruptions();
            work([signal] { raise(signal); });
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    }
    static void write(const QString &path)
    {
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write("half");
    }
};

void TestInterruption::halfAFileIsRemoved_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestInterruption::halfAFileIsRemoved()
{
    QFETCH(int, signal);
    QTemporaryDir directory;
    const QString path = directory.filePath(u"backup ü.db"_s);
    QCOMPARE(interrupted(signal, [&](const auto &interrupt) {
        PartialFile partial(path);
        if (!partial.begin(false))
            _exit(3);
        write(partial.writingPath());
        write(partial.writingPath() + u"-journal"_s);
        interrupt();
    }), signal);
    QCOMPARE(QDir(directory.path()).entryList(QDir::Files), QStringList());
}

void TestInterruption::wholeFilesStay()
{
    QTemporaryDir directory;
    QCOMPARE(interrupted(SIGINT, [&](const auto &interrupt) {
        PartialFile partial(directory.filePath(u"backup.db"_s));
        if (!partial.begin(false))
            _exit(3);
        write(partial.writingPath());
        if (!partial.finish())
            _exit(4);
        interrupt();
    }), SIGINT);
    QCOMPARE(QDir(directory.path()).entryList(QDir::Files), QStringList {u"backup.db"_s});
}

void TestInterruption::notInBetween()
{
    QTemporaryDir directory;
    QCOMPARE(interrupted(SIGTERM, [&](const auto &interrupt) {
        const Uninterrupted whole;
        write(directory.filePath(u"first"_s));
        interrupt();
        write(directory.filePath(u"second"_s));
    }), SIGTERM);
    QCOMPARE(QDir(directory.path()).entryList(QDir::Files, QDir::Name), (QStringList {u"first"_s, u"second"_s}));
}

QTEST_GUILESS_MAIN(TestInterruption)
#include "tst_interruption.moc"
