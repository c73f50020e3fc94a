#!/bin/sh
# Compares instructions and table bytes with tests/benches/counts/counts.txt, which finds
# regressions without timing anything. Then holds the tool, as `cargo build` compiles it, to its
# budgets of instructions, and checks that they grow linearly with a registry.
set -eu
cd "$(dirname "$0")/counts"
if ! command -v valgrind >/dev/null; then
    echo "valgrind is not installed: apt-get install valgrind, or dnf install valgrind" >&2
    exit 1
fi
cargo run --quiet --release
root=$(cd ../../.. && pwd)
tool=$(cd "$root" && realpath -m "${CARGO_TARGET_DIR:-target}/debug/errbook")
if [ ! -x "$tool" ]; then
    echo "the tool is not counted: build it with \`cargo build -p errbook-cli\`" >&2
    exit 1
fi
cd ../scale
ERRBOOK=$tool cargo run --quiet -- budgets
