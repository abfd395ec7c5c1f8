#!/bin/bash
set -euo pipefail
IFS=$'\n\t'

usage() {
  cat >&2 <<EOF
usage: pack-logs.sh [-n] [-d DAYS] DIR
EOF
  exit 2
}

dry= days=7
while [[ ${1-} == -* ]]; do
  case $1 in
    -n) dry=yes ;;
    -d) days=${2-}; shift ;;
    --) shift; break ;;
    *) usage ;;
  esac
  shift || usage
done
(( $# == 1 )) && [[ -d $1 ]] || usage
case $days in '' | *[!0-9]*) usage ;; esac

old() { find "$1" -type f -name '*.log' -mtime "+$days" "$2"; }
if [[ -n $dry ]]; then old "$1" -print; else old "$1" -print0 | xargs -0 -r gzip -9 --; fi
