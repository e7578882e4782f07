"""The code systems: what holds for every one of them."""

import pytest

from wiki.domain.codes import CODE_SYSTEMS


@pytest.mark.parametrize("system", CODE_SYSTEMS.values(), ids=lambda system: system.id)
def test_a_code_system_takes_its_own_example_and_no_nonsense(system):
    assert system.accepts(system.example)
    assert not system.accepts("nonsense!")
    assert not system.accepts(system.example + "\n")
    assert (system.example in system.address_of(system.example)) is bool(system.address)
