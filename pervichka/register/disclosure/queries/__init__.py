"""What is left of budgets, and how exports stand."""

from pervichka.register.disclosure.queries.budgets import (
    Budget,
    DrawnBudget,
    budget_of,
    budgets_drawn,
    who_may_raise,
)
from pervichka.register.disclosure.queries.calling import (
    Callable,
    most_on_a_call_list,
    to_call,
)
from pervichka.register.disclosure.queries.exports import (
    ExportRow,
    WhoAsked,
    affiliations_asked,
    export_of,
    exports_of,
    exports_to_decide,
    may_ask,
    may_see_exports,
    who_asked,
)

__all__ = [
    "Budget",
    "Callable",
    "DrawnBudget",
    "ExportRow",
    "WhoAsked",
    "affiliations_asked",
    "budget_of",
    "budgets_drawn",
    "export_of",
    "exports_of",
    "exports_to_decide",
    "may_ask",
    "may_see_exports",
    "most_on_a_call_list",
    "to_call",
    "who_asked",
    "who_may_raise",
]
