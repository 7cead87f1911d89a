# shellcheck shell=bash
# The steps of scripts/test, in its order. Each runs in a subshell, from the repository's root.
# shellcheck disable=SC2154 # `traits` and `libraries` are tools.sh's.

: "${logs:?}"

# Packages of users, and what is generated for the documentation's code, share one scratch path: SwiftNIO compiles once.
users_scratch="$PWD/.build-users"

check_format() {
    scripts/format --lint
    count 1 0 0
}

check_scripts() {
    if ! has shellcheck; then
        skip 1 "shellcheck isn't installed"
        return
    fi
    shellcheck --external-sources scripts/format scripts/bench scripts/fuzz scripts/soak scripts/test scripts/test-cluster scripts/lib/*.sh scripts/lib/databases/*.sh .ci/run
    count 1 0 0
}

# Says which traits can't be tried here.
check_traits() {
    local library name package trait
    for library in "${libraries[@]}"; do
        read -r name package trait <<<"$library"
        if [[ -z $trait ]]; then continue; fi
        if has_library "$name"; then count 1 0 0; else skip 1 "$package isn't installed: the trait $trait isn't tried"; fi
    done
}

# Builds all targets; a warning in this package's own code is a failure. (`-warnings-as-errors` can't be passed to
# dependencies, which SwiftPM compiles with `-suppress-warnings`.)
build_everything() {
    local warnings
    swift build --build-tests "${traits[@]}" 2>&1 | tee "$logs/build.txt"
    warnings=$(grep -F "$PWD/" "$logs/build.txt" | grep -E ': warning: ' | grep -vF "$PWD/.build" | sort -u || true)
    if [[ -n $warnings ]]; then
        printf '\nerror: warnings in this package:\n%s\n' "$warnings"
        return 1
    fi
    count 1 0 0
}

# The optimiser sees what a debug build doesn't: it once crashed on a line that every test had passed. What it builds is
# what the budgets measure.
#
# It begins beside the test suite, whose tests wait more than they compute, and takes only what those leave.
begin_release() {
    (nice -n 19 swift build --quiet -c release --package-path Benchmarks --product bench-koa >/dev/null 2>&1 || true) &
}

# SwiftPM waits for the one that was begun; what went wrong there is told by doing it again.
build_release() {
    swift build --quiet -c release --package-path Benchmarks --product bench-koa
    count 1 0 0
}

# What a request may allocate; that can't depend on how busy the machine is.
test_budgets() {
    if [[ $(uname -s) != Linux ]]; then
        skip 1 "allocations are counted on Linux only"
        return
    fi
    scripts/bench --budgets | tee "$logs/budgets.txt" || true
    count_last_line "$logs/budgets.txt"
}

# test_suite FILTER SANITIZER: either may be empty. One test after the other: those that talk over sockets keep every core
# busy, and at the same time they would only wait for each other, up to their deadlines.
test_suite() {
    local arguments=(--disable-xctest --no-parallel --xunit-output "$PWD/$logs/tests.xml" "${traits[@]}") status=0
    if [[ -n $1 ]]; then arguments+=(--filter "$1"); fi
    if [[ -n $2 ]]; then arguments+=("--sanitize=$2" --scratch-path ".build-$2"); fi
    # A whole run has just built everything; in a new clone SwiftPM would build it a second time.
    if [[ -z $1$2 ]]; then arguments+=(--skip-build); fi
    rm -f "$logs/tests.xml"
    if [[ -z $1 || $1 =~ Redis|MySQL|Postgres|Mongo|Database ]]; then
        databases=$(mktemp -d)
        trap 'stop_databases "$databases" && rm -rf "$databases"' EXIT
        start_databases "$databases"
    fi
    TSAN_OPTIONS="suppressions=$PWD/scripts/lib/thread-sanitizer.supp" \
        LSAN_OPTIONS="suppressions=$PWD/scripts/lib/leaks.supp:print_suppressions=0" \
        swift test "${arguments[@]}" || status=$?
    count_xunit "" "$logs/tests.xml" "$status"
}

# count_xunit PREFIX FILE STATUS: the totals that `swift test --xunit-output` wrote; no test at all is a failure, and so
# is an exit status that the file doesn't explain (a crash).
count_xunit() {
    local tests=0 failures=0 skips=0
    if [[ -f $2 ]]; then
        tests=$(attribute tests "$2")
        failures=$(awk '/<testcase/ { new = 1 } /<failure|<error/ { count += new; new = 0 } END { print count + 0 }' "$2")
        skips=$(attribute skipped "$2")
    fi
    count "$((tests - failures))" "$failures" "$skips"
    note "$1$tests tests ran, $failures failed, $skips skipped"
    if [[ $tests -eq 0 ]] || [[ $3 -ne 0 && $failures -eq 0 ]]; then
        echo "error: swift test exited with $3 after $tests tests"
        count 0 1 0
    fi
}

# attribute NAME FILE: the sum of an attribute of the file's test suites.
attribute() {
    grep -o '<testsuite [^>]*' "$2" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'
}

# Runs the recorded cases on the real server.
run_conformance() {
    local cases="" folder totals status=0 arguments=()
    for folder in ../shared/conformance Tests/ConformanceTests/Cases; do
        if [[ -d $folder ]]; then
            cases="$folder"
            break
        fi
    done
    if [[ -z $cases ]]; then
        skip 1 "no recorded cases on this machine"
        return
    fi
    if [[ -f docs/deviations.md ]]; then arguments+=(--deviations docs/deviations.md); fi
    swift run --quiet "${traits[@]}" koa-conformance "${arguments[@]}" "$cases" | tee "$logs/conformance.txt" || status=$?
    totals=$(tail -n 1 "$logs/conformance.txt")
    if [[ ! $totals =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        echo "error: koa-conformance ended with: $totals"
        return 1
    fi
    count "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" 0
    note "$totals"
    if [[ $status -ne 0 && ${BASH_REMATCH[2]} -eq 0 ]]; then return "$status"; fi
}

# Packages as users write them, with the settings of `swift package init` and with an upcoming feature.
test_user_packages() {
    local name status
    for name in DefaultSettings Nonsending; do
        status=0
        rm -f "$logs/$name.xml"
        swift test --package-path "Tests/Users/$name" --scratch-path "$users_scratch" --disable-xctest \
            --xunit-output "$PWD/$logs/$name.xml" || status=$?
        count_xunit "$name: " "$logs/$name.xml" "$status"
    done
}

check_rejected() {
    scripts/lib/rejected | tee "$logs/rejected.txt" || true
    count_last_line "$logs/rejected.txt"
}

check_doctests() {
    scripts/doctest --scratch-path "$users_scratch" | tee "$logs/doctest.txt" || true
    count_last_line "$logs/doctest.txt"
}

check_documents() {
    scripts/lib/documents | tee "$logs/documents.txt" || true
    count_last_line "$logs/documents.txt"
}

# Three processes behind nginx share sessions, and one of them is killed.
test_cluster() {
    swift build --quiet "${traits[@]}" --product cluster
    scripts/test-cluster .build/debug/cluster | tee "$logs/cluster.txt" || true
    count_last_line "$logs/cluster.txt"
}

# Runs every kept input of the fuzz targets once, under the address and leak sanitizers.
run_corpus() {
    if ! swiftc -sanitize=fuzzer -parse-as-library -typecheck - </dev/null >/dev/null 2>&1; then
        skip 1 "this toolchain has no libFuzzer"
        return
    fi
    scripts/fuzz --corpus | tee "$logs/fuzz.txt" || true
    count_last_line "$logs/fuzz.txt"
}

# count_last_line FILE: the figures of a last line `N passed, M failed[, K skipped]`.
count_last_line() {
    local line
    line=$(tail -n 1 "$1")
    if [[ ! $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
        echo "error: no totals in: $line"
        return 1
    fi
    count "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${BASH_REMATCH[4]:-0}"
}

# Starts each example, asks it something, and stops it as an operator would.
run_examples() {
    local folder name
    for folder in Examples/*/; do
        name=$(basename "$folder")
        swift build --quiet "${traits[@]}" --product "$name"
        if ! has curl; then
            skip 1 "curl isn't installed"
        elif try_example "$name"; then
            echo "$name: ok"
            count 1 0 0
        elif grep -q "Can't listen on" "$logs/example-$name.txt"; then
            skip 1 "the port of $name is taken"
        else
            count 0 1 0
        fi
    done
}

