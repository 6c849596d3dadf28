# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may include whom, and which Qt modules a room may use."""

CORE = {
    "base": set(),
    "config": {"base"},
    "eventloop": set(),
    "model": {"base"},
    "protocol": {"base"},
    "control": {"base"},
    "wire": {"base", "model", "protocol"},
    "chatlog": {"base", "model", "protocol", "wire"},
    "storage": {"base", "model"},
    "upkeep": {"base", "model", "protocol", "wire", "storage"},
    "cluster": {"base", "model", "protocol"},
    "admin": {"base", "model", "protocol"},
    "net": {"base", "config", "model", "protocol", "wire", "admin"},
}
CORE["app"] = set(CORE)

SHELLS = {
    "headless": {"app", "config", "base", "admin", "control", "upkeep"},
    "server-gui": {"admin", "base"},
    "client-gui": {"protocol", "base"},
}

# What main.cpp alone, and the program that it becomes, may use beyond its room.
MAIN_ONLY = {"server-gui": {"app", "config"}}

ARROWS = CORE | SHELLS

_WINDOWS = {"QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtWebSockets", "QtDBus", "QtSvg", "QtCharts"}

QT_MODULES = {
    "base": {"QtCore"},
    "config": {"QtCore", "QtNetwork"},
    "eventloop": {"QtCore"},
    "model": {"QtCore"},
    "protocol": {"QtCore"},
    "control": {"QtCore", "QtNetwork"},
    "wire": {"QtCore"},
    "chatlog": {"QtCore"},
    "storage": {"QtCore", "QtSql"},
    "upkeep": {"QtCore", "QtSql"},
    "cluster": {"QtCore", "QtNetwork"},
    "admin": {"QtCore", "QtNetwork", "QtWebSockets"},
    "net": {"QtCore", "QtNetwork", "QtWebSockets", "QtHttpServer"},
    "app": {"QtCore", "QtNetwork", "QtWebSockets", "QtHttpServer", "QtSql"},
    "headless": {"QtCore", "QtNetwork"},
    "server-gui": _WINDOWS,
    "client-gui": _WINDOWS,
}

# Rooms that are kept free of more than a module: the model knows no wire format.
QT_CLASSES_REFUSED = {"model": r"QJson\w*|QCbor\w*"}
