# The name of the service is typed into the text, so the answer is right for the example and wrong for every
# other service: what differs from call to call has to come from the parameters.


def greeting(service: str) -> str:
    return "Hello from orders!"


def health_line(service: str, healthy: bool) -> str:
    return "orders: up" if healthy else "orders: down"


def health_status(healthy: bool) -> int:
    return 200 if healthy else 503
