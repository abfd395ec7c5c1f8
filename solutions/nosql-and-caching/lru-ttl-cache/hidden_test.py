import gc
import math
import random
import threading
import types
import unittest
from collections import OrderedDict, deque
from unittest import mock

from kata import Cache, accesses


class CacheTestCase(unittest.TestCase):
    """What all tasks share: a cache with a clock of its own, and a log of what it reports."""

    def setUp(self):
        self.now = 1_000_000
        self.reports = []

    def new_cache(self, max_weight=1000, **options):
        return Cache(
            max_weight,
            clock=lambda: self.now,
            on_evict=lambda key, value, reason: self.reports.append((key, value, reason)),
            **options,
        )

    def filled(self, keys, max_weight=1000, **options):
        """A cache with an entry of weight 1 under each key; its value is the key."""
        cache = self.new_cache(max_weight, **options)
        for key in keys:
            cache.set(key, key)
        return cache

    def assert_keys(self, cache, expected, message=None):
        self.assertEqual([key for key, _ in cache.items()], list(expected), message or "keys in items()")


class KeepValuesUnderKeys(CacheTestCase):
    """1. Keep values under keys"""

    def test_returns_what_was_set(self):
        """returns what was set, and None for an unknown key"""
        cache = self.new_cache()
        cache.set("a", 1)
        cache.set("b", {"name": "Bo"})
        self.assertEqual(cache.get("a"), 1)
        self.assertEqual(cache.get("b"), {"name": "Bo"})
        self.assertEqual(cache.get("c"), None, "an unknown key")

    def test_tells_that_it_was_stored(self):
        """tells that a value was stored"""
        self.assertIs(self.new_cache().set("a", 1), True)

    def test_replaces(self):
        """replaces the value of a key that is set again"""
        cache = self.new_cache()
        cache.set("a", 1)
        cache.set("a", 2)
        self.assertEqual(cache.get("a"), 2)
        self.assertEqual(len(cache), 1, "len after setting one key twice")

    def test_deletes(self):
        """deletes an entry, and tells whether there was one"""
        cache = self.new_cache()
        cache.set("a", 1)
        self.assertIs(cache.delete("a"), True, "first delete")
        self.assertIs(cache.delete("a"), False, "second delete")
        self.assertEqual("a" in cache, False, "'a' in cache, after delete")
        self.assertEqual(cache.get("a"), None)
        self.assertEqual(len(cache), 0)

    def test_any_value(self):
        """keeps None, zero, False and other values like any other value"""
        for value in (None, 0, "", False, math.nan, []):
            with self.subTest(value=value):
                cache = self.new_cache()
                cache.set("a", value)
                self.assertEqual("a" in cache, True, f"'a' in cache, after set('a', {value!r})")
                self.assertEqual(len(cache), 1, f"len after set('a', {value!r})")
                self.assertIs(cache.get("a"), value)
                self.assertIs(cache.delete("a"), True, f"delete after set('a', {value!r})")

    def test_any_key(self):
        """tells keys apart as a dict does"""
        cache = self.new_cache()
        keys = [1, "1", None, "", (), (1, 2), frozenset({1})]
        for key in keys:
            cache.set(key, f"value of {key!r}")
        self.assertEqual([cache.get(key) for key in keys], [f"value of {key!r}" for key in keys])
        cache.set(1.0, "one")
        self.assertEqual(cache.get(1), "one", "get(1) after set(1.0, 'one')")
        self.assertEqual(len(cache), len(keys))
        for key in keys:
            self.assertIs(cache.delete(key), True, f"delete({key!r})")
        self.assertEqual(len(cache), 0)


