# shellcheck shell=bash
# A MariaDB for tests: Debian's mariadb-server and mariadb-client, and openssl for its certificate.

# start_mysql DIR: starts one on a free port of 127.0.0.1 and on DIR/mysql.sock, with its data below DIR, and waits until it
# answers. There is a user koa, with the password `secret 'word'`, who may do anything in the database koa.
# Exports KOA_TEST_MYSQL=host:port, KOA_TEST_MYSQL_SOCKET, and KOA_TEST_MYSQL_CA: who has signed its certificate.
start_mysql() {
    local dir port as_user=()
    dir=$(realpath "$1")
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    mkdir -p "$dir/mysql"
    make_mysql_certificate "$dir" || return
    if [[ $(id -u) -eq 0 ]]; then
        as_user=(--user=mysql)
        chown -R mysql "$dir/mysql"
        chmod o+x "$dir"
    fi
    mariadb-install-db --no-defaults "${as_user[@]}" --datadir="$dir/mysql" --auth-root-authentication-method=normal \
        --skip-test-db >"$dir/mysql.log" 2>&1
    /usr/sbin/mariadbd --no-defaults "${as_user[@]}" --datadir="$dir/mysql" --bind-address=127.0.0.1 --port="$port" \
        --socket="$dir/mysql/socket" --pid-file="$dir/mysql/pid" --skip-name-resolve --innodb-flush-log-at-trx-commit=0 \
        --ssl-ca="$dir/mysql/ca.pem" --ssl-cert="$dir/mysql/server.pem" --ssl-key="$dir/mysql/server.key" \
        >>"$dir/mysql.log" 2>&1 &
    echo $! >"$dir/mysql.pid"
    for _ in {1..300}; do
        if mariadb --no-defaults --socket="$dir/mysql/socket" --user=root >/dev/null 2>&1 <<'SQL'; then
CREATE DATABASE IF NOT EXISTS koa;
CREATE USER IF NOT EXISTS koa IDENTIFIED BY 'secret ''word''';
GRANT ALL ON koa.* TO koa;
SQL
            export KOA_TEST_MYSQL="127.0.0.1:$port" KOA_TEST_MYSQL_SOCKET="$dir/mysql/socket"
            export KOA_TEST_MYSQL_CA="$dir/mysql/ca.pem"
            return
        fi
        if ! kill -0 "$(<"$dir/mysql.pid")" 2>/dev/null; then break; fi
        sleep 0.1
    done
    echo "error: mariadbd didn't start" >&2
    cat "$dir/mysql.log" >&2
    stop_mysql "$dir"
    return 1
}

# stop_mysql DIR: stops what start_mysql DIR has started.
stop_mysql() {
    local process
    [[ -f $1/mysql.pid ]] || return 0
    process=$(<"$1/mysql.pid")
    kill "$process" 2>/dev/null || true
    # Of another shell's there is no waiting, but for its end.
    wait "$process" 2>/dev/null || for _ in {1..100}; do
        kill -0 "$process" 2>/dev/null || break
        sleep 0.1
    done
    rm -f "$1/mysql.pid"
}

# An authority, and a certificate of it for 127.0.0.1.
make_mysql_certificate() {
    local dir=$1/mysql
    {
        openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Koa's tests" -keyout "$dir/ca.key" \
            -out "$dir/ca.pem" &&
            openssl req -newkey rsa:2048 -nodes -subj "/CN=127.0.0.1" -keyout "$dir/server.key" \
                -out "$dir/server.csr" &&
            openssl x509 -req -days 30 -in "$dir/server.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -CAcreateserial \
                -extfile <(echo "subjectAltName=IP:127.0.0.1") -out "$dir/server.pem"
    } >"$dir/openssl.log" 2>&1 && return
    cat "$dir/openssl.log" >&2
    return 1
}
