"""What the programs in `programs.py` print."""

# For each program, the lines that it prints, in order.
predictions: dict[str, list[str]] = {
    "queues": ["main", "task", "soon", "later", "main again, task done: True"],
    "nested": ["first", "second", "from first"],
    "timers": ["soon", "0 ms", "10 ms", "20 ms"],
    "coroutines": ["main", "first starts", "second starts", "first ends", "second ends"],
    "awaiting": ["before", "coroutine", "between", "task", "after"],
    "waking": ["answered", "soon", "a", "b", "main"],
}
