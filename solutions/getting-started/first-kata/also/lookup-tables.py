# Style: constants of the standard library, texts joined with `+` and `join`, and the two answers kept in
# tables instead of in conditions.

from http import HTTPStatus

WORDS = {True: "up", False: "down"}
CODES = {True: HTTPStatus.OK, False: HTTPStatus.SERVICE_UNAVAILABLE}


def greeting(service: str) -> str:
    return "Hello from " + service + "!"


def health_line(service: str, healthy: bool) -> str:
    return ": ".join([service, WORDS[healthy]])


def health_status(healthy: bool) -> int:
    return CODES[healthy]
