"""Answers that are kept, and those that are gathered to be kept: never more than there is room for."""

from __future__ import annotations

import pytest

from ssrgraph.serve.cache import Cache

ROOM = 80 * 1024


def test_an_answer_that_is_gathered_is_whole_or_not_kept_at_all():
    cache = Cache(ROOM)
    with cache.gather() as gathering:
        for part in (b"a", b"b" * 5000, b"c"):
            gathering.add(part)
        assert gathering.whole() == b"a" + b"b" * 5000 + b"c"
        gathering.add(b"d" * cache.largest)
        gathering.add(b"e")
        assert gathering.whole() is None
    assert cache.gathered == 0


def test_all_that_is_gathered_at_once_takes_no_more_than_half_the_room():
    cache = Cache(ROOM)
    part = b"a" * 8000
    for _ in range(2):
        with cache.gather() as first, cache.gather() as second, cache.gather() as third, cache.gather() as fourth:
            every = (first, second, third, fourth)
            for gathering in every:
                gathering.add(part)
            assert cache.gathered == 4 * len(part)
            with cache.gather() as fifth, cache.gather() as sixth:
                fifth.add(part)
                sixth.add(part)
                assert (fifth.whole(), sixth.whole()) == (part, None)
        assert cache.gathered == 0


def test_what_breaks_off_is_let_go():
    cache = Cache(ROOM)

    def send():
        with cache.gather() as gathering:
            gathering.add(b"a")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        send()
    assert (cache.gathered, len(cache)) == (0, 0)


@pytest.mark.parametrize(("size", "kept"), [(0, 1), (Cache(ROOM).largest, 1), (Cache(ROOM).largest + 1, 0)])
def test_the_largest_that_is_kept(size, kept):
    cache = Cache(ROOM)
    cache.put("a", "b", size)
    assert len(cache) == kept


def test_the_one_that_was_not_asked_for_longest_gives_way():
    cache = Cache(ROOM)
    for number in range(8):
        cache.put(number, "answer", cache.largest)
    assert cache.get(0) == "answer"
    cache.put(8, "answer", cache.largest)
    assert [number for number in range(9) if cache.get(number)] == [0, *range(2, 9)]
    assert cache.size <= ROOM
