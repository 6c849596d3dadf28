# SPDX-License-Identifier: GPL-3.0-or-later
"""The promise, as sentences that are true or not."""


def faults_of(history, senders, receivers, at_rest=False):
    """What the dead server's history breaks of the promise to these people. \a at_rest: nothing was under way."""
    faults = []
    if history.integrity != "ok":
        faults.append(f"integrity check: {history.integrity}")
    for room, messages in history.rooms.items():
        seqs = [message[0] for message in messages]
        if seqs != list(range(1, len(seqs) + 1)):
            faults.append(f"{room}: the seqs are not 1..{len(seqs)}")
        if history.heads[room] != len(seqs):
            faults.append(f"{room}: the head is {history.heads[room]}, of {len(seqs)} messages")
        cids = [message[2] for message in messages if message[2]]
        if len(cids) != len(set(cids)):
            faults.append(f"{room}: {len(cids) - len(set(cids))} cids are there twice")
    stored = {room: {message[0]: message for message in messages} for room, messages in history.rooms.items()}
    for sender in senders:
        faults += faults_of_sender(sender, stored.get(sender.room, {}), at_rest)
    for person in senders + receivers:
        faults += faults_of_receiver(person, stored.get(person.room, {}), at_rest)
    return faults


def faults_of_sender(sender, stored, at_rest):
    faults = list(sender.contradictions)
    for cid, (seq, identity, content) in sender.acknowledged.items():
        if stored.get(seq) != (seq, identity, cid, content):
            faults.append(f"{sender.room}, {sender.name}: acknowledged was {(seq, identity, cid, content)}, "
                          f"stored is {stored.get(seq)}")
    faults += [f"{sender.room}, {sender.name}: refused: {error}" for error in sender.errors]
    if at_rest and sender.outbox:
        faults.append(f"{sender.room}, {sender.name}: {len(sender.outbox)} messages were never acknowledged")
    return faults


def faults_of_receiver(person, stored, at_rest):
    where = f"{person.room}, {person.name}"
    faults = [f"{where}: a resync because of {reason}" for reason in person.resyncs]
    for message in person.heard:
        if stored.get(message[0]) != message:
            faults.append(f"{where}: heard was {message}, stored is {stored.get(message[0])}")
    seqs = [message[0] for message in person.heard]
    if seqs and seqs != list(range(seqs[0], seqs[0] + len(seqs))):
        faults.append(f"{where}: something between {seqs[0]} and {seqs[-1]} was never heard")
    if at_rest and (not seqs or seqs[-1] != len(stored)):
        faults.append(f"{where}: heard up to {seqs[-1] if seqs else 0} of {len(stored)}")
    return faults
