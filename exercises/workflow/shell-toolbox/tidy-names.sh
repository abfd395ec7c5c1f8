#!/usr/bin/env bash
# usage: tidy-names.sh DIR
# Puts an underscore in the place of each blank and tab in the names of files.

# TODO: rename the files, whatever their names hold.
echo 'tidy-names.sh: not implemented yet' >&2
exit 70
