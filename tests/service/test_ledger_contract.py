"""What every Ledger promises, by the very tests that the embedded one and the fake are held to, on a real node."""

import pytest

from tests.unit import (
    test_keeping_contract,
    test_ledger_contract,
    test_ledger_items,
    test_ledger_same,
    test_stories_contract,
)

pytestmark = [pytest.mark.service, pytest.mark.xdist_group("elasticsearch")]

CONTRACTS = (test_ledger_contract, test_keeping_contract, test_stories_contract, test_ledger_items, test_ledger_same)

# pytest takes what stands in this module, and gives it this folder's ledger
globals().update({name: test for part in CONTRACTS for name, test in vars(part).items() if name.startswith("test_")})
