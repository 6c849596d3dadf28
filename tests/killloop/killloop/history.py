# SPDX-License-Identifier: GPL-3.0-or-later
"""What a database holds, whichever it is."""

SEQ_BITS = 36  # of messages.id, see core/storage/schema.h


class History:
    """The rooms with their messages in seq order."""

    def __init__(self, integrity, epochs, rooms, messages):
        self.integrity = integrity
        self.heads = {name: head for _, name, head in rooms}
        self.rooms = {name: [] for _, name, _ in rooms}  # name: [(seq, id, cid, content)]
        names = {number: name for number, name, _ in rooms}
        for key, epoch, cid, content in messages:
            room, seq = key >> SEQ_BITS, key & ((1 << SEQ_BITS) - 1)
            self.rooms[names[room]].append((seq, f"{epochs[epoch]}-{room}-{seq}", cid, content))
