# shellcheck shell=bash
# The servers that the tests of the databases' stores ask: each with a data directory of its own, on a free port of 127.0.0.1.
# A server's file has `start_NAME DIR`, which exports what its tests read, and `stop_NAME DIR`.

# Each server, and what has to be installed for it.
database_servers=("redis redis-server" "mysql mariadbd" "postgres initdb" "mongo python3")

for database_server in "${database_servers[@]}"; do
    # shellcheck source=/dev/null
    source "scripts/lib/databases/${database_server%% *}.sh"
done

# start_databases DIR: starts those that are installed, and says which aren't.
start_databases() {
    local server name command
    for server in "${database_servers[@]}"; do
        read -r name command <<<"$server"
        if ! has "$command"; then
            skip 1 "$command isn't installed: the store in $name isn't tried"
        elif ! "start_$name" "$1" >"$1/$name.txt" 2>&1; then
            echo "error: $name didn't start:"
            tail -n 20 "$1/$name.txt"
            return 1
        fi
    done
}

# stop_databases DIR
stop_databases() {
    local server name
    for server in "${database_servers[@]}"; do
        name=${server%% *}
        if [[ -e $1/$name.pid ]]; then "stop_$name" "$1" || true; fi
    done
}
