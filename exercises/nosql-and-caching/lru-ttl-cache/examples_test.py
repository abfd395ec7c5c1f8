import unittest

from kata import Cache, accesses


class KeepValuesUnderKeys(unittest.TestCase):
    """1. Keep values under keys"""

    def test_found_until_deleted(self):
        """finds what was set until it is deleted"""
        cache = Cache(max_weight=10)
        self.assertIs(cache.set("speed", 80), True)
        self.assertEqual(cache.get("speed"), 80)
        self.assertIs(cache.delete("speed"), True)
        self.assertEqual("speed" in cache, False, "'speed' in cache, after delete")


class EvictTheLeastRecentlyUsedEntry(unittest.TestCase):
    """2. Evict the least recently used entry"""

    def test_read_entry_stays(self):
        """keeps what was read, and drops what was not"""
        cache = Cache(max_weight=2)
        cache.set("a", 1)
        cache.set("b", 2)
        cache.get("a")
        cache.set("c", 3)
        self.assertEqual(list(cache.items()), [("a", 1), ("c", 3)])


class DoTheSameWorkInACacheOfAnySize(unittest.TestCase):
    """3. Do the same work in a cache of any size"""

    def test_making_room(self):
        """makes room among 300 entries with at most 200 attribute accesses"""
        cache = Cache(max_weight=300)
        for i in range(300):
            cache.set(f"key {i}", i)
        before = accesses()
        cache.set("one more", 300)
        cost = accesses() - before
        self.assertGreater(cost, 0, 'attribute accesses to set "one more"')
        self.assertLessEqual(cost, 200, 'attribute accesses to set "one more"')


class WeighTheEntries(unittest.TestCase):
    """4. Weigh the entries"""

    def test_as_many_as_needed(self):
        """drops as many entries as the new one needs"""
        cache = Cache(max_weight=10)
        cache.set("small", "s", 2)
        cache.set("medium", "m", 4)
        cache.set("large", "l", 5)
        self.assertEqual(list(cache.items()), [("medium", "m"), ("large", "l")])


class LetEntriesExpire(unittest.TestCase):
    """5. Let entries expire"""

    def test_time_to_live(self):
        """forgets an entry when its time to live is over"""
        now = 0
        cache = Cache(max_weight=10, ttl=5, clock=lambda: now)
        cache.set("a", 1)
        now = 4
        self.assertEqual(cache.get("a"), 1, "after 4 of 5 seconds")
        now = 5
        self.assertEqual(cache.get("a"), None, "after 5 of 5 seconds")
        self.assertEqual(len(cache), 0, "len, after 5 of 5 seconds")


class ReportWhatHasLeft(unittest.TestCase):
    """6. Report what has left"""

    def test_reasons(self):
        """tells what left, and why"""
        log = []
        cache = Cache(max_weight=2, on_evict=lambda key, value, reason: log.append((key, value, reason)))
        cache.set("a", 1)
        cache.set("a", 2)
        cache.set("b", 3)
        cache.set("c", 4)
        cache.delete("c")
        self.assertEqual(log, [("a", 1, "replaced"), ("a", 2, "capacity"), ("c", 4, "deleted")])
