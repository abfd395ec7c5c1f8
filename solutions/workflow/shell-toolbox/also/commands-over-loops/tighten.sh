#!/bin/bash
set -euo pipefail
umask 022
usage() { echo "usage: tighten.sh DIR" >&2; exit 2; }
[[ $# -eq 1 ]] || usage
cd -- "$1" 2>/dev/null || usage

find . -type d -print0 | xargs -0 chmod 755 --
find . -type f -print0 | xargs -0 -r chmod u=rw,go=r --
find . -type f -name '*.sh' -print0 | xargs -0r -n1 chmod +x --
if [[ -d bin ]]; then find bin -type f -exec chmod 0755 {} +; fi
if [[ -d uploads ]]; then
  find uploads -type d -exec chmod u=rwx,g=rwx,o=rx -- {} +
  find uploads -type f -exec chmod 664 {} \;
fi
find . -type f \( -name '*.key' -o -name '*.pem' \) -exec chmod 600 {} +
