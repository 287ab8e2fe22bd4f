"""Tables of invented figures come back equal, or are refused or asked about; never different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from generated_tables import KINDS, generate
from judged_tables import judge
from proposed_figures import Figure, Propose, Proposed

# More, of all kinds, by `make fuzz-imports`.
CSV_TABLES, WORKBOOKS_OF_EACH_KIND = 460, 10
SEEDS_OF_A_CASE = 46
# Of the tables without any hazard: a reader that refuses everything is never wrong either.
MIN_SHARE_OF_PLAIN_TABLES_READ = 0.9
FIRST_SEED = 1_000_000  # none of those that the long runs begin with


def judge_seeds(propose: Propose, known_keys, kind: str, seeds: range) -> Counter[str]:
    """How many of the plain tables came to each outcome; fails at any table that is wrong."""
    plain: Counter[str] = Counter()
    wrong = []
    for seed in seeds:
        table = generate(seed, kind, known_keys)
        verdict = judge(table, propose)
        plain[verdict.outcome] += table.plain
        if verdict.outcome in ("different", "lost"):
            wrong.append(f"--seed {seed} --kind {kind}: {verdict.outcome}: {verdict.why}")
    assert not wrong, "\n".join(["see tests/importing/fuzz_imports.py", *wrong])
    return plain


@pytest.mark.parametrize("case", range(CSV_TABLES // SEEDS_OF_A_CASE))
def test_a_csv_comes_back_equal_or_is_refused(propose: Propose, known_keys, case: int):
    first = FIRST_SEED + case * SEEDS_OF_A_CASE
    plain = judge_seeds(propose, known_keys, "csv", range(first, first + SEEDS_OF_A_CASE))
    assert plain["equal"] >= MIN_SHARE_OF_PLAIN_TABLES_READ * plain.total() - 1, plain


@pytest.mark.parametrize("kind", KINDS[1:])
def test_a_workbook_comes_back_equal_or_is_refused(propose: Propose, known_keys, kind: str):
    judge_seeds(propose, known_keys, kind, range(FIRST_SEED, FIRST_SEED + WORKBOOKS_OF_EACH_KIND))


def test_a_seed_always_makes_the_same_table(known_keys):
    for kind in ("csv", "xls"):
        one, other = (generate(7, kind, known_keys) for _ in range(2))
        assert (one.content, one.figures) == (other.content, other.figures) and one.figures


def test_the_judge_tells_apart_what_is_equal_lost_and_different(known_keys):
    """The reader of this test is a list of figures: it shows that the judge can fail."""
    table = generate(7, "csv", known_keys)
    figures = sorted(table.figures)

    def outcome(came) -> str:
        return judge(table, lambda content, name: proposal_of(came)).outcome

    assert outcome(figures) == "equal"
    assert outcome(figures[1:]) == "lost"
    assert outcome([figures[0]._replace(value="77777"), *figures[1:]]) == "different"
    assert outcome([*figures, figures[0]]) == "different"
    assert outcome([]) == "lost"


def proposal_of(figures: Iterable[Figure]) -> Proposed:
    """A proposal of figures alone, which says nothing."""
    return Proposed(tuple(figures), (), (), (), (), ())
