# SPDX-License-Identifier: GPL-3.0-or-later
"""What the figures were taken on."""

import os
import platform
import re
from pathlib import Path

from .servers import first_line

SETTINGS = ("net.core.somaxconn", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem")


def describe(repository: Path) -> dict[str, str]:
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))
    system = re.search(r'^PRETTY_NAME="(.+)"$', Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE)
    guest = first_line("systemd-detect-virt", "--vm")
    return {
        "processor": f"{cpu[1] if cpu else '?'}, {os.cpu_count()} cores" + (f" ({guest})" if guest not in ("", "none") else ""),
        "memory": f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "?",
        "system": f"{system[1] if system else '?'}, Linux {platform.release()}",
        "compiler": first_line("c++", "--version"),
        "Qt": first_line("qmake6", "-query", "QT_VERSION") or first_line("pkg-config", "--modversion", "Qt6Core"),
        "commit": first_line("git", "-C", str(repository), "describe", "--always", "--dirty"),
        "kernel settings": ", ".join(f"{name} = {setting(name)}" for name in SETTINGS),
    }


def setting(name: str) -> str:
    try:
        return " ".join(Path("/proc/sys", *name.split(".")).read_text(encoding="ascii").split())
    except OSError:
        return "?"
