#!/usr/bin/env bash
# Installs Debian packages from the lists named as arguments; asks for nothing that is there.
#   packaging/install.sh packages-build.txt [packages-test.txt]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

wanted=()
for list in "$@"; do
    while read -r name; do wanted+=("$name"); done < <(grep -v '^#' "$here/$list")
done
# The npm registry's client brings the tables; any Node.js that is there already will do.
command -v npm >/dev/null || wanted+=(nodejs npm)

missing=()
for name in "${wanted[@]}"; do
    status=$(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null || true)
    [ "${status:0:2}" = ii ] || missing+=("$name")
done
[ ${#missing[@]} = 0 ] && exit 0

echo "Installing ${#missing[@]} of ${#wanted[@]} packages (a few minutes) …"
log=$(mktemp)
if ! as_root apt-get update >"$log" 2>&1 ||
    ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        "${missing[@]}" 2>&1 | tee -a "$log" | awk '
            /newly installed/ { wanted = $3 }
            /^Get:/ && !fetching++ { print "  fetching"; fflush() }
            /^Unpacking/ && ++unpacked % 50 == 0 { print "  unpacked " unpacked " of " wanted; fflush() }
            /^Setting up/ && ++ready % 50 == 0 { print "  set up " ready " of " wanted; fflush() }'; then
    tail -20 "$log" >&2
    echo "The packages could not be installed; the whole story is in $log" >&2
    exit 1
fi
rm -f "$log"
