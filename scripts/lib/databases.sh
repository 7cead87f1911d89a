# shellcheck shell=bash
# The servers that the tests of the databases' stores ask: each with a data directory of its own, on a free port of 127.0.0.1.
# A server's file has `has_NAME`, `start_NAME DIR`, which exports what its tests read, and `stop_NAME DIR`.

database_servers=(redis mysql postgres mongo)

for database_server in "${database_servers[@]}"; do
    # shellcheck source=/dev/null
    source "scripts/lib/databases/$database_server.sh"
done

# start_databases DIR: starts those that are installed, and says which aren't.
start_databases() {
    local name
    for name in "${database_servers[@]}"; do
        if ! "has_$name"; then
            skip 1 "$name isn't installed: its store isn't tried"
        elif ! "start_$name" "$1" >"$1/$name.txt" 2>&1; then
            echo "error: $name didn't start:"
            tail -n 20 "$1/$name.txt"
            return 1
        fi
    done
}

# stop_databases DIR
stop_databases() {
    local name
    for name in "${database_servers[@]}"; do
        if [[ -e $1/$name.pid ]]; then "stop_$name" "$1" || true; fi
    done
}
