"""What is typed about an event, as plain values."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pervichka.surfaces.web.events.words import Problem, kind_options
from pervichka.work.events.actions import Plan
from pervichka.work.events.queries import Event

_TEXT_LENGTH = 2000
_TITLE_LENGTH = 200


class PlanForm(forms.Form):
    """The plan of an event: a day, a time, a length; times are those of the organisation."""

    kind = forms.CharField(error_messages={"required": _("Choose what it is")})
    title = forms.CharField(max_length=_TITLE_LENGTH, required=False)
    day = forms.DateField(
        error_messages={"required": _("Choose the day"), "invalid": _("Choose the day")}
    )
    begins = forms.TimeField(
        error_messages={
            "required": _("Say when it begins, like 18:00"),
            "invalid": _("Say when it begins, like 18:00"),
        }
    )
    ends = forms.TimeField(
        required=False, error_messages={"invalid": _("Write the end like 20:00, or leave it empty")}
    )
    venue = forms.CharField(max_length=_TITLE_LENGTH, required=False)
    description = forms.CharField(max_length=_TEXT_LENGTH, required=False)

    def problems(self) -> list[Problem]:
        return [
            Problem(str(message), name)
            for name, messages in self.errors.items()
            for message in messages
        ]

    def plan(self) -> Plan:
        """The plan, of a form that is valid. Without a title the kind is the title."""
        data = self.cleaned_data
        starts = _moment(data["day"], data["begins"])
        ends = _moment(data["day"], data["ends"]) if data["ends"] else None
        if ends is not None and ends <= starts:
            ends += timedelta(days=1)
        return Plan(
            kind=data["kind"],
            title=data["title"] or dict(kind_options()).get(data["kind"], ""),
            starts_at=starts,
            ends_at=ends,
            venue=data["venue"],
            description=data["description"],
        )


def plan_as_typed(event: Event) -> dict[str, str]:
    """What the form would hold for the event as it stands."""
    starts = timezone.localtime(event.starts_at)
    ends = timezone.localtime(event.ends_at) if event.ends_at else None
    return {
        "kind": event.kind,
        "title": event.title,
        "day": starts.date().isoformat(),
        "begins": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}" if ends else "",
        "venue": event.venue,
        "description": event.description,
    }


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, timezone.get_default_timezone())


def number_typed(text: str) -> int | None:
    """A whole number as typed; none for an empty field. Raises `ValueError`."""
    return int(text) if text.strip() else None
