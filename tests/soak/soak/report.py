# SPDX-License-Identifier: GPL-3.0-or-later
"""Printing what a soak has seen."""

import collections


def row(label, sample):
    return (f"{label:>14} {sample['resident_kib']:>9} {sample['descriptors']:>12} {sample['connections'] - 1:>12} "
            f"{sample['sessions']:>9} {sample['rooms']:>6} {sample['history_bytes'] // 1024:>12}")


def table(fresh, base, samples, end):
    lines = [f"{'':>14} {'RSS, KiB':>9} {'descriptors':>12} {'connections':>12} {'sessions':>9} {'rooms':>6} {'history, KiB':>12}",
             row("started", fresh), row("warm, at rest", base)]
    lines += [row(f"{sample['at_s']} s", sample) for sample in samples]
    return "\n".join([*lines, row("end, at rest", end)])


def tell_outcomes(outcomes):
    kinds = collections.defaultdict(dict)
    for (kind, outcome), count in outcomes.items():
        kinds[kind][outcome] = count
    for kind, ends in sorted(kinds.items()):
        print(f"{kind}: " + ", ".join(f"{end} {count}" for end, count in sorted(ends.items())), flush=True)


def tell_counters(counters):
    print("counters: " + ", ".join(f"{name} {value}" for name, value in sorted(counters.items()) if value), flush=True)
