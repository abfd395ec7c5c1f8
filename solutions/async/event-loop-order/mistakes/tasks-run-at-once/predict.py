# A task is expected to run at once, up to its first `await`, as an `async` function does in
# JavaScript. In Python, `create_task` puts the first step into the queue of the loop, behind what
# waits there, and a coroutine that nobody awaits does not run at all.
"""What the programs in `programs.py` print."""

# For each program, the lines that it prints, in order.
predictions: dict[str, list[str]] = {
    "queues": ["task", "main", "soon", "later", "main again, task done: True"],
    "nested": ["first", "second", "from first"],
    "timers": ["soon", "0 ms", "10 ms", "20 ms"],
    "coroutines": ["first starts", "second starts", "main", "first ends", "second ends"],
    "awaiting": ["task", "before", "coroutine", "between", "after"],
    "waking": ["answered", "soon", "a", "b", "main"],
}
