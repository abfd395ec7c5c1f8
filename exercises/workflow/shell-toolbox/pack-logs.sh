#!/usr/bin/env bash
# usage: pack-logs.sh [-n] [-d DAYS] DIR
# Compresses the log files that have not changed for more than DAYS days.

# TODO: read the options, then compress.
echo 'pack-logs.sh: not implemented yet' >&2
exit 70
