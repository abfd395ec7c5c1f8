# The status code is returned as a text: `"200"` looks like `200` when it is printed, but a text is not a
# number, and a server refuses it or compares it wrongly.


def greeting(service: str) -> str:
    return f"Hello from {service}!"


def health_line(service: str, healthy: bool) -> str:
    return f"{service}: {'up' if healthy else 'down'}"


def health_status(healthy: bool) -> str:
    return "200" if healthy else "503"
