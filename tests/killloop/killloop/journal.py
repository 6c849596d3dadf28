# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what core/storage/journalrow writes, by its description and not by its code."""


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def number(self):
        number = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return number

    def text(self):
        length = self.number()
        self.at += length
        if self.at > len(self.data):
            raise ValueError("a text is cut off")
        return self.data[self.at - length:self.at].decode()


def unpack(first, last, data):
    """(key, cid or None, content) of each message in a row of `journal`."""
    if data[0] != 1:
        raise ValueError(f"unknown format {data[0]}")
    reader = Reader(data[1:])
    messages = []
    people = 0
    while reader.at < len(reader.data):
        who = reader.number()
        if who == 0:
            reader.text()  # author
            reader.text()  # person
            people += 1
        elif who > people:
            raise ValueError("somebody who was not named")
        reader.number()  # the time
        cid = reader.text()
        messages.append((first + len(messages), cid or None, reader.text()))
    if len(messages) != last - first + 1:
        raise ValueError(f"{len(messages)} messages from {first} to {last}")
    return messages
