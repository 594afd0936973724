"""Names of an edition's parts as they are read side by side."""

import pytest

from model.rules import files
from model.words.problems import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", files.available())
def test_no_criterion_or_lever_has_the_name_of_a_component(edition, language):
    rules = files.load(edition)
    components = {component.name[language] for component in rules.components}
    assert not components & {one.name[language] for one in (*rules.criteria, *rules.levers)}
