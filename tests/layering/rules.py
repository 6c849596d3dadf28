# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules. Each function yields findings as (file, line, text)."""

import os
import re
from pathlib import Path

import sources
from arrows import ARROWS, CORE, MAIN_ONLY, QT_CLASSES_REFUSED, QT_MODULES, SHELLS

INCLUDE = re.compile(r'^\s*#\s*include\s*(?P<form>["<])(?P<what>[^">]+)[">]')
LINK = re.compile(r"\btarget_link_libraries\s*\(\s*(?P<target>[\w-]+)(?P<rest>[^)]*)\)")
PROGRAM = re.compile(r"\b(?:qt_)?add_executable\s*\(\s*(?P<target>[\w-]+)")
README_LINES = 20

# Written in two halves, so that this file passes its own rule.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")

# What bites in Qt code, wherever it stands. The event loop is where events are processed.
REFUSED_CALLS = (
    (re.compile(r"(?<![\w.>:])sender\s*\(\s*\)"), "sender() says nothing that a lambda's capture does not say better", ()),
    (re.compile(r"(?<!\w)(?:SIGNAL|SLOT)\s*\("), "connect by function pointer, not by string", ()),
    (re.compile(r"(?:::|->|\.)\s*processEvents\s*\("), "no nested event loop", ("eventloop",)),
    (re.compile(r"(?:::|->|\.)\s*waitFor(?!Done\b)[A-Z]\w*\s*\("), "nothing blocks in an event loop", ("eventloop",)),
)
TRANSLATED = re.compile(r"(?<![\w.>])(?:\w+::)*(?:tr|translate|QT_TR_NOOP|QT_TRANSLATE_NOOP)\s*\(|Q_DECLARE_TR_FUNCTIONS")


def allowed(room: str, path: Path) -> set[str]:
    extra = MAIN_ONLY.get(room, set()) if path == sources.folder_of(room) / "main.cpp" else set()
    return {room} | ARROWS[room] | extra


def target_room(root: Path, path: Path, room: str, what: str):
    """The room that a quoted include leads into, or None where it leaves the house (a generated or foreign file)."""
    beside = Path(os.path.normpath(path.parent / what))
    if (root / beside).is_file():
        return sources.room_of(beside) or str(beside.parts[0])
    first = what.split("/")[0]
    if "/" in what and first in CORE:
        return first
    if first in SHELLS or first in ("core", "tests"):
        return sources.room_of(Path(what)) or first
    return room if (root / sources.folder_of(room) / what).is_file() else None


def includes(root: Path, path: Path, room: str, qt_classes: dict[str, str]):
    for number, text in enumerate(sources.code_lines(root, path, keep_strings=True), 1):
        match = INCLUDE.match(text)
        if not match:
            continue
        what = match["what"]
        target = target_room(root, path, room, what)
        may = allowed(room, path)
        if target and target not in may:
            arrows = ", ".join(sorted(may - {room})) or "nothing"
            yield path, number, f'{room} includes {target} ("{what}") and may include only: {arrows}'
        if target:
            continue
        module = what.split("/")[0] if what.startswith("Qt") and "/" in what else qt_classes.get(what)
        if module and module not in QT_MODULES[room]:
            yield path, number, f"{room} uses {what} of {module} and may use only: {', '.join(sorted(QT_MODULES[room]))}"
        name = what.split("/")[-1]
        if re.fullmatch(QT_CLASSES_REFUSED.get(room, r"(?!)"), name):
            yield path, number, f"{room} has no business with {name}"
        if re.search(r"(^|/)private/", what):
            yield path, number, f"{what} is private to Qt and changes with every release"


def calls(root: Path, path: Path, room: str):
    for number, text in enumerate(sources.code_lines(root, path), 1):
        for pattern, why, exempt in REFUSED_CALLS:
            if room not in exempt and pattern.search(text):
                yield path, number, f"{text.strip()}: {why}"
        if room in CORE and TRANSLATED.search(text):
            yield path, number, f"{text.strip()}: the core translates nothing, each front has its own words"


def links(root: Path, path: Path, room: str):
    """Link lines of a room's CMakeLists.txt; a program may link what its main.cpp may include."""
    text = "\n".join(line.split("#")[0] for line in sources.lines(root, path))
    programs = {match["target"] for match in PROGRAM.finditer(text)}
    for match in LINK.finditer(text):
        main = sources.folder_of(room) / "main.cpp"
        may = allowed(room, main if match["target"] in programs else path)
        for library in re.finditer(r"\bParlance::(\w+)", match["rest"]):
            target = library[1].lower()
            if target in CORE and target not in may:
                number = text.count("\n", 0, match.start("rest") + library.start()) + 1
                yield path, number, f"{match['target']} links {library[0]} against the arrows of {room}"


def licence_line(root: Path, path: Path):
    head = sources.lines(root, path)[:2]
    if head and head[0].startswith("#!"):
        head = head[1:]
    if not head or "SPDX-License-Identifier: GPL-3.0-or-later" not in head[0]:
        yield path, 1, "the first line (after #!) must be SPDX-License-Identifier: GPL-3.0-or-later"


def unfinished(root: Path, path: Path):
    for number, text in enumerate(sources.lines(root, path), 1):
        if UNFINISHED.search(text):
            yield path, number, "finish it or write it down elsewhere: " + text.strip()


def documented_arrows(root: Path, path: Path):
    """The table of rooms in docs/architecture.md says what is checked here."""
    documented = {}
    for number, text in enumerate(sources.lines(root, path), 1):
        row = re.fullmatch(r"\| `([\w-]+)` \|.*\| ([^|(]+?)(?: \([^|]*)? \|", text)
        if row and row[1] in ARROWS:
            named = set(CORE) - {"app"} if row[2] == "all of core" else set(re.findall(r"\w+", row[2]))
            documented[row[1]] = (named, number)
    for room, arrows in ARROWS.items():
        named, number = documented.get(room, (None, 1))
        if named != arrows:
            yield path, number, f"{room} may include {', '.join(sorted(arrows)) or 'nothing'}; the table says otherwise"


def readmes(root: Path, paths: list[Path]):
    present = {path for path in paths if path.name == "README.md"}
    rooms = {sources.folder_of(room) for path in paths if path.suffix in sources.CPP and (room := sources.room_of(path))}
    for folder in sorted(rooms):
        if folder / "README.md" not in present:
            yield folder / "README.md", 1, "every room opens with a README: purpose, what it may include, its thread"
    for path in sorted(present - {Path("README.md")}):
        if len(sources.lines(root, path)) > README_LINES:
            yield path, README_LINES + 1, f"a folder's README has at most {README_LINES} lines"
