#!/usr/bin/env bash
# clang-tidy on the C++ files that changed since a commit (the one before the last by default).
#   tests/lint/tidy.sh BUILD_DIR [BASE]        BASE "all" takes every file (a quarter of an hour)
set -euo pipefail
cd "$(dirname "$0")/../.."
build=$1
base=${2:-HEAD~1}

if [ "$base" = all ] || ! git rev-parse -q --verify "$base" >/dev/null; then
    files=$(git ls-files '*.cpp')
else
    files=$(git diff --name-only --diff-filter=d "$base" -- '*.cpp')
fi
# Only what this build compiles: the fuzzers are clang's.
files=$(for file in $files; do grep -qF "/$file\"" "$build/compile_commands.json" && echo "$file"; done || true)
[ -n "$files" ] || { echo "tidy: no C++ file changed since $base"; exit 0; }
echo "$files" | xargs -P 2 -n 1 clang-tidy-14 -p "$build" --quiet 2>&1 |
    { grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed|^Use -header-filter' || true; }
echo "tidy: $(echo "$files" | wc -l) files clean"
