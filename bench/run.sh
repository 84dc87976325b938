#!/usr/bin/env bash
# run.sh BUILD_FOLDER [ARGS…]: measures the server of that build. See README.md.
set -euo pipefail
build=$1
shift
exec "$build/bench/symbolon_bench" --server "$build/src/app/symbolon" "$@"
