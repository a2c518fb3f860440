#!/bin/sh
# Installs the locked npm packages of a folder, once per content of its lock file: npm-ci.sh FOLDER
# Without npm or registry the build goes on and the tests that need the packages skip; with CI=true it fails.
set -eu
cd "$1"
mkdir -p node_modules
exec 9>node_modules/.thimble-install-lock
flock 9
wanted=$(sha256sum package-lock.json)
[ "$(cat node_modules/.thimble-installed 2>/dev/null || true)" != "$wanted" ] || exit 0
if output=$(npm ci --ignore-scripts --no-audit --no-fund --prefer-offline 2>&1); then
    printf '%s\n' "$wanted" > node_modules/.thimble-installed
    exit 0
fi
printf 'npm packages of %s are not installed: %s\n' "$1" "$output" >&2
[ "${CI:-}" != true ]