class EvictTheLeastRecentlyUsedEntry(CacheTestCase):
    """2. Evict the least recently used entry"""

    def test_first_in_first_out(self):
        """drops the entry that was set first when none was used since"""
        cache = self.filled("abcde", max_weight=3)
        self.assert_keys(cache, "cde")
        self.assertEqual(len(cache), 3)

    def test_get_is_a_use(self):
        """keeps an entry that was read, and drops the one not used since"""
        cache = self.filled("abc", max_weight=3)
        cache.get("a")
        cache.set("d", "d")
        self.assertEqual("a" in cache, True, "the entry that was read is in the cache")
        self.assertEqual("b" in cache, False, "the least recently used entry is in the cache")

    def test_set_is_a_use(self):
        """counts setting a key again as a use"""
        cache = self.filled("abc", max_weight=3)
        cache.set("a", "again")
        cache.set("d", "d")
        self.assert_keys(cache, "cad")

    def test_set_again_in_a_full_cache(self):
        """drops nothing when a key is set again in a full cache"""
        cache = self.filled("abc", max_weight=3)
        cache.set("b", "again")
        self.assert_keys(cache, "acb")

    def test_in_is_no_use(self):
        """does not count `in` as a use"""
        cache = self.filled("abc", max_weight=3)
        self.assertEqual("a" in cache, True)
        cache.set("d", "d")
        self.assert_keys(cache, "bcd", "the keys, after `'a' in cache` and set('d', ...)")

    def test_len_is_no_use(self):
        """does not count `len` as a use"""
        cache = self.filled("abc", max_weight=3)
        cache.get("b")
        self.assertEqual(len(cache), 3)
        cache.set("d", "d")
        self.assert_keys(cache, "cbd")

    def test_items(self):
        """lists items least recently used first, which is no use"""
        cache = self.new_cache(max_weight=3)
        for key in "abc":
            cache.set(key, key.upper())
        cache.get("b")
        expected = [("a", "A"), ("c", "C"), ("b", "B")]
        self.assertEqual(list(cache.items()), expected)
        self.assertEqual(list(cache.items()), expected, "listed a second time")

    def test_delete_in_the_middle(self):
        """keeps the order of the others when an entry in the middle is deleted"""
        cache = self.filled("abcd", max_weight=4)
        cache.delete("b")
        self.assert_keys(cache, "acd", "after delete b")
        cache.delete("d")
        self.assert_keys(cache, "ac", "after delete d")
        cache.delete("a")
        self.assert_keys(cache, "c", "after delete a")
        for key in "efgh":
            cache.set(key, key)
        self.assert_keys(cache, "efgh")

    def test_delete_the_only_entry(self):
        """starts afresh after its only entry was deleted"""
        cache = self.filled("a", max_weight=2)
        cache.delete("a")
        for key in "bcd":
            cache.set(key, key)
        self.assert_keys(cache, "cd")


class DoTheSameWorkInACacheOfAnySize(CacheTestCase):
    """3. Do the same work in a cache of any size"""

    FULL = 300
    LIMIT = 100

    def setUp(self):
        super().setUp()
        self.cache = self.filled([f"key {i}" for i in range(self.FULL)], max_weight=self.FULL)

    def cost_of(self, call, *arguments):
        before = accesses()
        call(*arguments)
        return accesses() - before

    def assert_cheap(self, name, call):
        for i in (0, 1, 150, 298, 299):
            cost = self.cost_of(call, i)
            self.assertLessEqual(cost, self.LIMIT, f"attribute accesses to {name}, for entry {i} of 300")

    def test_counted(self):
        """keeps its data in counted objects"""
        cost = self.cost_of(self.cache.get, "key 150")
        self.assertGreater(cost, 0, "attribute accesses of one get that finds its key")

    def test_no_sequences(self):
        """keeps its data in no list, tuple, deque or OrderedDict"""
        cache = Cache(self.FULL)
        for i in range(self.FULL):
            cache.set(f"key {i}", f"value {i}")
        found = [part for part in parts_of(cache) if isinstance(part, (list, tuple, deque, OrderedDict))]
        for part in found:
            message = f"items in a {type(part).__name__} that a cache of 300 entries keeps"
            self.assertLess(len(part), self.LIMIT, message)
        kinds = ", ".join(sorted({type(part).__name__ for part in found}))
        self.assertLess(len(found), self.LIMIT, f"objects ({kinds}) that a cache of 300 entries keeps")

    def test_get_hit(self):
        """finding a value costs at most 100 attribute accesses among 300 entries"""
        self.assert_cheap("find a value", lambda i: self.cache.get(f"key {i}"))

    def test_get_miss(self):
        """finding no value costs at most 100 attribute accesses among 300 entries"""
        self.assert_cheap("find no value", lambda i: self.cache.get(f"other {i}"))

    def test_in(self):
        """asking for a key costs at most 100 attribute accesses among 300 entries"""
        self.assert_cheap("ask for a key", lambda i: f"key {i}" in self.cache)

    def test_set_again(self):
        """setting a key again costs at most 100 attribute accesses among 300 entries"""
        self.assert_cheap("set a key again", lambda i: self.cache.set(f"key {i}", "again"))

    def test_delete(self):
        """deleting an entry costs at most 100 attribute accesses among 300 entries"""
        self.assert_cheap("delete an entry", lambda i: self.cache.delete(f"key {i}"))

    def test_len(self):
        """asking for the size costs at most 100 attribute accesses among 300 entries"""
        self.assert_cheap("ask for the size", lambda i: len(self.cache))

    def test_making_room(self):
        """making room for a new entry costs at most 200 attribute accesses among 300 entries"""
        self.cache.get("key 0")
        for key in ("new 1", "new 2", "new 3"):
            cost = self.cost_of(self.cache.set, key, 1)
            self.assertLessEqual(cost, 2 * self.LIMIT, f"attribute accesses to set {key!r}")
        asked = ["key 0", "key 1", "key 2", "key 3", "key 4"]
        self.assertEqual([key for key in asked if key in self.cache], ["key 0", "key 4"])


