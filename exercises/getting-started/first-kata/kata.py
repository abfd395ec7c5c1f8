"""What a service says about itself."""


def greeting(service: str) -> str:
    """Return the line that a service says first.

    It is `Hello from `, the name of the service, such as `orders`, and an exclamation mark.
    """
    # TODO: Greet the service that was asked for.
    return "Hello from"


def health_line(service: str, healthy: bool) -> str:
    """Return the line that a person reads when something seems wrong.

    It is the name, a colon, a space, and `up` when the service can do its work, else `down`.
    """
    # TODO: Replace the next line.
    raise NotImplementedError("Not implemented yet")


def health_status(healthy: bool) -> int:
    """Return the HTTP status code that a load balancer reads.

    It is 200 ("OK") when the service can do its work, else 503 ("Service Unavailable").
    """
    # TODO: Replace the next line.
    raise NotImplementedError("Not implemented yet")
