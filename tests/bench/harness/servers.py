# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers under test: how each is found, made ready and started."""

import os
import re
import resource
import select
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Optional

BENCH = Path(__file__).resolve().parent.parent
PARLANCE_SETTINGS = {
    "limits.messages": "off",
    "limits.messages_per_address": "off",
    "limits.messages_per_address": "off",
    "limits.joins": "off",
    "limits.commands": "off",
    "limits.connections": "20000",
    "limits.connections_per_address": "20000",
    "limits.unjoined": "2000",
    "limits.rooms": "20000",
}
# Debian's own interpreter: its packages are not seen by another one.
SYSTEM_PYTHON = "/usr/bin/python3"
LISTENING = re.compile(rb"listening on http://127\.0\.0\.1:(\d+)")


def parlance_command(program: str, storage: str) -> list[str]:
    command = [program, "--port", "0", "--listen", "127.0.0.1", "--storage", storage, "--log-level", "error"]
    for name, value in PARLANCE_SETTINGS.items():
        command += ["--set", f"{name}={value}"]
    return command


@dataclass
class Server:
    """What can be started. A server that is not there has no command but a reason."""

    name: str
    title: str
    command: list[str] = field(default_factory=list)
    version: str = ""
    missing: str = ""


def first_line(*command: str) -> str:
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    except OSError:
        return ""
    return (answer.stdout or answer.stderr).strip().split("\n")[0]


def parlance(program: Path, name="parlance", title="Parlance", extra: tuple[str, ...] = (), storage="memory") -> Server:
    if not program.exists():
        return Server(name, title, missing=f"{program} is not built")
    return Server(name, title, [*parlance_command(str(program), storage), *extra], first_line(str(program), "--version"))


def floor(tools: Path) -> Server:
    program = tools / "floor"
    if not program.exists():
        return Server("floor", "floor", missing=f"{program} is not built")
    return Server("floor", "floor", [str(program)], "bare epoll, no parsing")


def beast(tools: Path) -> Server:
    program = tools / "beastpeer"
    if not program.exists():
        return Server("beast", "Boost.Beast", missing="not built: packages libboost-dev and nlohmann-json3-dev")
    header = Path("/usr/include/boost/version.hpp").read_text(encoding="utf-8")
    version = re.search(r'BOOST_LIB_VERSION "([\d_]+)"', header)
    return Server("beast", "Boost.Beast", [str(program)], f"Boost {version[1].replace('_', '.')}" if version else "")


def node(work: Path) -> Server:
    """Node's `ws`, installed into the build folder."""
    home = work / "node"
    if not shutil.which("node") or not shutil.which("npm"):
        return Server("node", "Node ws", missing="node and npm are not installed")
    home.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "server.js"):
        shutil.copy(BENCH / "peers" / "node" / name, home / name)
    if not (home / "node_modules" / "ws").exists():
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=home, check=False,
                              capture_output=True, text=True)
        if done.returncode != 0:
            return Server("node", "Node ws", missing="npm install failed: " + done.stderr.strip()[-200:])
    package = (home / "node_modules" / "ws" / "package.json").read_text(encoding="utf-8")
    version = re.search(r'"version":\s*"([^"]+)"', package)
    return Server("node", "Node ws", ["node", str(home / "server.js")],
                  f"ws {version[1] if version else '?'}, Node {first_line('node', '--version')}")


def uvicorn() -> Server:
    probe = ("import fastapi, uvicorn, uvloop, httptools, websockets, sys; "
             "print(f'FastAPI {fastapi.__version__}, uvicorn {uvicorn.__version__}, Python {sys.version.split()[0]}')")
    version = first_line(SYSTEM_PYTHON, "-c", probe)
    if not version.startswith("FastAPI"):
        return Server("uvicorn", "uvicorn", missing="packages uvicorn, python3-fastapi, python3-uvloop, "
                                                    "python3-httptools and python3-websockets are not installed")
    return Server("uvicorn", "uvicorn", [SYSTEM_PYTHON, "-B", str(BENCH / "peers" / "uvicorn" / "app.py")], version)


class Running:
    """A server process, on its core where one is given; ends with the with-block."""

    def __init__(self, server: Server, core: Optional[int] = None):
        self.server = server
        self._home = tempfile.TemporaryDirectory(prefix="parlance-bench-")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PARLANCE_")}
        environment |= {"XDG_CONFIG_HOME": self._home.name, "XDG_DATA_HOME": self._home.name, "LC_ALL": "C.UTF-8"}
        self._log = tempfile.TemporaryFile()
        pin = [] if core is None else ["taskset", "-c", str(core)]
        self._process = subprocess.Popen([*pin, *server.command], env=environment,
                                         stdout=subprocess.PIPE, stderr=self._log, preexec_fn=allow_descriptors)
        self.port = 0

    def __enter__(self):
        text = b""
        while not (match := LISTENING.search(text)):
            readable, _, _ = select.select([self._process.stdout], [], [], 15)
            chunk = os.read(self._process.stdout.fileno(), 4096) if readable else b""
            if not chunk:
                self.__exit__()
                self._log.seek(0)
                raise RuntimeError(f"{self.server.title} does not start: {self._log.read()[-500:].decode(errors='replace')}")
            text += chunk
        self.port = int(match[1])
        return self

    def __exit__(self, *_):
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._home.cleanup()

    @property
    def pid(self) -> int:
        return self._process.pid  # taskset becomes the server


def allow_descriptors():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 40_000
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), max(hard, wanted)))
    except (ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
