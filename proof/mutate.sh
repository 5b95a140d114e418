#!/usr/bin/env bash
# Breaks the code in one small way at a time and sees whether a test fails;
# MUTATION.md has the results. It takes from minutes to an hour, and is no part
# of CI.
#
#   proof/mutate.sh fixed|engine|portfolio|rest|strictjson|alike [FLAGS of tools/mutate]
#   proof/mutate.sh gremlins
set -euo pipefail
cd "$(dirname "$0")/.."

# These take long, and what they hold is held by others as well; or they fail
# where the machine is busy, which would kill a mutant that lives.
slow='^(TestReadme|TestSixtyFourMegabytes|TestMemoryBound|TestOneMegabyte.*|TestLongDateIsRefusedFast|TestContactMapOfACrowd|TestHostileDecimals|TestLongChainOfReports|TestLongDigitsAreRefusedFast|TestManyConditionsAreCheckedFast|TestBlankLinesAreReadFast|TestPlanTimeOfManyHours)$'
engine='score.go scorecard.go row.go grid.go gridrow.go signals.go reader.go lacking.go window.go relationship.go condition.go classify.go transition.go stagerow.go attractiveness.go potential.go'
portfolio='portfolio.go member.go whatif.go portfoliodiff.go pyramid.go keyaccount.go selection.go concentration.go timeplan.go effort.go group.go'

mutate() { go run ./tools/mutate -skip "$slow" -longest "${longest:-1500ms}" "$@"; }

what=${1:?fixed, engine, portfolio, rest, strictjson, alike or gremlins}
shift
case $what in
fixed) longest=8s mutate -dir internal/fixed -least 92 -explained proof/mutants.txt "$@" ;;
engine) mutate -least 95 -explained proof/mutants.txt "$@" $engine ;;
portfolio) mutate -least 90 -explained proof/mutants.txt "$@" $portfolio ;;
rest) mutate -least 90 -explained proof/mutants.txt "$@" $(go list -f '{{join .GoFiles "\n"}}' . | grep -vxF "$(printf '%s\n' $engine $portfolio)") ;;
strictjson) longest=8s mutate -dir internal/strictjson -least 90 -explained proof/mutants-strictjson.txt "$@" ;;
alike) mutate -dir internal/alike -least 90 -explained proof/mutants.txt "$@" ;;
gremlins)
	# It reruns the whole of a package's tests for each mutant, so it is for the
	# small one. With its own limit of time every mutant "times out", and it exits
	# with 0: the counts are what is looked at.
	out=$(go run github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0 unleash --timeout-coefficient 100 --workers 1 ./internal/fixed)
	echo "$out"
	killed=$(sed -n 's/^Killed: \([0-9]*\),.*/\1/p' <<<"$out")
	lived=$(sed -n 's/.*Lived: \([0-9]*\),.*/\1/p' <<<"$out")
	[ "${killed:-0}" -ge 50 ] && [ "$lived" -le $((killed / 10)) ] || { echo "killed $killed, lived $lived" >&2; exit 1; }
	;;
*) echo "no $what" >&2; exit 1 ;;
esac