class WeighTheEntries(CacheTestCase):
    """4. Weigh the entries"""

    def test_full(self):
        """holds as much as weighs max_weight together"""
        cache = self.new_cache(max_weight=10)
        cache.set("a", 1, 4)
        cache.set("b", 2, 6)
        self.assert_keys(cache, "ab", "weights 4 and 6 of 10")

    def test_no_more_than_needed(self):
        """drops as many entries as the new one needs, and no more"""
        cache = self.new_cache(max_weight=10)
        cache.set("a", 1, 2)
        cache.set("b", 2, 2)
        cache.set("c", 3, 6)
        cache.set("d", 4, 3)
        self.assert_keys(cache, "cd")
        cache.set("e", 5, 1)
        self.assert_keys(cache, "cde", "with a weight of 9 before")

    def test_named_weight(self):
        """takes the weight by its name"""
        cache = self.new_cache(max_weight=10)
        cache.set("a", 1, weight=6)
        cache.set("b", 2, weight=5)
        self.assert_keys(cache, "b", "weights 6 and 5 of 10")

    def test_delete_gives_back(self):
        """gives back the weight of a deleted entry"""
        cache = self.new_cache(max_weight=10)
        cache.set("a", 1, 4)
        cache.set("b", 2, 6)
        cache.delete("b")
        cache.set("c", 3, 6)
        self.assert_keys(cache, "ac")

    def test_old_weight_first(self):
        """frees the old weight of a key before it makes room for the new one"""
        cache = self.new_cache(max_weight=10)
        cache.set("a", 1, 5)
        cache.set("b", 2, 5)
        cache.set("b", 3, 4)
        cache.set("c", 4, 1)
        self.assert_keys(cache, "abc")
        cache.set("a", 5, 5)
        self.assert_keys(cache, "bca", "a replaced by one of equal weight")

    def test_giant(self):
        """refuses a value that is heavier than the whole cache, and keeps the others"""
        cache = self.new_cache(max_weight=10)
        cache.set("a", 1, 5)
        cache.set("b", 2, 5)
        self.assertIs(cache.set("giant", 3, 11), False, "result of set")
        self.assert_keys(cache, "ab", "a and b weigh 10 of 10, the refused value 11")

    def test_giant_under_a_known_key(self):
        """removes the old value of a key whose new value is refused"""
        cache = self.new_cache(max_weight=10)
        cache.set("a", "old", 5)
        cache.set("b", 2, 4)
        self.assertIs(cache.set("a", "new", 11), False)
        self.assertEqual(cache.get("a"), None, "a value older than the last set")
        cache.set("c", 3, 6)
        self.assert_keys(cache, "bc")

    def test_exactly_max_weight(self):
        """stores one value that weighs exactly max_weight"""
        cache = self.new_cache(max_weight=10)
        cache.set("a", 1, 3)
        cache.set("b", 2, 3)
        self.assertIs(cache.set("c", 3, 10), True)
        self.assert_keys(cache, "c")


