#!/usr/bin/env bash
# `find -mtime 7` finds what is seven days old, neither six nor eight: a log that was missed on its day
# is never packed.

# usage: pack-logs.sh [-n] [-d DAYS] DIR
# Compresses the log files that have not changed for more than DAYS days.
set -euo pipefail

usage() {
  printf 'usage: pack-logs.sh [-n] [-d DAYS] DIR\n' >&2
  exit 2
}

days=7
action=(-exec gzip -- '{}' +)
while getopts 'nd:' option; do
  case $option in
    n) action=(-print) ;;
    d) days=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))

[[ $# == 1 && -d $1 && $days =~ ^[0-9]+$ ]] || usage
find "$1" -type f -name '*.log' -mtime "$days" "${action[@]}"
