#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the tests need, builds them and runs all of them.
set -euo pipefail

usage() {
    cat <<'END'
Usage: ./test.sh [preset] [arguments of ctest]

Presets: dev (the default), asan, tsan, no-gui, fuzz.

  ./test.sh                  everything
  ./test.sh dev -R names     the tests whose name matches
  ./test.sh asan             everything under AddressSanitizer, then the fuzz targets; --no-fuzz leaves those out
  ./test.sh asan -L gui      under AddressSanitizer, the tests with the label
  ./test.sh -j1              one after the other
  ./test.sh fuzz [TARGET]…   the fuzz targets, two side by side, each for 60 s or PARLANCE_FUZZ_SECONDS

Missing packages are installed first, as in ./run.sh; PARLANCE_SKIP_PACKAGES=1 installs nothing.
The exit status is 0 only if there were tests and all passed.
END
}

cd -P "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source-path=SCRIPTDIR
source scripts/packages.sh
source scripts/build.sh

preset=dev
case ${1:-} in
    -h | --help) usage; exit 0 ;;
    '' | -*) ;;
    dev | asan | tsan | no-gui | fuzz) preset=$1; shift ;;
    *) say "test.sh: no such preset: $1"; usage >&2; exit 2 ;;
esac
# The asan run brings the fuzz targets along, unless it is told to run a part only.
with_fuzz=
[[ $preset == asan && $# -eq 0 ]] && with_fuzz=1
[[ $preset == asan && ${1:-} == --no-fuzz ]] && shift

packages=("${PACKAGES_BUILD[@]}" "${PACKAGES_DESKTOP[@]}" "${PACKAGES_TEST[@]}")
[[ $preset == fuzz ]] && packages=("${PACKAGES_BUILD[@]}" "${PACKAGES_FUZZ[@]}")
[[ $with_fuzz ]] && packages+=("${PACKAGES_FUZZ[@]}")
packages_need 'build and run the tests' "${packages[@]}"

unset PARLANCE_SKIP_PACKAGES # is no setting: the server that the tests start would say so

# The log has everything; the screen gets one line for each tenth.
# shellcheck disable=SC2016
progress='match($0, /^\[[0-9]+\/[0-9]+/) {
    split(substr($0, 2, RLENGTH - 1), n, "/")
    if (int(10 * n[1] / n[2]) > shown) { shown = int(10 * n[1] / n[2]); print "  " n[1] " of " n[2]; fflush() }
}'

# build_preset PRESET: configures and builds it.
build_preset() {
    local folder=$PWD/build/$1
    local log=$folder/build.log
    build_lock "$folder"
    build_configure "$folder" "$folder/configure.log" --preset "$1"
    say "Building preset $1, log in ${log#"$PWD/"} …"
    if ! NINJA_STATUS='[%f/%t] ' cmake --build --preset "$1" 2>&1 9>&- | tee "$log" | awk "$progress" >&2; then
        grep -m 10 -A 4 -E 'error:|undefined reference' "$log" >&2 || tail -n 40 "$log" >&2
        die "The build failed. The whole log: $log"
    fi
    exec 9>&-
}

build_preset "$preset"
if [[ $preset == fuzz ]]; then
    exec python3 -B tests/fuzz/run.py "$@"
fi
if [[ $preset == tsan ]]; then
    export TSAN_OPTIONS="suppressions='$PWD/scripts/tsan.supp' die_after_fork=0 ${TSAN_OPTIONS:-}"
fi

# Tests that share something (a browser) exclude each other with RESOURCE_LOCK; all others run side by side.
status=0
ctest --preset "$preset" --parallel "$(nproc)" --no-tests=error "$@" || status=$?
if [[ $with_fuzz ]]; then
    build_preset fuzz
    python3 -B tests/fuzz/run.py || status=$?
fi
exit "$status"
