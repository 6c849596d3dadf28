// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/historydesk.h"
#include "storage/housekeeper.h"

#include <QFile>
#include <QTest>

using namespace Parlance;
using namespace Qt::StringLiterals;

/// What is taken back leaves the file, whenever it is taken back.
class TestHousekeeper : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aDeletedWordLeavesTheFile();
    void oneThatIsDeletedMeanwhile_data();
    void oneThatIsDeletedMeanwhile();

private:
    MessageId say(const QString &text);
    void take(const MessageId &id);
    /// Whether there is something left to do.
    bool step();
    bool isInFile(const QByteArray &word) const;

    std::unique_ptr<HistoryDesk> m_desk;
    std::unique_ptr<Housekeeper> m_house;
};

void TestHousekeeper::init()
{
    m_house.reset();
    m_desk = std::make_unique<HistoryDesk>();
    m_house = std::make_unique<Housekeeper>(m_desk->connection(), m_desk->writer(), m_desk->source());
    QVERIFY(m_house->begin());
}

MessageId TestHousekeeper::say(const QString &text)
{
    m_desk->say(text);
    return m_desk->last.id;
}

void TestHousekeeper::take(const MessageId &id)
{
    m_desk->commit({m_desk->change(ChangeKind::Deletion, id)});
    m_house->noteErased();
}

bool TestHousekeeper::step()
{
    const auto next = m_house->step();
    return next && next.value();
}

bool TestHousekeeper::isInFile(const QByteArray &word) const
{
    for (const QString &end : {u""_s, u"-wal"_s}) {
        QFile file(m_desk->source().database + end);
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(word))
            return true;
    }
    return false;
}

void TestHousekeeper::aDeletedWordLeavesTheFile()
{
    const MessageId id = say(u"xylophone"_s);
    say(u"stays"_s);
    while (step()) { }
    QVERIFY(isInFile("xylophone"));
    take(id);
    while (step()) { }
    QVERIFY(!isInFile("xylophone"));
    QVERIFY(isInFile("stays"));
    QCOMPARE(m_desk->number(u"SELECT count(*) FROM meta WHERE name = 'erase'"_s), 0);
}

void TestHousekeeper::oneThatIsDeletedMeanwhile_data()
{
    QTest::addColumn<int>("steps");
    for (int steps = 0; steps < 5; ++steps)
        QTest::addRow("after %d steps", steps) << steps;
}

void TestHousekeeper::oneThatIsDeletedMeanwhile()
{
    QFETCH(int, steps);
    const MessageId first = say(u"xylophone"_s);
    const MessageId second = say(u"quagmire"_s);
    say(u"stays"_s);
    while (step()) { }
    take(first);
    for (int i = 0; i < steps; ++i)
        step();
    take(second);
    while (step()) { }
    QVERIFY(!isInFile("xylophone"));
    QVERIFY(!isInFile("quagmire"));
}

QTEST_GUILESS_MAIN(TestHousekeeper)
#include "tst_housekeeper.moc"
