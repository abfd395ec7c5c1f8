#!/usr/bin/env bash
# The status of a pipeline is that of its last stage. sort is content with what jq printed before it met
# the damaged line, so half a list passes for the whole.

# usage: failed-payments.sh FILE
# Prints ID, CUSTOMER, and AMOUNT of each failed payment, the largest first.
set -eu

die() {
  printf '%s\n' "$1" >&2
  exit 2
}

(($# == 1)) || die 'usage: failed-payments.sh FILE'
[[ -f $1 ]] || die "failed-payments.sh: no such file: $1"

jq -r 'select(.status == "failed") | [.id, .customer // "-", .amount] | @tsv' < "$1" |
  sort -t $'\t' -k 3,3nr
