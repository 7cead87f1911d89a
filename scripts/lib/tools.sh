# shellcheck shell=bash
# What the steps need beside the Swift toolchain: command, Debian package.

tools=(
    "git git"
    "curl curl"
    "python3 python3"
    "shellcheck shellcheck"
    "nginx nginx"
    "haproxy haproxy"
    "chromium chromium"
)

# Debian keeps servers where a user's shell doesn't look.
PATH+=:/usr/sbin

has() {
    command -v "$1" >/dev/null 2>&1
}

# Installs the missing tools with apt-get, as root or by sudo.
install_tools() {
    local tool command package as_root=() missing=()
    for tool in "${tools[@]}"; do
        read -r command package <<<"$tool"
        has "$command" || missing+=("$package")
    done
    if [[ ${#missing[@]} -eq 0 ]]; then return; fi
    if ! has apt-get; then
        echo "Please install: ${missing[*]} (there is no apt-get here)" >&2
        return
    fi
    if [[ $(id -u) -ne 0 ]]; then as_root=(sudo); fi
    echo "installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" \
        >/dev/null
}

require_swift() {
    if ! has swift; then
        echo "Swift isn't installed; see https://www.swift.org/install (6.2 or newer)" >&2
        exit 1
    fi
}
