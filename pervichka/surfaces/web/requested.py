"""What an address or a form names: a branch by its code, a row by its id."""

from uuid import UUID

from django.http import Http404

from pervichka.register.branches.queries.units import Unit, own_unit, unit_coded
from pervichka.surfaces.web.middleware import PageRequest


def requested_unit(request: PageRequest) -> Unit:
    """The branch that the address names, else one's own. Raises `Http404`."""
    code = request.GET.get("branch", "")
    unit = unit_coded(code, actor=request.actor) if code else own_unit(request.actor)
    if unit is None:
        raise Http404
    return unit


def requested_id(text: str) -> UUID:
    """Raises `Http404` for what is no id."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
