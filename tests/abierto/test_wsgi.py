"""The entry point of the server gives a request one block of memory for its Python frames."""

import resource

from abierto.wsgi import call_in_one_block

LEVELS, CALLS = 300, 100


def call_often_at_each_level(levels: int) -> None:
    for _ in range(CALLS):
        (lambda: None)()
    if levels:
        call_often_at_each_level(levels - 1)


def count_page_faults(function) -> int:
    function(LEVELS)  # what is mapped once does not count
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    function(LEVELS)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_no_level_of_a_request_maps_memory_for_each_call():
    assert count_page_faults(call_in_one_block(call_often_at_each_level)) < CALLS


def test_a_request_is_answered_as_without_it():
    assert call_in_one_block(lambda first, *, second: (first, second))(1, second=2) == (1, 2)
