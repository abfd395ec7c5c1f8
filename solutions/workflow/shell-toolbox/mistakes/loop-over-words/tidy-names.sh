#!/usr/bin/env bash
# The loop goes over the words of find's output, and a name with a blank is two words: none of the two
# is a file.

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
for path in $(find "$1" -type f -name '*[[:blank:]]*'); do
  name=${path##*/}
  tidy=${path%/*}/${name//[[:blank:]]/_}
  if [[ -e $tidy && $tidy != "$path" ]]; then
    printf '%s\n' "$path" >&2
    status=1
  elif [[ -e $path ]]; then
    mv -- "$path" "$tidy"
  fi
done
exit "$status"
