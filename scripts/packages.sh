# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034
# Which packages Parlance needs, and how they get onto the machine. Names hold for Debian 12 and 13 (and Ubuntu
# 24.04). Sourced by run.sh and test.sh.

PACKAGES_BUILD=(g++ cmake ninja-build pkgconf qt6-base-dev libqt6sql6-sqlite qt6-websockets-dev qt6-httpserver-dev qt6-tools-dev
    qt6-l10n-tools libicu-dev)
# The windows: libqrencode draws the code that a phone scans. The xcb platform plugin comes with libqt6gui6,
# which qt6-base-dev brings; the one for Wayland does not. Qt's own words (Copy, Close) have a package of their own.
PACKAGES_DESKTOP=(libqrencode-dev qt6-wayland qt6-translations-l10n fonts-dejavu-core fonts-noto-color-emoji)
# Tests: a second WebSocket implementation, and a real browser that a script can drive.
PACKAGES_TEST=(ccache strace postgresql libqt6sql6-psql python3 python3-websockets chromium chromium-driver)
# The fuzz targets: libFuzzer is a part of clang's run-time library; llvm has the symbolizer.
PACKAGES_FUZZ=(clang libclang-rt-dev llvm ccache python3)

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# packages_missing NAME…: prints the ones that are not installed, one in a line.
packages_missing() {
    local -A installed=()
    local name state
    while read -r name state; do
        [[ $state == installed ]] && installed[$name]=1
    done < <(dpkg-query --show --showformat='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null)
    for name in "$@"; do
        [[ ${installed[$name]:-} ]] || printf '%s\n' "$name"
    done
}

# packages_need PURPOSE NAME…: makes sure that all of them are installed; PURPOSE ends the sentence "needed to …".
# Asks the network for nothing when nothing is missing.
packages_need() {
    local purpose=$1
    shift
    [[ ${PARLANCE_SKIP_PACKAGES:-} ]] && return
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        packages_elsewhere
        return
    fi

    local -a missing
    mapfile -t missing < <(packages_missing "$@")
    ((${#missing[@]})) || return 0

    local -a as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            say "These packages are needed to $purpose and are not installed. Without sudo only root can"
            say "install them. As root, run:"
            say ""
            say "    apt-get update && apt-get install --no-install-recommends ${missing[*]}"
            say ""
            die "then start ${0##*/} again."
        fi
        as_root=(sudo)
    fi
    say "To be installed with ${as_root[*]:+${as_root[*]} }apt-get, because they are needed to $purpose:"
    printf '    %s\n' "${missing[@]}" >&2

    # Asked for once, so that a mistyped password is not asked for again by each command.
    "${as_root[@]}" true || die "Without root's rights nothing can be installed."
    packages_apt update || packages_apt update || say "apt-get update failed; going on with the package lists at hand."
    packages_known missing
    packages_apt install --yes --no-install-recommends "${missing[@]}" \
        || die "apt-get could not install them: see above. Nothing was built."
}

# Non-interactive, and patient with another apt that holds the lock. Uses as_root of its caller.
packages_apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet \
        --option DPkg::Lock::Timeout=120 --option Acquire::Retries=3 --option Dpkg::Use-Pty=0 "$@" </dev/null >&2
}

# packages_known ARRAY: drops the names that this distribution does not have, and says so. Ubuntu, for one, has its
# browser elsewhere; CMake or the test that misses something says it better than apt would.
packages_known() {
    local -n names=$1
    local -a kept=()
    local name
    for name in "${names[@]}"; do
        if apt-cache show "$name" >/dev/null 2>&1; then
            kept+=("$name")
        else
            say "This distribution has no package $name: going on without it."
        fi
    done
    names=("${kept[@]}")
}

# The same needs in the words of other distributions. No package manager but apt is run: the build itself tells
# whether everything is there.
packages_elsewhere() {
    [[ -e ${PARLANCE_BUILD_STAMP:-} ]] && return
    say "This is not a Debian-like system, so nothing is installed for you. What is needed:"
    say "    Qt 6.4 or newer (Base, WebSockets, HttpServer, Linguist tools), ICU, libqrencode,"
    say "    CMake 3.25, Ninja, pkg-config and a C++20 compiler."
    say "Fedora:  dnf install gcc-c++ cmake ninja-build pkgconf-pkg-config qt6-qtbase-devel qt6-qtwebsockets-devel"
    say "             qt6-qthttpserver-devel qt6-qttools-devel qt6-qtwayland qt6-qttranslations libicu-devel"
    say "             qrencode-devel"
    say "Arch:    pacman -S --needed base-devel cmake ninja pkgconf qt6-base qt6-websockets qt6-httpserver"
    say "             qt6-tools qt6-wayland qt6-translations icu qrencode"
    say "Trying to build with what is there."
}