class LetEntriesExpire(CacheTestCase):
    """5. Let entries expire"""

    def setUp(self):
        super().setUp()
        patch = mock.patch.object(threading.Thread, "start")
        self.thread_start = patch.start()
        self.addCleanup(patch.stop)

    def test_no_timer(self):
        """starts no timer"""
        cache = self.filled("a", ttl=60)
        cache.get("a")
        self.assertEqual(self.thread_start.call_count, 0, "timers that were started")

    def test_lives_less_than_ttl(self):
        """lets an entry live until its age reaches the time to live"""
        cache = self.filled("a", ttl=60)
        self.now += 59
        self.assertEqual(cache.get("a"), "a", "after 59 of 60 seconds")
        self.now += 1
        self.assertEqual(cache.get("a"), None, "after 60 of 60 seconds")

    def test_forever(self):
        """lets entries live forever when no time to live is given"""
        cache = self.filled("a")
        self.now += 10**9
        self.assertEqual(cache.get("a"), "a")

    def test_system_clock(self):
        """works with the clock of the system when none is given"""
        cache = Cache(10, ttl=3600)
        cache.set("a", 1)
        self.assertEqual(cache.get("a"), 1, "at once")

    def test_reads_do_not_extend(self):
        """does not extend a life by reading"""
        cache = self.filled("a", ttl=60)
        self.now += 40
        self.assertEqual(cache.get("a"), "a")
        self.now += 20
        self.assertEqual(cache.get("a"), None, "60 seconds after set, 20 seconds after a read")

    def test_set_again_starts_anew(self):
        """starts a new life when the key is set again"""
        cache = self.filled("a", ttl=60)
        self.now += 40
        cache.set("a", 2)
        self.now += 59
        self.assertEqual(cache.get("a"), 2, "59 seconds after it was set again")
        self.now += 1
        self.assertEqual("a" in cache, False, "'a' in cache, 60 seconds after it was set again")

    def test_set_again_expires_last(self):
        """expires an entry set again after those set before it"""
        cache = self.filled("ab", ttl=60)
        self.now += 30
        cache.set("a", 2)
        self.now += 30
        self.assert_keys(cache, "a", "a was set again at 30 seconds, it is 60 now")

    def test_in(self):
        """knows an expired key no more"""
        cache = self.filled("a", ttl=60)
        self.now += 60
        self.assertEqual("a" in cache, False, "'a' in cache, 60 seconds after set")

    def test_len(self):
        """does not count expired entries"""
        cache = self.filled("ab", ttl=60)
        self.now += 30
        cache.set("c", 3)
        self.now += 30
        self.assertEqual(len(cache), 1, "len, with two of three entries expired")

    def test_items(self):
        """does not list expired entries"""
        cache = self.filled("a", ttl=60)
        self.now += 30
        cache.set("b", 2)
        cache.get("a")
        self.now += 30
        self.assertEqual(list(cache.items()), [("b", 2)], "with a expired and b live")

    def test_delete(self):
        """has nothing to delete when the entry has expired"""
        cache = self.filled("a", ttl=60)
        self.now += 60
        self.assertIs(cache.delete("a"), False, "delete, 60 seconds after set")

    def test_room_of_the_expired(self):
        """makes room with expired entries before it evicts a live one"""
        cache = self.filled(["old"], max_weight=2, ttl=60)
        self.now += 30
        cache.set("young", 2)
        cache.get("old")
        self.now += 30
        cache.set("new", 3)
        self.assertEqual("young" in cache, True, "the live entry, last used before the expired one, is there")
        self.assert_keys(cache, ["young", "new"])

    def test_looks_only_at_the_expired(self):
        """looks at no more than the entries that have expired"""
        cache = self.filled([f"key {i}" for i in range(300)], ttl=60)
        self.now += 30
        cache.set("key 0", "young")
        self.now += 29
        before = accesses()
        self.assertEqual("key 100" in cache, True, "'key 100' in cache, after 59 of 60 seconds")
        self.assertLessEqual(accesses() - before, 100, "attribute accesses, none expired")
        self.now += 1
        self.assertEqual(len(cache), 1, "len, all but one expired")


