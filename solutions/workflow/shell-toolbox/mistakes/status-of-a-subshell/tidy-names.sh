#!/usr/bin/env bash
# A pipeline runs its stages in subshells, so `status=1` in the loop is forgotten when the loop ends, and
# the script reports success.

# usage: tidy-names.sh DIR
# Puts an underscore in the place of each blank and tab in the names of files.
set -euo pipefail

die() {
  printf '%s\n' "$1" >&2
  exit 2
}

(($# == 1)) || die 'usage: tidy-names.sh DIR'
[[ -d $1 ]] || die "tidy-names.sh: no such folder: $1"

status=0
find "$1" -type f -name '*[[:blank:]]*' -print0 | while IFS= read -r -d '' path; do
  name=${path##*/}
  tidy=${path%/*}/${name//[[:blank:]]/_}
  if [[ -e $tidy ]]; then
    printf '%s\n' "$path" >&2
    status=1
  else
    mv -- "$path" "$tidy"
  fi
done
exit "$status"
