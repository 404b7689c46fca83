#!/bin/sh
# Runs each target for so many seconds (60 unless said), one at a time, from the seeds: ./run.sh [SECONDS] [TARGET…]
set -u
cd "$(dirname "$0")" || exit 1
seconds=${1:-60}
[ $# -gt 0 ] && shift
targets=${*:-$(cargo +nightly fuzz list | grep -v '^seeds$')}
cargo +nightly run --quiet --bin seeds || exit 1
failed=""
for target in $targets; do
    echo "== $target"
    cargo +nightly fuzz run "$target" -- -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=20 -max_len=65536 \
        -print_final_stats=1 || failed="$failed $target"
done
if [ -n "$failed" ]; then
    echo "failed or not run:$failed (what was found is in artifacts/)"
    exit 1
fi
