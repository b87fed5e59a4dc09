"""The statement on accessibility: what was tested, when and with what, from the results that the tests wrote."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Blueprint, render_template

blueprint = Blueprint("accessibility", __name__)

RESULTS = Path(__file__).with_name("accessibility.json")
"""Written by the tests (``tests/webapp/test_accessibility.py`` says how) and committed."""

CHECKS = {
    "no_rule_of_wcag_is_violated": (
        "axe finds no violation of a rule for WCAG 2.0, 2.1 and 2.2, levels A and AA, nor of its rules of good practice: "
        "names of controls, contrast, languages, landmarks and the like. In both colour schemes and at each of the three "
        "widths."
    ),
    "nothing_scrolls_sideways": (
        "The page needs no scrolling sideways in a window 320 pixels wide, which is one of 1,280 pixels at a zoom of 400 "
        "%, nor in one of 1,600."
    ),
    "a_reader_s_own_spacing_cuts_nothing_off": (
        "It bears the spacing of lines, letters, words and paragraphs of WCAG 1.4.12 at that width: nothing is cut off."
    ),
    "every_target_is_large_enough": (
        "What can be clicked or tapped is at least 24 by 24 pixels, if it is not part of a sentence or a text. What is "
        "smaller in a drawing stands beside it once more."
    ),
    "the_keyboard_reaches_everything_and_can_be_seen": (
        "With the Tab key alone every control is reached and left again; where the focus is can be seen, and nothing that "
        "stays in place covers it."
    ),
    "headings_are_in_order_and_landmarks_have_names": (
        "Headings are in order and skip no level, landmarks can be told apart by name, the page has a title and names its "
        "language, and nothing is told by a “title” attribute alone."
    ),
    "nothing_moves_where_motion_is_unwelcome": "Nothing moves for those who have asked their system for less motion.",
    "everything_is_there_without_javascript": (
        "Without JavaScript the text is there, links lead somewhere, and no button is without effect."
    ),
    "a_page_is_light_and_nothing_shifts": (
        "Without fonts the page has at most 60 KB, compressed, of which at most 15 KB are scripts; nothing is asked of "
        "another host; nothing shifts while the page comes."
    ),
}
"""The name of a test → what it means that it passed."""


@blueprint.get("/pages/accessibility/")
def statement() -> str:
    """The statement."""
    results = json.loads(RESULTS.read_text("utf-8"))
    checks = [
        (sentence, sum(results["checks"][check].values())) for check, sentence in CHECKS.items() if check in results["checks"]
    ]
    return render_template("accessibility.html", results=results, checks=checks)
