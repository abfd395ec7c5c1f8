"""What the programs in `programs.py` print."""

# For each program, the lines that it prints, in order.
predictions: dict[str, list[str]] = {
    # TODO: Write the lines of each program in the order in which asyncio prints them.
    "queues": [],
    "nested": [],
    "timers": [],
    "coroutines": [],
    "awaiting": [],
    "waking": [],
}
