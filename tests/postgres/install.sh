#!/bin/sh
# Debian's PostgreSQL for the tests: installed where it is missing and this is root. Without it the
# stories of PostgreSQL are left out, and say so; nothing else is.
set -u

if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "PostgreSQL is not installed: its tests are skipped (as root: make postgresql)" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -qq && apt-get install -qq --no-install-recommends postgresql; } >/dev/null ||
    echo "PostgreSQL could not be installed: its tests are skipped" >&2
exit 0
