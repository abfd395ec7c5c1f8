#!/usr/bin/env bash
# TODO: One or two sentences to the learner who holds this misconception, such as: grep ends with status 1
# when it finds nothing, so a calm log makes the script fail.
set -euo pipefail

if [[ $# != 1 || ! -f $1 ]]; then
  printf 'usage: kata.sh FILE\n' >&2
  exit 2
fi
grep -c ERROR -- "$1"
