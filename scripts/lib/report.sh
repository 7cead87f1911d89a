# shellcheck shell=bash
# Steps, their times and what they count. A step calls `count PASSED FAILED SKIPPED` for what it looked at; one that
# exits non-zero without having counted a failure counts as one.

logs=.build-test
passed=0
failed=0
skipped=0
summary=()

mkdir -p "$logs"

# count PASSED FAILED SKIPPED: adds to the running step's figures.
count() {
    echo "$1 $2 $3" >>"$logs/counts"
}

# note TEXT: a line for the summary at the end.
note() {
    echo "$1" >>"$logs/notes"
}

# skip COUNT REASON: what this machine can't check.
skip() {
    count 0 0 "$1"
    note "skipped: $2"
}

# run_step NAME FUNCTION ARGUMENTS…: runs a step with its output in a log, which is shown when it fails.
run_step() {
    local name="$1" log="$logs/${1//[^A-Za-z]/-}.log" started=$SECONDS status result
    shift
    : >"$logs/counts"
    : >"$logs/notes"
    printf '%-26s ' "$name"
    # Not as a condition: there, bash would run the step without `set -e`.
    set +e
    (set -e; "$@") >"$log" 2>&1
    status=$?
    set -e
    if [[ $status -ne 0 ]] && ! awk '$2 > 0 { found = 1 } END { exit !found }' "$logs/counts"; then
        count 0 1 0
    fi
    local step_passed step_failed step_skipped
    read -r step_passed step_failed step_skipped < <(
        awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }' "$logs/counts"
    )
    passed=$((passed + step_passed))
    failed=$((failed + step_failed))
    skipped=$((skipped + step_skipped))
    result=ok
    if [[ $step_failed -gt 0 ]]; then result=FAILED; elif [[ $step_skipped -gt 0 ]]; then result=skipped; fi
    printf '%-8s %4d s   %d passed, %d failed, %d skipped\n' "$result" "$((SECONDS - started))" \
        "$step_passed" "$step_failed" "$step_skipped"
    while IFS= read -r line; do summary+=("$name: $line"); done <"$logs/notes"
    if [[ $step_failed -gt 0 ]]; then show_failure "$log"; fi
}

# show_failure LOG: the lines that tell what went wrong, and the log's end.
show_failure() {
    echo "--- $1 (the lines that tell, then its end)"
    grep -E 'error:|✘|FAILED' "$1" | cut -c 1-400 | awk '!seen[$0]++' | head -n 40 || true
    echo "---"
    tail -n 30 "$1" | cut -c 1-400
    echo "---"
}

# finish ALL: the totals; fails on a failure, and on a skip when everything was asked for.
finish() {
    echo
    if [[ ${#summary[@]} -gt 0 ]]; then printf '%s\n' "${summary[@]}"; fi
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    if [[ $failed -gt 0 ]]; then exit 1; fi
    if $1 && [[ $skipped -gt 0 ]]; then exit 1; fi
}
