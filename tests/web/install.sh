#!/bin/sh
# Installs what the tests in this folder need and Python cannot bring. To read the store: PHP with pdo_sqlite, Go with its
# SQLite driver, the sqlite3 program. To read the site: Chromium, a font that has Chinese, Java for the HTML checker.
# Only what is missing, from Debian's packages, as root or through sudo.
set -eu

packages=""
php -r 'exit((int) !in_array("sqlite", PDO::getAvailableDrivers()));' >/dev/null 2>&1 || packages="$packages php-cli php-sqlite3"
command -v sqlite3 >/dev/null || packages="$packages sqlite3"
command -v go >/dev/null || packages="$packages golang-go"
command -v gcc >/dev/null || packages="$packages gcc libc6-dev"
[ -d /usr/share/gocode/src/github.com/mattn/go-sqlite3 ] || packages="$packages golang-github-mattn-go-sqlite3-dev"
command -v chromium >/dev/null || packages="$packages chromium"
command -v java >/dev/null || packages="$packages default-jre-headless"
[ -f /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc ] || packages="$packages fonts-noto-cjk"
[ -n "$packages" ] || exit 0

say() {
    echo "make test-web lacks:$packages" >&2
    echo "$1" >&2
    exit 1
}
command -v apt-get >/dev/null || say "These are Debian's names for them. Please install them by hand; this is no Debian."
root=""
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || say "Please install them as root: apt-get install$packages"
    root="sudo -n"
fi
echo "Installing:$packages"
export DEBIAN_FRONTEND=noninteractive
$root apt-get -qq update || say "apt-get update failed, see above."
# shellcheck disable=SC2086  # a list of words
$root apt-get -qq install -y --no-install-recommends $packages >/dev/null || say "apt-get install failed, see above."
