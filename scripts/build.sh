# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Configuring a build folder and building in it. Sourced by run.sh and test.sh after packages.sh.

# build_lock FOLDER: one builder at a time in a folder; a second one waits. The lock is descriptor 9: whoever
# starts a long-lived program afterwards closes it (9>&-).
build_lock() {
    if ! mkdir -p "$1" 2>/dev/null || [[ ! -w $1 ]]; then
        die "Cannot write to $1: Parlance builds inside its own folder."
    fi
    command -v flock >/dev/null || return 0
    exec 9>"$1/.lock"
    flock --nonblock 9 && return
    say "Another build in $1 is under way: waiting for it."
    flock 9
}

# build_configure FOLDER LOG OPTION…: runs cmake with the options where the folder is not configured yet; the
# current folder is the source. A changed CMakeLists.txt needs nothing here: ninja configures again by itself.
build_configure() {
    local folder=$1 log=$2
    shift 2
    # A clone that was moved is configured afresh: CMake refuses a folder that carries another path.
    [[ -e $folder/build.ninja ]] && grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$folder/CMakeCache.txt" && return
    say "Configuring ${folder#"$PWD/"} …"
    if ! cmake --fresh "$@" >"$log" 2>&1 9>&-; then
        tail -n 40 "$log" >&2
        die "Configuring failed. The whole log: $log"
    fi
}
