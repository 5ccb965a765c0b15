#!/usr/bin/env bash
# Every C++ file is formatted as .clang-format says; names the first lines that are not.
set -euo pipefail
cd "$(dirname "$0")/../.."
find shared kiosk sync tests -name '*.h' -o -name '*.cpp' | sort |
    xargs -P 2 -n 20 clang-format-14 --dry-run --Werror
