#!/bin/bash
set -euo pipefail
[[ $# -eq 1 && -d $1 ]] || { echo "usage: tidy-names.sh DIR" >&2; exit 2; }

find "$1" -depth -type f \( -name '* *' -o -name $'*\t*' \) -exec bash -c '
  failed=0
  for old; do
    folder=$(dirname -- "$old")
    base=$(printf %s "${old##*/}" | tr " \t" "__")
    new=$folder/$base
    if [ -e "$new" ]; then
      echo "$old" >&2
      failed=1
    else
      mv -nT -- "$old" "$new"
    fi
  done
  exit "$failed"
' bash {} + || exit 1
