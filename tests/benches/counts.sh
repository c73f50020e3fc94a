#!/bin/sh
# Compares instructions and table bytes with tests/benches/counts/counts.txt, which finds regressions
# without timing anything.
set -eu
cd "$(dirname "$0")/counts"
if ! command -v valgrind >/dev/null; then
    echo "valgrind is not installed: apt-get install valgrind, or dnf install valgrind" >&2
    exit 1
fi
cargo run --quiet --release
