#!/usr/bin/env bash
# Lives through COUNT towns, one simulator a core, and ends with the first failure.
#   tests/simulation/many.sh COUNT [FIRST_SEED] [OPTIONS OF madoguchi-simulate …]
# The programs are those of MADO_BIN (build/release/bin).
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# -ge 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2 && exit 2; }
count=$1 first=${2:-1}
shift $(($# < 2 ? $# : 2))
programs=${MADO_BIN:-build/release/bin}

# Pieces of at most a hundred, so that no core waits for another at the end.
piece=$(((count + 99) / 100 < 100 ? (count + 99) / 100 : 100))
seq "$first" "$piece" $((first + count - 1)) |
    xargs -P "$(nproc)" -I SEED bash -c '
        left=$(('"$first + $count"' - SEED)) piece='"$piece"'
        "$0" --seed SEED --seeds $((left < piece ? left : piece)) "$@" || exit 255' \
        "$programs/madoguchi-simulate" "$@"
echo "$count seeds clean"
