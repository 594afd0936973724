"""The one place of session state, the link and caches."""

from pages.ui.session.address import (
    arrive as arrive,
)
from pages.ui.session.address import (
    follow_again as follow_again,
)
from pages.ui.session.address import (
    link as link,
)
from pages.ui.session.address import (
    write_link as write_link,
)
from pages.ui.session.leagues import (
    baseline_of as baseline_of,
)
from pages.ui.session.leagues import (
    edition as edition,
)
from pages.ui.session.leagues import (
    is_own as is_own,
)
from pages.ui.session.leagues import (
    kept as kept,
)
from pages.ui.session.leagues import (
    leagues as leagues,
)
from pages.ui.session.leagues import (
    list_shelf as list_shelf,
)
from pages.ui.session.leagues import (
    shelf_problems as shelf_problems,
)
from pages.ui.session.leagues import (
    upload as upload,
)
from pages.ui.session.leagues import (
    with_past as with_past,
)
from pages.ui.session.protocol import (
    accepted as accepted,
)
from pages.ui.session.protocol import (
    acted as acted,
)
from pages.ui.session.protocol import (
    history as history,
)
from pages.ui.session.protocol import (
    panel_unit as panel_unit,
)
from pages.ui.session.protocol import (
    told as told,
)
from pages.ui.session.state import (
    ask as ask,
)
from pages.ui.session.state import (
    ask_key as ask_key,
)
from pages.ui.session.state import (
    asked as asked,
)
from pages.ui.session.state import (
    base as base,
)
from pages.ui.session.state import (
    base_key as base_key,
)
from pages.ui.session.state import (
    change as change,
)
from pages.ui.session.state import (
    choice as choice,
)
from pages.ui.session.state import (
    class_progress as class_progress,
)
from pages.ui.session.state import (
    editor_round as editor_round,
)
from pages.ui.session.state import (
    give_ticket as give_ticket,
)
from pages.ui.session.state import (
    language as language,
)
from pages.ui.session.state import (
    look_at as look_at,
)
from pages.ui.session.state import (
    mistaken as mistaken,
)
from pages.ui.session.state import (
    next_seed as next_seed,
)
from pages.ui.session.state import (
    own_given as own_given,
)
from pages.ui.session.state import (
    own_mistakes as own_mistakes,
)
from pages.ui.session.state import (
    past as past,
)
from pages.ui.session.state import (
    pick_league as pick_league,
)
from pages.ui.session.state import (
    problems as problems,
)
from pages.ui.session.state import (
    projector as projector,
)
from pages.ui.session.state import (
    redo as redo,
)
from pages.ui.session.state import (
    remove_league as remove_league,
)
from pages.ui.session.state import (
    reset_class as reset_class,
)
from pages.ui.session.state import (
    seed as seed,
)
from pages.ui.session.state import (
    set_seed as set_seed,
)
from pages.ui.session.state import (
    show as show,
)
from pages.ui.session.state import (
    shown as shown,
)
from pages.ui.session.state import (
    skipped as skipped,
)
from pages.ui.session.state import (
    switch_language as switch_language,
)
from pages.ui.session.state import (
    switch_projector as switch_projector,
)
from pages.ui.session.state import (
    switch_target as switch_target,
)
from pages.ui.session.state import (
    take_ticket as take_ticket,
)
from pages.ui.session.state import (
    undo as undo,
)
from pages.ui.session.state import (
    unit as unit,
)
