"""Copies of people's data in files of this installation's own: made anew when they are needed."""

import shutil

from django.db import transaction

from pervichka.foundation import home

# Folders of PERVICHKA_HOME that hold nothing but copies.
COPIES = ("exports", "lake", "staging")


def delete_copies() -> int:
    """Delete every copy once the transaction is committed, since each may hold the person.

    How many files there are.
    """
    folders = [home.home() / name for name in COPIES]
    files = sum(1 for folder in folders for path in folder.rglob("*") if path.is_file())

    def delete() -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

    if files:
        transaction.on_commit(delete)
    return files
