#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks every file of the house against the rules. Exit status 1 where one is broken, 2 where nothing was read."""

import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # the source folder stays as it is

import rules  # noqa: E402
import sources  # noqa: E402


def qt_classes(folders: list[Path]) -> dict[str, str]:
    """Which module each Qt header belongs to, read from the include folder of the Qt that is built against."""
    modules = {}
    for folder in folders:
        home = folder.parent if folder.name == "QtCore" else folder
        for module in home.glob("Qt*/"):
            modules.update((header.name, module.name) for header in module.iterdir() if header.is_file())
    return modules


def findings(root: Path, qt_headers: list[Path]):
    """All findings, and how many source files of rooms were read."""
    classes = qt_classes(qt_headers)
    paths = list(sources.files(root))
    found, read = [], 0
    for path in paths:
        room = sources.room_of(path)
        if room and path.suffix in sources.CPP:
            read += 1
            found += rules.includes(root, path, room, classes)
            found += rules.calls(root, path, room)
        if room and path.name == "CMakeLists.txt":
            found += rules.links(root, path, room)
        if sources.needs_licence_line(path):
            found += rules.licence_line(root, path)
            found += rules.unfinished(root, path)
    if Path("docs/architecture.md") in paths:
        found += rules.documented_arrows(root, Path("docs/architecture.md"))
    found += rules.readmes(root, paths)
    return found, read


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    parser.add_argument("--qt-headers", type=Path, nargs="*", default=[], help="include folders of Qt")
    options = parser.parse_args(arguments)
    found, read = findings(options.root, options.qt_headers)
    for path, number, text in found:
        print(f"{path}:{number}: {text}")
    print(f"{read} source files, {len(found)} findings")
    if not read:
        return 2
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
