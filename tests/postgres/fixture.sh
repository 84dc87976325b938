#!/usr/bin/env bash
# CTest's fixture: `fixture.sh start FILE` runs one server (serve.sh) for the whole test run and writes its URL to FILE;
# `fixture.sh stop FILE` ends it.
set -euo pipefail
command=$1
file=$2
here=$(dirname "$(readlink -f "$0")")
rm -f "$file"
[ "$command" = start ] || exit 0
setsid "$here/serve.sh" --while "$file" </dev/null >"$file.log" 2>&1 &
server=$!
until [ -f "$file" ]; do
    kill -0 "$server" 2>/dev/null || { cat "$file.log"; exit 1; }
    sleep 0.05
done
