#!/usr/bin/env bash
# usage: with-summary.sh TITLE COMMAND...
# Runs a command, ends as it ends, and adds what it printed to the summary of the job.
set -uo pipefail

title=$1
shift
printed=$(mktemp)
"$@" | tee "$printed"
status=$?
{
  printf '### %s\n\n```text\n' "$title"
  cat "$printed"
  printf '\n```\n'
} >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
rm -f "$printed"
exit "$status"
