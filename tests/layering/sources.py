# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding the files of the house and reading C++ without its comments and strings."""

import os
import re
from pathlib import Path

from arrows import CORE, SHELLS

SKIPPED_FOLDERS = re.compile(r"^(build.*|\.git|\.cache|__pycache__|node_modules)$")
CPP = {".cpp", ".h"}
LICENSED = CPP | {".py", ".sh", ".js", ".css", ".cmake"}
LICENSED_NAMES = {"CMakeLists.txt", ".ci/run"}

_TOKEN = re.compile(
    r"""(?P<number>\b\d[\w'.]*)
      | (?P<raw>R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)")
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<char>'(?:\\.|[^'\\\n])+')
      | (?P<line>//[^\n]*)
      | (?P<block>/\*.*?\*/)""",
    re.VERBOSE | re.DOTALL,
)


def files(root: Path):
    """Every file of the house, as a path relative to its root."""
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not SKIPPED_FOLDERS.match(name))
        for name in sorted(names):
            yield (Path(folder) / name).relative_to(root)


def room_of(path: Path):
    """The room that a relative path lies in, or None: core/net/x.h is in net."""
    parts = path.parts
    if len(parts) > 2 and parts[0] == "core" and parts[1] in CORE:
        return parts[1]
    if len(parts) > 1 and parts[0] in SHELLS:
        return parts[0]
    return None


def folder_of(room: str) -> Path:
    return Path("core") / room if room in CORE else Path(room)


def needs_licence_line(path: Path) -> bool:
    return path.suffix in LICENSED or path.name in LICENSED_NAMES or path.as_posix() in LICENSED_NAMES


def lines(root: Path, path: Path) -> list[str]:
    return (root / path).read_text(encoding="utf-8", errors="replace").splitlines()


def code_lines(root: Path, path: Path, keep_strings: bool = False) -> list[str]:
    """The lines of a C++ file with comments, and unless told otherwise strings, blanked out."""

    def blank(match):
        kind = match.lastgroup if match.lastgroup != "delimiter" else "raw"
        if kind == "number" or (keep_strings and kind in ("string", "char")):
            return match.group()
        return re.sub(r"[^\n]", " ", match.group())

    text = (root / path).read_text(encoding="utf-8", errors="replace")
    return _TOKEN.sub(blank, text).splitlines()
