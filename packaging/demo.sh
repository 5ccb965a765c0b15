#!/usr/bin/env bash
# Installs what is needed, builds the release, makes the demo town and runs the main job.
#   packaging/demo.sh              with a display: the kiosk stays open for you to use
#   packaging/demo.sh --headless   a whole visit plays by itself in a virtual screen
# Without a display it plays headless. The last line is "demo: ok" when the server has the booking.
set -euo pipefail
cd "$(dirname "$0")/.."

for argument in "$@"; do
    case "$argument" in
        -h | --help)
            sed -n '2,5s/^# \{0,1\}//p' "$0"
            exit 0
            ;;
        --headless) ;;
        *)
            echo "packaging/demo.sh: no such option: $argument (see --help)" >&2
            exit 2
            ;;
    esac
done

bash packaging/install.sh packages-build.txt

echo "Building into build/release (the first time takes some ten minutes) …"
[ -f build/release/build.ninja ] || cmake --preset release >/dev/null
if [ -t 1 ]; then
    cmake --build --preset release --target madoguchi
else
    cmake --build --preset release --target madoguchi | awk -F '[][/ ]+' '
        /^\[/ { part = int($2 * 10 / $3); if (part > shown) { shown = part; print "  " part "0 %"; fflush() } next }
        { print }'
fi

exec python3 packaging/demo.py "$@"