# try_example NAME: it says where it listens, answers on /, and ends with status 0 on SIGTERM. One that reads PORT gets
# a free port.
try_example() {
    local name="$1" log="$logs/example-$1.txt" process url="" answer status=0
    PORT=0 .build/debug/"$name" >"$log" 2>&1 &
    process=$!
    for _ in {1..100}; do
        url=$(grep -o 'http://[^ ]*' "$log" | head -n 1 || true)
        if [[ -n $url ]] || ! kill -0 "$process" 2>/dev/null; then break; fi
        sleep 0.1
    done
    if [[ -z $url ]]; then
        echo "error: $name didn't say where it listens"
        cat "$log"
        kill "$process" 2>/dev/null || true
        return 1
    fi
    answer=$(curl --silent --show-error --include --max-time 10 "$url/") || status=$?
    kill -TERM "$process"
    wait "$process" || status=$?
    echo "$answer"
    if [[ $status -ne 0 ]]; then
        echo "error: $name or its request ended with $status"
        return 1
    fi
    if [[ ${answer%%$'\r'*} != "HTTP/1.1 200 OK" ]]; then
        echo "error: $name didn't answer 200"
        return 1
    fi
    if [[ $name == hello && $answer != *"Hello World" ]]; then
        echo "error: hello didn't greet"
        return 1
    fi
}
