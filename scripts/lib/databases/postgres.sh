# shellcheck shell=bash
# A PostgreSQL for tests: Debian's postgresql and postgresql-client, and openssl for its certificate.

# start_postgres DIR: starts one on a free port of 127.0.0.1 and with its socket in DIR/postgres, with its data below DIR, and
# waits until it answers. There is a user koa, with the password `secret 'word'`, who owns the database koa.
# Exports KOA_TEST_POSTGRES=host:port, KOA_TEST_POSTGRES_SOCKET: the directory, and KOA_TEST_POSTGRES_CA: who has signed its
# certificate.
start_postgres() {
    local dir port bin as_user=()
    dir=$(realpath "$1")
    bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    mkdir -p "$dir/postgres"
    make_postgres_certificate "$dir" || return
    if [[ $(id -u) -eq 0 ]]; then
        as_user=(setpriv --reuid=postgres --regid=postgres --init-groups)
        chown -R postgres:postgres "$dir/postgres"
        chmod o+x "$dir"
    fi
    (cd "$dir/postgres" && "${as_user[@]}" "$bin/initdb" --pgdata=data --username=postgres --auth-local=trust \
        --auth-host=scram-sha-256 --encoding=UTF8 --locale=C --no-sync) >"$dir/postgres.log" 2>&1
    (cd "$dir/postgres" && exec "${as_user[@]}" "$bin/postgres" -D "$dir/postgres/data" -c listen_addresses=127.0.0.1 -c port="$port" \
        -c unix_socket_directories="$dir/postgres" -c fsync=off -c ssl=on -c ssl_ca_file="$dir/postgres/ca.pem" \
        -c ssl_cert_file="$dir/postgres/server.pem" -c ssl_key_file="$dir/postgres/server.key") \
        >>"$dir/postgres.log" 2>&1 &
    echo $! >"$dir/postgres.pid"
    for _ in {1..300}; do
        if psql -qX -h "$dir/postgres" -p "$port" -U postgres -v ON_ERROR_STOP=1 >/dev/null 2>&1 <<'SQL'; then
CREATE USER koa PASSWORD 'secret ''word''';
CREATE DATABASE koa OWNER koa;
SQL
            export KOA_TEST_POSTGRES="127.0.0.1:$port" KOA_TEST_POSTGRES_SOCKET="$dir/postgres"
            export KOA_TEST_POSTGRES_CA="$dir/postgres/ca.pem"
            return
        fi
        if ! kill -0 "$(<"$dir/postgres.pid")" 2>/dev/null; then break; fi
        sleep 0.1
    done
    echo "error: postgres didn't start" >&2
    cat "$dir/postgres.log" >&2
    stop_postgres "$dir"
    return 1
}

# stop_postgres DIR: stops what start_postgres DIR has started.
stop_postgres() {
    local process
    [[ -f $1/postgres.pid ]] || return 0
    process=$(<"$1/postgres.pid")
    # SIGINT: at once, without waiting for those who are connected.
    kill -INT "$process" 2>/dev/null || true
    # Of another shell's there is no waiting, but for its end.
    wait "$process" 2>/dev/null || for _ in {1..100}; do
        kill -0 "$process" 2>/dev/null || break
        sleep 0.1
    done
    rm -f "$1/postgres.pid"
}

# An authority, and a certificate of it for 127.0.0.1.
make_postgres_certificate() {
    local dir=$1/postgres
    {
        openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Koa's tests" -keyout "$dir/ca.key" \
            -out "$dir/ca.pem" &&
            openssl req -newkey rsa:2048 -nodes -subj "/CN=127.0.0.1" -keyout "$dir/server.key" \
                -out "$dir/server.csr" &&
            openssl x509 -req -days 30 -in "$dir/server.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -CAcreateserial \
                -extfile <(echo "subjectAltName=IP:127.0.0.1") -out "$dir/server.pem" &&
            chmod 600 "$dir/server.key"
    } >"$dir/openssl.log" 2>&1 && return
    cat "$dir/openssl.log" >&2
    return 1
}
