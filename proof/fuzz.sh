#!/bin/sh
# Runs every fuzz target of the main module for a time each:
#
#	proof/fuzz.sh [TIME]        (default 60s)
#
# The targets are discovered, and none is a failure: go test -fuzz exits 0
# where its name matches nothing.
set -eu
cd "$(dirname "$0")/.."
time=${1:-60s}
count=0
failed=
list=$(mktemp)
trap 'rm -f "$list"' EXIT
for package in $(go list ./...); do
	go test -list '^Fuzz' "$package" | grep '^Fuzz' | sed "s|^|$package |" >>"$list" || true
done
[ -s "$list" ] || { echo "no fuzz target was found" >&2; exit 1; }
while read -r package target; do
	count=$((count + 1))
	if out=$(go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" -fuzzminimizetime 10x "$package" 2>&1); then
		echo "$package $target: $(echo "$out" | grep '^fuzz: elapsed' | tail -n 1 | sed 's/^fuzz: //')"
	else
		failed="$failed $target"
		echo "$package $target: FAILED"
		echo "$out" | tail -n 40
	fi
done <"$list"
echo "$count targets for $time each"
[ -z "$failed" ] || { echo "failed:$failed" >&2; exit 1; }
