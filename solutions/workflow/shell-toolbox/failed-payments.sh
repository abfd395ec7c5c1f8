#!/usr/bin/env bash
# usage: failed-payments.sh FILE
# Prints ID, CUSTOMER, and AMOUNT of each failed payment, the largest first.
set -euo pipefail

die() {
  printf '%s\n' "$1" >&2
  exit 2
}

(($# == 1)) || die 'usage: failed-payments.sh FILE'
[[ -f $1 ]] || die "failed-payments.sh: no such file: $1"

# Without pipefail, sort would succeed on whatever jq printed before it failed.
jq -r 'select(.status == "failed") | [.id, .customer // "-", .amount] | @tsv' < "$1" |
  sort -t $'\t' -k 3,3nr
