#!/bin/sh
# What the tests of the reading room in a browser need: Debian's Chromium, installed where it is
# missing and this is root, and axe-core as package-lock.json pins it. Without them these tests are
# left out, and say so; nothing else is.
set -u
cd "$(dirname "$0")" || exit 0

install() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "$1 is not installed: the tests in a browser are skipped (as root: make browser)" >&2
        return
    fi
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -qq --no-install-recommends $2; } >/dev/null ||
        echo "$1 could not be installed: the tests in a browser are skipped" >&2
}

command -v chromium >/dev/null || install Chromium "chromium fonts-noto-cjk"
command -v npm >/dev/null || install npm npm
fetched=node_modules/.package-lock.json
if command -v npm >/dev/null && { [ ! -e $fetched ] || [ package-lock.json -nt $fetched ]; }; then
    npm ci --ignore-scripts --no-audit --no-fund --silent ||
        echo "axe-core could not be fetched: accessibility is not checked in a browser" >&2
fi
exit 0
