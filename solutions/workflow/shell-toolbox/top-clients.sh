#!/usr/bin/env bash
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

# awk ends each file's last line by itself; cat would glue it to the next file.
# The redirection of each file keeps awk from reading a=b as an assignment.
for file in "$@"; do
  awk '{ print $1 }' < "$file"
done |
  sort |
  uniq -c |
  sort -k 1,1nr -k 2,2 |
  awk 'NR <= 3 { print $1, $2 }'
