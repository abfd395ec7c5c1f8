#!/usr/bin/env bash
# usage: top-clients.sh FILE...
# Prints the three clients with the most requests: COUNT CLIENT.

# TODO: count the requests of each client.
echo 'top-clients.sh: not implemented yet' >&2
exit 70
