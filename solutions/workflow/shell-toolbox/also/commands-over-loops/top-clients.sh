# Leaves the walking to find -exec, xargs, and jq -s where the reference has loops, and reads options by hand.
set -o errexit -o nounset -o pipefail

if [ "$#" -eq 0 ]; then
  echo "usage: ${0##*/} FILE..." 1>&2
  exit 2
fi
for f; do
  test -f "$f" || { echo "not a file: $f" >&2; exit 2; }
done

export LC_ALL=C
cut -d ' ' -f 1 -- "$@" | sort | uniq -c | sort -k1,1nr -k2 | head -n 3 | sed 's/^ *//'
