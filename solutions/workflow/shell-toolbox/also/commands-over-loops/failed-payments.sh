#!/bin/bash
set -Eeuo pipefail
trap 'echo "failed in line $LINENO" >&2' ERR

[[ $# -eq 1 && -f ${1-} ]] || { echo "usage: failed-payments.sh FILE" >&2; exit 2; }

jq --raw-output --slurp '
  map(select(.status == "failed"))
  | sort_by(-.amount)[]
  | "\(.id)\t\(.customer // "-")\t\(.amount)"
' -- "$1"
