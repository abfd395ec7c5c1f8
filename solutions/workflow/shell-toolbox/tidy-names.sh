#!/usr/bin/env bash
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
# Not `find | while`: the loop would run in a subshell, and its status would be lost.
while IFS= read -r -d '' path; do
  name=${path##*/}
  tidy=${path%/*}/${name//[[:blank:]]/_}
  if [[ -e $tidy ]]; then
    printf '%s\n' "$path" >&2
    status=1
  else
    mv -- "$path" "$tidy"
  fi
done < <(find "$1" -type f -name '*[[:blank:]]*' -print0)
exit "$status"
