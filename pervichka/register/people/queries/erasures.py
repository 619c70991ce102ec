"""Whether a backup that is restored would learn of every erasure."""

from pervichka.register.people import erasure_log
from pervichka.register.people.models import Erasure


def unlogged_erasures() -> int:
    """How many acts of the database the file beside the keys does not know."""
    known = {line.person_id for line in erasure_log.logged()}
    return len(set(Erasure.objects.values_list("person_id", flat=True)) - known)