class ReportWhatHasLeft(CacheTestCase):
    """6. Report what has left"""

    def test_reasons(self):
        """reports the reason of each removal"""
        cache = self.new_cache(max_weight=2, ttl=60)
        cache.set("a", 1)
        cache.set("a", 2)
        self.assertEqual(self.reports, [("a", 1, "replaced")], "set again")
        cache.delete("a")
        self.assertEqual(self.reports[1:], [("a", 2, "deleted")], "delete")
        for key in "bcd":
            cache.set(key, key)
        self.assertEqual(self.reports[2:], [("b", "b", "capacity")], "three entries in a cache for two")
        self.now += 60
        cache.set("e", 5)
        expected = [("c", "c", "expired"), ("d", "d", "expired")]
        self.assertEqual(self.reports[3:], expected, "60 seconds later")

    def test_once(self):
        """reports each removal once"""
        cache = self.filled("ab", ttl=60)
        cache.delete("b")
        self.now += 60
        cache.get("a")
        len(cache)
        cache.delete("a")
        cache.delete("b")
        cache.set("c", 3)
        self.assertEqual(self.reports, [("b", "b", "deleted"), ("a", "a", "expired")])

    def test_on_the_next_call(self):
        """reports an expired entry on the next call, whatever it asks for"""
        calls = {
            "get of another key": lambda cache: cache.get("other"),
            "`in` with another key": lambda cache: "other" in cache,
            "delete of another key": lambda cache: cache.delete("other"),
            "set of another key": lambda cache: cache.set("other", 2),
            "set of the expired key": lambda cache: cache.set("a", 2),
            "len": len,
            "items": lambda cache: list(cache.items()),
        }
        for name, call in calls.items():
            with self.subTest(call=name):
                self.reports.clear()
                cache = self.filled("a", ttl=60)
                self.now += 60
                self.assertEqual(self.reports, [], "before any call")
                call(cache)
                self.assertEqual(self.reports, [("a", "a", "expired")], f"after {name}")

    def test_expired_before_capacity(self):
        """reports expired entries before those that made room"""
        cache = self.new_cache(max_weight=4, ttl=60)
        cache.set("old", 1)
        self.now += 30
        cache.set("young", 2)
        cache.set("again", 3)
        cache.get("old")
        self.now += 30
        cache.set("again", 4, 4)
        expected = [("old", 1, "expired"), ("again", 3, "replaced"), ("young", 2, "capacity")]
        self.assertEqual(self.reports, expected, "old has expired, again is replaced, young makes room")

    def test_least_recently_used_first(self):
        """reports those that made room, least recently used first"""
        cache = self.new_cache(max_weight=10)
        for key in "abc":
            cache.set(key, key, 3)
        cache.get("a")
        cache.set("d", "d", 6)
        self.assertEqual(self.reports, [("b", "b", "capacity"), ("c", "c", "capacity")])

    def test_refused(self):
        """reports the old value of a key whose new value is refused, but not the new one"""
        cache = self.new_cache(max_weight=10)
        cache.set("a", "old")
        cache.set("a", "new", 11)
        cache.set("b", "giant", 11)
        self.assertEqual(self.reports, [("a", "old", "replaced")])

    def test_nothing_left(self):
        """reports nothing that is still there"""
        cache = self.filled("abc", max_weight=3, ttl=60)
        self.now += 59
        cache.get("a")
        self.assertEqual(len(cache), 3)
        self.assertEqual(self.reports, [])

    def test_finished_cache(self):
        """shows the finished cache to the one who gets the report"""
        seen = []

        def look(key, value, reason):
            seen.append((key, key in cache, len(cache), list(cache.items())))

        cache = Cache(4, on_evict=look)
        cache.set("a", 1, 2)
        cache.set("b", 2, 2)
        cache.set("c", 3, 4)
        expected = [("a", False, 1, [("c", 3)]), ("b", False, 1, [("c", 3)])]
        message = "(key, key in cache, len, items) as on_evict sees them when a and b make room for c"
        self.assertEqual(seen, expected, message)

    def test_may_write(self):
        """lets the one who gets the report write to the cache"""
        told = []

        def keep(key, value, reason):
            told.append(key)
            if len(told) == 1:
                cache.set("first evicted", value)

        cache = Cache(3, on_evict=keep)
        for key in "abcd":
            cache.set(key, key)
        expected = [("c", "c"), ("d", "d"), ("first evicted", "a")]
        message = 'after d took the place of a, and "first evicted" that of b'
        self.assertEqual(list(cache.items()), expected, message)
        self.assertEqual(told, ["a", "b"], "keys that were reported")

    def test_random_calls(self):
        """keeps every rule of the brief over random calls"""
        seed = 20_260
        chance = random.Random(seed)
        for run in range(60):
            calls = [random_call(chance) for _ in range(chance.randint(1, 25))]
            if replay(calls, Cache) != replay(calls, SlowModel):
                calls = smallest(calls)
                words = "; ".join(" ".join(map(str, call)) for call in calls)
                message = f"after {words} (run {run} of seed {seed})"
                self.assertEqual(replay(calls, Cache), replay(calls, SlowModel), message)


