"""Events: the list, one event and everything done with it, and what a personal link opens."""

from django.urls import path

from pervichka.surfaces.web.events import (
    changing,
    deciding,
    inviting,
    links,
    listing,
    page,
    planning,
    screen,
    ticking,
)

urlpatterns = [
    path("events/", listing.events, name="event-list"),
    path("events/plan/", planning.plan, name="event-plan"),
    path("events/<uuid:event_id>/", page.event, name="event"),
    path("events/<uuid:event_id>/invite/", inviting.invite_people, name="event-invite"),
    path("events/<uuid:event_id>/invited/", inviting.invited, name="event-invited"),
    path("events/<uuid:event_id>/came/", ticking.came, name="event-came"),
    path("events/<uuid:event_id>/sheet/", ticking.sheet, name="event-sheet"),
    path("events/<uuid:event_id>/screen/", screen.screen, name="event-screen"),
    path("events/<uuid:event_id>/screen/code/", screen.code, name="event-screen-code"),
    path("events/<uuid:event_id>/decided/", deciding.decided, name="event-decided"),
    path("events/<uuid:event_id>/minutes/", deciding.minutes, name="event-minutes"),
    path("events/<uuid:event_id>/correct/", changing.correct, name="event-correct"),
    path("events/<uuid:event_id>/confirm/", changing.confirm, name="event-confirm"),
    path("events/<uuid:event_id>/cancel/", changing.cancel, name="event-cancel"),
    # By a personal link, with no sign-in.
    path("i/", links.enter, name="link-enter"),
    path("i/<str:token>/", links.personal, name="link"),
    path("c/<uuid:event_id>/<str:code>/", links.check_in, name="check-in"),
]
