#!/usr/bin/env bash
# 755 for everything below a folder opens the folders, and with them makes every data file executable and
# every private key readable for all users.

# usage: tighten.sh DIR
# Gives every folder and file of a deployed tree the mode that it should have.
set -euo pipefail

die() {
  printf '%s\n' "$1" >&2
  exit 2
}

(($# == 1)) || die 'usage: tighten.sh DIR'
[[ -d $1 ]] || die "tighten.sh: no such folder: $1"

dir=${1%/}
chmod -R 755 "$dir"
if [[ -d $dir/uploads ]]; then
  chmod -R 775 "$dir/uploads"
fi
