#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds a release and starts Parlance.
set -euo pipefail

usage() {
    cat <<'END'
Usage: ./run.sh [headless|server|client] [arguments of the program]

  headless   the daemon, parlanced: the chat without a window
  server     the operator console, parlance-server: hosts the chat and shows rooms, people and messages
  client     the desktop client, parlance: for people who chat
  (nothing)  the operator console where there is a display, else the daemon

The first start installs missing packages (Debian and Ubuntu: with apt-get, as root or through sudo, after
listing them) and builds. Later starts build only what changed. The chat page is then at
http://localhost:8000/ and at the addresses that the program prints.

  ./run.sh headless --port 9000            another port
  ./run.sh headless --help                 the daemon's own options

PARLANCE_SKIP_PACKAGES=1  install nothing: build with what is there
END
}

# Physical, because that is the path that CMake notes down, whichever way leads here.
caller=$PWD
cd -P "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source-path=SCRIPTDIR
source scripts/packages.sh
source scripts/build.sh

tools=() # what is built along with the program
display=${WAYLAND_DISPLAY:-}${DISPLAY:-}${QT_QPA_PLATFORM:-}
[[ $(uname -s) == Linux ]] || display=native
case ${1:-} in
    -h | --help) usage; exit 0 ;;
    headless | server | client) face=$1; shift ;;
    '' | -*) [[ $display ]] && face=server || face=headless ;;
    *) say "run.sh: unknown: $1"; usage >&2; exit 2 ;;
esac

case $face in
    headless) program=parlanced tools=(parlancectl) purpose='build the daemon' packages=("${PACKAGES_BUILD[@]}") ;;
    server) program=parlance-server ;;
    client) program=parlance ;;
esac
if [[ $face != headless ]]; then
    purpose='build Parlance and show its windows'
    packages=("${PACKAGES_BUILD[@]}" "${PACKAGES_DESKTOP[@]}")
    [[ $display ]] || die "There is no display here (neither WAYLAND_DISPLAY nor DISPLAY is set), which $program needs.
Start the chat without a window:  ./run.sh headless"
fi

# A server has no use for the windows, so it neither builds them nor installs what they need. Where they were built
# before, their folder serves the daemon too.
folder=$PWD/build/release
options=(--preset release)
if [[ $face == headless && ! -e $folder/build.ninja ]]; then
    folder=$PWD/build/headless
    options+=(-B "$folder" -D PARLANCE_GUI=OFF)
fi

PARLANCE_BUILD_STAMP=$folder/bin/$program packages_need "$purpose" "${packages[@]}"
build_lock "$folder"
build_configure "$folder" "$folder/configure.log" "${options[@]}"
if [[ $(ninja -C "$folder" -n "$program" "${tools[@]}" 2>&1 | tail -n 1) != *'no work to do'* ]]; then
    [[ -e $folder/bin/$program ]] || say "Building $program: a few minutes the first time …"
    NINJA_STATUS='[%f/%t, %es] ' cmake --build "$folder" --target "$program" "${tools[@]}" >&2 9>&- \
        || die "The build failed: see above."
fi

# The daemon would wonder about a PARLANCE_ variable that is none of its settings.
unset PARLANCE_SKIP_PACKAGES
# Relative file names among the arguments mean the caller's folder.
binary=$folder/bin/$program
cd "$caller"
exec "$binary" "$@" 9>&-
