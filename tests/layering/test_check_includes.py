#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds small trees in a temporary folder, breaks one rule in each and expects the finding with file and line."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = Path(__file__).with_name("check_includes.py")
SPDX = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
SHARP = "# SPDX-License-Identifier: GPL-3.0-or-later\n"
UNFINISHED = "TO" "DO"


class Layering(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.root = Path(temporary.name) / "house with spaces"
        self.qt = Path(temporary.name) / "qt6"
        for header in ("QtCore/QString", "QtGui/QColor", "QtWidgets/QWidget", "QtNetwork/QTcpSocket", "QtCore/QJsonObject"):
            self.put(header, "", self.qt)
        for room in ("core/base", "core/model", "core/net", "core/app", "server-gui", "client-gui"):
            self.put(f"{room}/README.md", f"# {room}\n")
        self.put("core/base/ids.h", SPDX + "#pragma once\n#include <QString>\n")

    def put(self, path, text, root=None):
        file = (root or self.root) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def check(self):
        run = subprocess.run(
            [sys.executable, "-B", PROGRAM, "--root", self.root, "--qt-headers", self.qt / "QtCore", self.qt],
            capture_output=True, text=True, check=False)
        self.assertEqual(run.stderr, "")
        return run.returncode, run.stdout

    def assert_clean(self):
        status, output = self.check()
        self.assertEqual(status, 0, output)

    def assert_found(self, *starts):
        """Exactly these findings, each given as the beginning of its line."""
        status, output = self.check()
        self.assertEqual(status, 1, output)
        found = output.splitlines()[:-1]
        self.assertEqual(len(found), len(starts), output)
        for line, start in zip(found, starts):
            self.assertTrue(line.startswith(start), output)

    def test_a_clean_house_passes(self):
        self.put("core/model/chat.h", SPDX + '#include "base/ids.h"\n#include "room.h"\n#include "model/room.h"\n')
        self.put("core/model/room.h", SPDX)
        self.assert_clean()

    def test_nothing_read_is_not_a_pass(self):
        (self.root / "core/base/ids.h").unlink()
        self.assertEqual(self.check()[0], 2)

    def test_an_upward_include(self):
        self.put("core/model/chat.cpp", SPDX + '\n#include "base/ids.h"\n#include "net/session.h"\n')
        self.assert_found('core/model/chat.cpp:4: model includes net ("net/session.h")')

    def test_a_way_around_the_include_root(self):
        self.put("core/net/session.h", SPDX)
        self.put("core/base/a.cpp", SPDX + '#include "../net/session.h"\n')
        self.put("core/base/b.cpp", SPDX + '#  include "core/net/session.h"\n')
        self.assert_found("core/base/a.cpp:2: base includes net", "core/base/b.cpp:2: base includes net")

    def test_an_angle_include_of_a_room_is_an_include(self):
        self.put("core/base/a.cpp", SPDX + "#include <net/session.h>\n")
        self.assert_found("core/base/a.cpp:2: base includes net")

    def test_an_include_in_a_comment_is_none(self):
        self.put("core/base/a.cpp", SPDX + '// #include "net/session.h"\n/*\n#include "net/session.h"\n*/\n')
        self.assert_clean()

    def test_tests_are_not_for_the_house(self):
        self.put("core/base/a.cpp", SPDX + '#include "tests/support/fakeclock.h"\n')
        self.assert_found("core/base/a.cpp:2: base includes tests")

    def test_main_alone_composes(self):
        self.put("server-gui/main.cpp", SPDX + '#include "app/serverapp.h"\n#include "config/config.h"\n')
        self.put("server-gui/window.cpp", SPDX + '#include "admin/adminservice.h"\n#include "app/serverapp.h"\n')
        self.put("client-gui/main.cpp", SPDX + '#include "app/serverapp.h"\n')
        self.assert_found("client-gui/main.cpp:2: client-gui includes app", "server-gui/window.cpp:3: server-gui includes app")

    def test_a_shell_includes_its_own_subfolders(self):
        self.put("server-gui/models/rooms.h", SPDX)
        self.put("server-gui/pages/page.cpp", SPDX + '#include "models/rooms.h"\n#include <QWidget>\n')
        self.assert_clean()

    def test_qt_modules(self):
        self.put("core/base/a.cpp", SPDX + "#include <QColor>\n#include <QtWidgets/QWidget>\n#include <QTcpSocket>\n")
        self.assert_found("core/base/a.cpp:2: base uses QColor of QtGui",
                          "core/base/a.cpp:3: base uses QtWidgets/QWidget of QtWidgets",
                          "core/base/a.cpp:4: base uses QTcpSocket of QtNetwork")

    def test_the_model_knows_no_json(self):
        self.put("core/model/a.cpp", SPDX + "#include <QJsonObject>\n")
        self.assert_found("core/model/a.cpp:2: model has no business with QJsonObject")

    def test_private_qt_headers(self):
        self.put("core/base/a.cpp", SPDX + "#include <QtCore/private/qobject_p.h>\n")
        self.assert_found("core/base/a.cpp:2: QtCore/private/qobject_p.h is private")

    def test_the_core_translates_nothing(self):
        self.put("core/base/a.cpp", SPDX + '// tr("no")\nauto a = attr("x") + s.tr(1) + "tr(";\nauto b = QObject::tr("x");\n')
        self.put("client-gui/a.cpp", SPDX + 'auto b = tr("x");\n')
        self.assert_found("core/base/a.cpp:4: ")

    def test_refused_calls(self):
        self.put("client-gui/a.cpp", SPDX + "auto a = sender();\nconnect(a, SIGNAL(x()), SLOT(y()));\n"
                 "QCoreApplication::processEvents();\nsocket->waitForConnected(1);\npool.waitForDone();\nmessage.sender();\n")
        self.assert_found("client-gui/a.cpp:2: ", "client-gui/a.cpp:3: ", "client-gui/a.cpp:4: ", "client-gui/a.cpp:5: ")

    def test_link_lines(self):
        self.put("core/model/CMakeLists.txt", SHARP + "target_link_libraries(parlance_model\n    PUBLIC Parlance::Base\n"
                 "    PRIVATE Parlance::Net Parlance::Flags) # not Parlance::App\n")
        self.put("server-gui/CMakeLists.txt", SHARP + "add_executable(parlance-server main.cpp)\n"
                 "target_link_libraries(parlance-server PRIVATE Parlance::App)\n"
                 "target_link_libraries(parlance_server_gui PUBLIC Parlance::Admin Parlance::App)\n")
        self.assert_found("core/model/CMakeLists.txt:4: parlance_model links Parlance::Net",
                          "server-gui/CMakeLists.txt:4: parlance_server_gui links Parlance::App")

    def test_licence_line(self):
        self.put("core/base/a.cpp", "#include <QString>\n" + SPDX)
        self.put("tests/tool.py", "#!/usr/bin/env python3\n" + SHARP)
        self.put("tests/CMakeLists.txt", "")
        self.assert_found("core/base/a.cpp:1: ", "tests/CMakeLists.txt:1: ")

    def test_unfinished_work(self):
        self.put("core/base/a.cpp", SPDX + f"\n// {UNFINISHED}: later\n")
        self.assert_found("core/base/a.cpp:3: ")

    def test_readmes(self):
        (self.root / "core/base/README.md").unlink()
        self.put("core/net/README.md", "line\n" * 21)
        self.put("README.md", "line\n" * 200)
        self.assert_found("core/base/README.md:1: ", "core/net/README.md:21: ")

    def test_the_documented_arrows_are_the_ones_that_are_checked(self):
        documented = (PROGRAM.parents[2] / "docs/architecture.md").read_text(encoding="utf-8")
        self.put("docs/architecture.md", documented)
        self.assert_clean()
        row = next(line for line in documented.splitlines() if line.startswith("| `storage` "))
        self.put("docs/architecture.md", documented.replace(row, row.replace("base, model", "base, net")))
        number = documented.splitlines().index(row) + 1
        self.assert_found(f"docs/architecture.md:{number}: storage may include base, model;")

    def test_builds_are_not_read(self):
        self.put("build/dev/x.cpp", "no licence\n")
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()
