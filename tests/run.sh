#!/usr/bin/env bash
# Installs what is needed, builds everything and runs every test; ends with ctest's summaries.
#   tests/run.sh          all that CI runs: the parts ci, asan and tsan
#   tests/run.sh PART…    parts by name: ci (g++, warnings are errors), asan (clang: address and
#                         undefined, and the fuzzers), tsan (journal, sync and server), tidy (files
#                         changed)
set -euo pipefail
cd "$(dirname "$0")/.."

parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(ci asan tsan)
for part in "${parts[@]}"; do
    case "$part" in
        ci | asan | tsan | tidy) ;;
        -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0" && exit 0 ;;
        *) echo "tests/run.sh: no such part: $part (see --help)" >&2 && exit 2 ;;
    esac
done

bash packaging/install.sh packages-build.txt packages-test.txt

configured() {
    [ -f "build/$1/build.ninja" ] || cmake --preset "$1" >/dev/null
}

# Nothing here may run for ever: a hanging test ends with its name.
run_tests() {
    ctest --preset "$1" --timeout 600 "${@:2}"
}

for part in "${parts[@]}"; do
    echo "== $part"
    case "$part" in
        ci)
            configured ci
            cmake --build --preset ci --target all all_verify_interface_header_sets
            run_tests ci -j 2 -LE e2e
            # Each of these is a whole town with its screens.
            run_tests ci -j 2 -L e2e
            ;;
        asan)
            configured asan
            cmake --build --preset asan --target tests/unit/all tests/property/all tests/fuzz/all
            # But for what belongs to tests alone (the film of a ticket, the simulated disks, the
            # gallery's rulers), and for every screen by keys, which takes three minutes so.
            run_tests asan -j 2 -L 'unit|property|fuzz' -E '^(film|simulation|gallery|screens)_'
            ;;
        tsan)
            configured tsan
            # Where threads are; what is pure has one, and its properties take long.
            rooms=(journal device server api)
            cmake --build --preset tsan --target "${rooms[@]/%/_test}"
            run_tests tsan -j 2 -R "^($(IFS='|' && echo "${rooms[*]}"))_test\$"
            ;;
        tidy)
            configured ci
            bash tests/lint/tidy.sh build/ci
            ;;
    esac
done
