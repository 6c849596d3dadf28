// SPDX-License-Identifier: GPL-3.0-or-later
// In place of a database: the least that any server does which acknowledges nothing before the disk has it.
#include "storage/historywriter.h"
#include "storage/journalrow.h"
#include "storage/sqlsource.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Parlance {

namespace {

constexpr size_t kBytes = size_t(64) << 20; ///< of the file, which is written over again and again

/// A file that has its whole size before the first message comes, so that no commit makes it longer.
class BareLog
{
public:
    explicit BareLog(const QString &path)
        : m_file(::open(QFile::encodeName(path).constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600))
    {
        const std::string filling(kBytes, 'x');
        if (m_file < 0 || ::pwrite(m_file, filling.data(), kBytes, 0) != ssize_t(kBytes) || ::fsync(m_file) != 0)
            qFatal("%s cannot be made", qPrintable(path));
    }

    HistoryWriter::Outcome commit(QList<Draft> drafts)
    {
        HistoryWriter::Outcome outcome;
        outcome.stored.reserve(drafts.size());
        for (Draft &draft : drafts) {
            m_packer.add(draft);
            const quint64 seq = ++m_heads[draft.room.key()];
            outcome.stored.append({draft.id,
                                   {MessageId(u"bare-"_s + QString::number(seq)), std::move(draft.room), std::move(draft.author),
                                    std::move(draft.person), std::move(draft.content), draft.timestamp, seq, std::move(draft.cid)},
                                   false});
        }
        const QByteArray data = m_packer.take();
        if (m_end + off_t(data.size()) > off_t(kBytes))
            m_end = 0;
        if (::pwrite(m_file, data.constData(), size_t(data.size()), m_end) != data.size() || ::fdatasync(m_file) != 0)
            qFatal("the bare log cannot be written");
        m_end += data.size();
        return outcome;
    }

private:
    int m_file;
    off_t m_end = 0;
    JournalPacker m_packer;
    QHash<QString, quint64> m_heads; ///< by the keys of rooms
};

} // namespace

/// Of the storage worker; thread: its own.
HistoryWriter::Outcome commitToBareLog(const SqlSource &source, QList<Draft> drafts)
{
    static BareLog log(source.database + u".bare"_s);
    return log.commit(std::move(drafts));
}

} // namespace Parlance
