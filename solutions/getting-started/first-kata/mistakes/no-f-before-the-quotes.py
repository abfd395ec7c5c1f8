# Braces are filled in only in an f-string: without an `f` before the opening quotation mark, the braces and
# what stands between them are ordinary characters, and every service gets the same line.


def greeting(service: str) -> str:
    return "Hello from {service}!"


def health_line(service: str, healthy: bool) -> str:
    return "{service}: up" if healthy else "{service}: down"


def health_status(healthy: bool) -> int:
    return 200 if healthy else 503
