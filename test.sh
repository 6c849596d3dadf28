#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what the tests need, builds them and runs all of them.
set -euo pipefail

usage() {
    cat <<'END'
Usage: ./test.sh [preset] [arguments of ctest]

Presets: dev (the default), asan, tsan, no-gui.

  ./test.sh                  everything
  ./test.sh dev -R names     the tests whose name matches
  ./test.sh asan -L gui      under AddressSanitizer, those with the label
  ./test.sh -j1              one after the other

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
    dev | asan | tsan | no-gui) preset=$1; shift ;;
    *) say "test.sh: no such preset: $1"; usage >&2; exit 2 ;;
esac
folder=$PWD/build/$preset
log=$folder/build.log

packages_need 'build and run the tests' "${PACKAGES_BUILD[@]}" "${PACKAGES_DESKTOP[@]}" "${PACKAGES_TEST[@]}"
build_lock "$folder"
build_configure "$folder" "$folder/configure.log" --preset "$preset"

# The log has everything; the screen gets one line for each tenth.
say "Building preset $preset, log in ${log#"$PWD/"} …"
# shellcheck disable=SC2016
progress='match($0, /^\[[0-9]+\/[0-9]+/) {
    split(substr($0, 2, RLENGTH - 1), n, "/")
    if (int(10 * n[1] / n[2]) > shown) { shown = int(10 * n[1] / n[2]); print "  " n[1] " of " n[2]; fflush() }
}'
if ! NINJA_STATUS='[%f/%t] ' cmake --build --preset "$preset" 2>&1 9>&- | tee "$log" | awk "$progress" >&2; then
    grep -m 10 -A 4 -E 'error:|undefined reference' "$log" >&2 || tail -n 40 "$log" >&2
    die "The build failed. The whole log: $log"
fi
exec 9>&-

if [[ $preset == tsan ]]; then
    export TSAN_OPTIONS="suppressions='$PWD/scripts/tsan.supp' ${TSAN_OPTIONS:-}"
fi

# Tests that share something (a browser) exclude each other with RESOURCE_LOCK; all others run side by side.
exec ctest --preset "$preset" --parallel "$(nproc)" --no-tests=error "$@"
