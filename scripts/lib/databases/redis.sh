# shellcheck shell=bash
# A Redis for tests: redis-server, from Debian's package of that name.

# start_redis DIR: starts one on a free port of 127.0.0.1 and on DIR/redis.sock, with its data below DIR, and waits until it
# answers. Exports KOA_TEST_REDIS=host:port and KOA_TEST_REDIS_SOCKET.
start_redis() {
    local dir port command
    dir=$(realpath "$1")
    mkdir -p "$dir/redis"
    port=$(free_redis_port)
    command=(redis-server --bind 127.0.0.1 --port "$port" --unixsocket "$dir/redis.sock" --dir "$dir/redis" --save ""
        --appendonly no --daemonize no)
    # For who starts it again: it writes something else over its own command line.
    printf '%s\0' "${command[@]}" >"$dir/redis.command"
    "${command[@]}" >"$dir/redis.log" 2>&1 &
    echo $! >"$dir/redis.pid"
    for _ in {1..100}; do
        if [[ $(redis-cli -h 127.0.0.1 -p "$port" PING 2>/dev/null) == PONG ]]; then
            export KOA_TEST_REDIS="127.0.0.1:$port" KOA_TEST_REDIS_SOCKET="$dir/redis.sock"
            return
        fi
        if ! kill -0 "$(<"$dir/redis.pid")" 2>/dev/null; then break; fi
        sleep 0.1
    done
    echo "error: redis-server didn't start" >&2
    cat "$dir/redis.log" >&2
    stop_redis "$dir"
    return 1
}

# stop_redis DIR: stops what start_redis DIR has started.
stop_redis() {
    local process
    [[ -f $1/redis.pid ]] || return 0
    process=$(<"$1/redis.pid")
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
    rm -f "$1/redis.pid"
}

free_redis_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
