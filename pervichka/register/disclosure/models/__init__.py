"""What each account was shown, and lists of people that leave as files."""

from pervichka.register.disclosure.models.budgets import BudgetRaise, RowBudget
from pervichka.register.disclosure.models.exports import (
    ExportForm,
    ExportState,
    PeopleExport,
    PeopleExportFile,
)

__all__ = [
    "BudgetRaise",
    "ExportForm",
    "ExportState",
    "PeopleExport",
    "PeopleExportFile",
    "RowBudget",
]
