#!/usr/bin/env bash
# usage: kata.sh FILE
# Prints how many lines of a log hold the word ERROR.
# TODO: Replace this sample by the script that you would be proud to show; start here.
set -euo pipefail

if [[ $# != 1 || ! -f $1 ]]; then
  printf 'usage: kata.sh FILE\n' >&2
  exit 2
fi

# grep ends with status 1 when it finds nothing, which is no failure here.
grep -c ERROR -- "$1" || [[ $? == 1 ]]