def parts_of(thing):
    """All objects that the thing consists of, but for code."""
    code = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType)
    seen, fresh = {}, [thing]
    while fresh:
        found = {id(part): part for part in gc.get_referents(*fresh) if not isinstance(part, code)}
        fresh = [part for place, part in found.items() if place not in seen]
        seen |= found
    return list(seen.values())


def random_call(chance):
    """One of ("set", key, weight), ("get", key), ("in", key), ("delete", key) and ("wait", seconds)."""
    name = chance.choices(["set", "get", "in", "delete", "wait"], [4, 2, 1, 1, 2])[0]
    if name == "wait":
        return name, chance.randint(1, 60)
    key = chance.choice("abcde")
    return (name, key, chance.choice([1, 1, 1, 2, 3, 9])) if name == "set" else (name, key)


def replay(calls, make):
    """Runs the calls, and tells everything that can be seen; the n-th one sets the value n."""
    now = 0
    reports = []
    cache = make(4, ttl=100, clock=lambda: now, on_evict=lambda *report: reports.append(report))
    results = []
    for n, (name, argument, *weight) in enumerate(calls):
        match name:
            case "wait":
                now += argument
            case "set":
                results.append(cache.set(argument, n, *weight))
            case "get":
                results.append(cache.get(argument))
            case "in":
                results.append(argument in cache)
            case "delete":
                results.append(cache.delete(argument))
    return {"results": results, "len": len(cache), "items": list(cache.items()), "reports": reports}


def smallest(calls):
    """Leaves out of the calls what the difference does not need."""
    i = 0
    while i < len(calls):
        shorter = calls[:i] + calls[i + 1 :]
        if replay(shorter, Cache) != replay(shorter, SlowModel):
            calls, i = shorter, 0
        else:
            i += 1
    return calls


class SlowModel:
    """What the brief says, with a list that is searched from end to end on each call."""

    def __init__(self, max_weight, *, ttl, clock, on_evict):
        self.max_weight, self.ttl, self.clock, self.on_evict = max_weight, ttl, clock, on_evict
        self.rows = []  # in the order of their last use
        self.calls = 0

    def begin(self):
        self.calls += 1
        expired = [row for row in self.rows if self.clock() - row["written_at"] >= self.ttl]
        self.remove(sorted(expired, key=lambda row: row["written_in"]), "expired")

    def remove(self, gone, reason):
        self.rows = [row for row in self.rows if row not in gone]
        for row in gone:
            self.on_evict(row["key"], row["value"], reason)

    def find(self, key):
        return [row for row in self.rows if row["key"] == key]

    def set(self, key, value, weight):
        self.begin()
        self.remove(self.find(key), "replaced")
        if weight > self.max_weight:
            return False
        while sum(row["weight"] for row in self.rows) + weight > self.max_weight:
            self.remove(self.rows[:1], "capacity")
        row = {"key": key, "value": value, "weight": weight}
        self.rows.append(row | {"written_at": self.clock(), "written_in": self.calls})
        return True

    def get(self, key):
        self.begin()
        found = self.find(key)
        self.rows = [row for row in self.rows if row not in found] + found
        return found[0]["value"] if found else None

    def delete(self, key):
        self.begin()
        found = self.find(key)
        self.remove(found, "deleted")
        return bool(found)

    def __contains__(self, key):
        self.begin()
        return bool(self.find(key))

    def __len__(self):
        self.begin()
        return len(self.rows)

    def items(self):
        self.begin()
        return [(row["key"], row["value"]) for row in self.rows]
