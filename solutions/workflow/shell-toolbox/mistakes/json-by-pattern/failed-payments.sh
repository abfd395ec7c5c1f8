#!/usr/bin/env bash
# grep and sed see text, not JSON: fields in another order, blanks around a colon, or a note that quotes
# a payment make other payments out of the file, and damaged JSON goes unnoticed.

# usage: failed-payments.sh FILE
# Prints ID, CUSTOMER, and AMOUNT of each failed payment, the largest first.
set -euo pipefail

die() {
  printf '%s\n' "$1" >&2
  exit 2
}

(($# == 1)) || die 'usage: failed-payments.sh FILE'
[[ -f $1 ]] || die "failed-payments.sh: no such file: $1"

{ grep '"status": *"failed"' < "$1" || true; } |
  sed -E 's/.*"id": *"([^"]*)".*"amount": *([0-9]+)(.*"customer": *"([^"]*)")?.*/\1\t\4\t\2/' |
  sed 's/\t\t/\t-\t/' |
  sort -t $'\t' -k 3,3nr
