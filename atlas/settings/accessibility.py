"""What the pages are worth for those who do not see them, or use no mouse: the declaration's data.

The file comes with the program, whose pages it speaks of, and not with the configuration of an
agency: a test holds it against what a browser finds on every page.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from atlas.settings.base import Strict
from atlas.settings.strict_yaml import read_yaml

FILE = Path(__file__).with_name("accessibility.yaml")
# Of the référentiel général d’amélioration de l’accessibilité, version 4.1.
CRITERIA_COUNT = 106
Result = Literal["conforme", "non conforme", "non applicable"]


class Criterion(Strict):
    """One criterion of the RGAA. remark: why it is not met, or what was looked at."""

    number: str = Field(pattern=r"[1-9]\d?\.[1-9]\d?")
    subject: str
    result: Result
    remark: str = ""


class FrameworkFinding(Strict):
    """What axe-core finds in the parts that Streamlit draws and that cannot be mended from outside.

    rule: of axe-core; selector: CSS, which tells its nodes from ours; effect: on a visitor.
    """

    rule: str
    selector: str
    effect: str


class FrameworkMessage(Strict):
    """What Streamlit says in the console of the browser. pattern: regular expression of the text
    and, after a space, of the address that it is about; effect: on a visitor."""

    pattern: str
    effect: str


class AccessibilityStatement(Strict):
    """evaluated_on: the day of the evaluation; method: who did it and with what, a sentence each;
    inaccessible: contents that are not accessible, with the reason and what to use instead."""

    evaluated_on: date
    method: tuple[str, ...]
    inaccessible: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    framework_findings: tuple[FrameworkFinding, ...]
    framework_messages: tuple[FrameworkMessage, ...]

    def with_result(self, result: Result) -> tuple[Criterion, ...]:
        """The criteria that have this result."""
        return tuple(one for one in self.criteria if one.result == result)

    @property
    def rate(self) -> float:
        """Share of the applicable criteria that are met, in percent."""
        met, missed = (len(self.with_result(one)) for one in ("conforme", "non conforme"))
        return 100 * met / (met + missed)

    @property
    def conformity(self) -> str:
        """As the law names it: at least half of the criteria, or not. Never « totalement »: what
        the developers of a page find of it is no audit."""
        return "partiellement conforme" if self.rate >= 50 else "non conforme"


@cache
def accessibility_statement() -> AccessibilityStatement:
    """The file that comes with the program."""
    values, _, problems = read_yaml(FILE, FILE.name)
    assert not problems, problems  # the file is part of the program
    return AccessibilityStatement.model_validate(values, strict=False)
