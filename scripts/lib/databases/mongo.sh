# shellcheck shell=bash
# A MongoDB server for tests; Debian has none, so that it is mongo-peer.py, on Python's mockupdb and mongomock.
#
#   source scripts/lib/databases/mongo.sh
#   start_mongo DIR    starts it on a free port of 127.0.0.1; sets KOA_TEST_MONGO to its connection string, and
#                      KOA_TEST_MONGO_PYTHON to a Python that has pymongo
#   stop_mongo DIR     stops it
#
# It needs Debian's python3-venv, and python packages from the net when it is started first.

mongo_packages=("mockupdb==1.8.1" "mongomock==4.3.0" "pymongo==4.20.0")
mongo_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Makes the Python environment in the user's cache, once; sets KOA_TEST_MONGO_PYTHON.
prepare_mongo() {
    local cache="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/koa-tests" versions environment
    versions=$(IFS=- && echo "${mongo_packages[*]//==/-}")
    environment="$cache/$versions"
    if [[ ! -e $environment/complete ]]; then
        rm -rf "$environment"
        mkdir -p "$cache"
        python3 -m venv "$environment" || {
            echo "error: no Python environment: apt-get install python3-venv" >&2
            return 1
        }
        "$environment/bin/python" -m pip install --quiet --disable-pip-version-check "${mongo_packages[@]}" || return 1
        touch "$environment/complete"
    fi
    export KOA_TEST_MONGO_PYTHON="$environment/bin/python"
}

start_mongo() {
    local folder="$1"
    prepare_mongo || return 1
    mkdir -p "$folder"
    rm -f "$folder/mongo.port"
    "$KOA_TEST_MONGO_PYTHON" "$mongo_folder/mongo-peer.py" "$folder/mongo.port" >"$folder/mongo.log" 2>&1 &
    echo $! >"$folder/mongo.pid"
    for _ in {1..100}; do
        if [[ -s $folder/mongo.port ]]; then
            KOA_TEST_MONGO="mongodb://127.0.0.1:$(<"$folder/mongo.port")"
            export KOA_TEST_MONGO
            return 0
        fi
        kill -0 "$(<"$folder/mongo.pid")" 2>/dev/null || break
        sleep 0.1
    done
    echo "error: the server for MongoDB's tests didn't start" >&2
    cat "$folder/mongo.log" >&2
    stop_mongo "$folder"
    return 1
}

stop_mongo() {
    local folder="$1" process
    [[ -f $folder/mongo.pid ]] || return 0
    process=$(<"$folder/mongo.pid")
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
    rm -f "$folder/mongo.pid"
}
