#!/usr/bin/env bash
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
while IFS= read -r -d '' path; do
  case ${path#"$dir"} in
    /uploads | /uploads/*) folder=775 file=664 ;;
    /bin/* | *.sh) folder=755 file=755 ;;
    *) folder=755 file=644 ;;
  esac
  if [[ -d $path ]]; then
    chmod "$folder" "$path"
  elif [[ $path == *.key || $path == *.pem ]]; then
    chmod 600 "$path"
  else
    chmod "$file" "$path"
  fi
done < <(find "$dir" -print0)
