# shellcheck shell=bash
# What the steps need beside the Swift toolchain: command, Debian package.
# shellcheck disable=SC2034 # `traits` is for steps.sh.

tools=(
    "git git"
    "curl curl"
    "pkg-config pkg-config"
    "python3 python3"
    "shellcheck shellcheck"
    "nginx nginx"
    "haproxy haproxy"
    "chromium chromium"
    "openssl openssl"
    "sqlite3 sqlite3"
    "redis-server redis-server"
    "mariadbd mariadb-server"
    "mariadb mariadb-client"
    "initdb postgresql"
    "psql postgresql-client"
)

# The C libraries of the package and of its traits, as pkg-config knows them: library, Debian package, trait.
libraries=(
    "zlib zlib1g-dev"
    "libbrotlienc libbrotli-dev Brotli"
    "libzstd libzstd-dev Zstd"
    "sqlite3 libsqlite3-dev SQLite"
    "hiredis libhiredis-dev Redis"
    "libmariadb libmariadb-dev MySQL"
    "libmongoc-1.0 libmongoc-dev MongoDB"
    "libpq libpq-dev PostgreSQL"
)

# Debian keeps servers where a user's shell doesn't look.
PATH+=:/usr/sbin
for folder in /usr/lib/postgresql/*/bin; do PATH+=":$folder"; done

has() {
    command -v "$1" >/dev/null 2>&1
}

has_library() {
    has pkg-config && pkg-config --exists "$1"
}

# Has Swift build with every trait whose library is here, and with Stencil, which needs none: sets `traits`.
find_traits() {
    local library name trait names=(Stencil)
    for library in "${libraries[@]}"; do
        read -r name _ trait <<<"$library"
        if [[ -n $trait ]] && has_library "$name"; then names+=("$trait"); fi
    done
    traits=(--traits "$(IFS=, && echo "${names[*]}")")
}

# Installs the missing tools and libraries with apt-get, as root or by sudo.
install_tools() {
    local tool library command package as_root=() missing=()
    for tool in "${tools[@]}"; do
        read -r command package <<<"$tool"
        has "$command" || missing+=("$package")
    done
    python3 -c "import ensurepip" 2>/dev/null || missing+=(python3-venv)
    for library in "${libraries[@]}"; do
        read -r library package _ <<<"$library"
        has_library "$library" || missing+=("$package")
    done
    if [[ ${#missing[@]} -eq 0 ]]; then return; fi
    if ! has apt-get; then
        echo "Please install: ${missing[*]} (there is no apt-get here)" >&2
        return
    fi
    if [[ $(id -u) -ne 0 ]]; then as_root=(sudo); fi
    echo "installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    # In run level 1 Debian's packages start no server: the tests have their own.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >/dev/null
}

require_swift() {
    if ! has swift; then
        echo "Swift isn't installed; see https://www.swift.org/install (6.2 or newer)" >&2
        exit 1
    fi
}
