# The value of `healthy` goes into the line as it is, so it says `True` or `False`: a text for people needs a
# word that is chosen by the value.


def greeting(service: str) -> str:
    return f"Hello from {service}!"


def health_line(service: str, healthy: bool) -> str:
    return f"{service}: {healthy}"


def health_status(healthy: bool) -> int:
    return 200 if healthy else 503
