#!/usr/bin/env bash
# run.sh BUILD_FOLDER [ARGS…]: measures the server of that build. See README.md.
set -euo pipefail
build=$1
shift
node=$(command -v node || true)
modules=$PWD/tests/e2e/node_modules
[ -d "$modules/ask-sdk-express-adapter" ] || node=
exec "$build/bench/symbolon_bench" --server "$build/src/app/symbolon" \
    --node "$node" --node-modules "$modules" --node-skill "$PWD/tests/e2e/support/ask_sdk_skill.cjs" "$@"
