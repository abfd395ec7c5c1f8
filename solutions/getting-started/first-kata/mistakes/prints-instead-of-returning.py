# The functions print their answers instead of returning them: you can read the line on your screen, but the
# caller receives `None`.


def greeting(service: str) -> None:
    print(f"Hello from {service}!")


def health_line(service: str, healthy: bool) -> None:
    print(f"{service}: {'up' if healthy else 'down'}")


def health_status(healthy: bool) -> None:
    print(200 if healthy else 503)
