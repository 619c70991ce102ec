"""What is shown is counted, budgets are raised, and lists leave as files under a watch."""

from pervichka.register.disclosure.actions.asking import (
    Outlook,
    Wish,
    approve_export,
    ask_export,
    outlook,
    refuse_export,
)
from pervichka.register.disclosure.actions.calling import CallLine, print_call_list
from pervichka.register.disclosure.actions.keeping import (
    Downloaded,
    destroy_exports,
    destroy_exports_with,
    download_export,
)
from pervichka.register.disclosure.actions.listing import show_holders, show_list
from pervichka.register.disclosure.actions.making import fail_export, make_export, mark_of
from pervichka.register.disclosure.actions.raising import raise_budget
from pervichka.register.disclosure.actions.resealing import exports_by_version, reseal_exports
from pervichka.register.disclosure.actions.spending import show, spend

__all__ = [
    "CallLine",
    "Downloaded",
    "Outlook",
    "Wish",
    "approve_export",
    "ask_export",
    "destroy_exports",
    "destroy_exports_with",
    "download_export",
    "exports_by_version",
    "fail_export",
    "make_export",
    "mark_of",
    "outlook",
    "print_call_list",
    "raise_budget",
    "refuse_export",
    "reseal_exports",
    "show",
    "show_holders",
    "show_list",
    "spend",
]
