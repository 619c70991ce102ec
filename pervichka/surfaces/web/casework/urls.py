"""Appeals: what anyone may send and follow without an account, and those who see to them."""

from django.urls import path

from pervichka.surfaces.web.casework import (
    answering,
    asking,
    booking,
    counting,
    deleting,
    files,
    following,
    hours,
    letters,
    listing,
    page,
    recording,
    templating,
)

urlpatterns = [
    # For anyone, with no sign-in.
    path("ask/", asking.start, name="ask"),
    path("ask/new/", asking.ask, name="ask-new"),
    path("ask/follow/", following.enter, name="ask-follow"),
    path("ask/about/", counting.public, name="ask-about"),
    path("ask/visit/", booking.find, name="visit"),
    path("ask/visit/<uuid:surgery_id>/", booking.book, name="visit-book"),
    path("ask/visit/<int:number>/<str:code>/", booking.own, name="visit-own"),
    path("ask/<int:number>/<str:code>/", following.own, name="ask-own"),
    path("ask/<int:number>/<str:code>/delete/", deleting.appeal, name="ask-delete"),
    path("ask/visit/<int:number>/<str:code>/delete/", deleting.visit, name="visit-delete"),
    path("ask/<int:number>/<str:code>/<uuid:file_id>/", files.own, name="ask-file"),
    # For those who see to them.
    path("appeals/", listing.inbox, name="appeal-list"),
    path("appeals/record/", recording.record, name="appeal-record"),
    path("appeals/about/", counting.within, name="appeal-about"),
    path("appeals/templates/", templating.templates, name="appeal-templates"),
    path("appeals/hours/", hours.hours, name="appeal-hours"),
    path("appeals/hours/announce/", hours.announce, name="appeal-hours-announce"),
    path("appeals/hours/<uuid:surgery_id>/", hours.one, name="appeal-hours-page"),
    path("appeals/<uuid:appeal_id>/", page.appeal, name="appeal"),
    path("appeals/<uuid:appeal_id>/answer/", answering.answer, name="appeal-answer"),
    path("appeals/<uuid:appeal_id>/printed/", answering.printed, name="appeal-printed"),
    path("appeals/<uuid:appeal_id>/reach/", page.reach, name="appeal-reach"),
    path("appeals/<uuid:appeal_id>/files/", files.add, name="appeal-file-add"),
    path("appeals/<uuid:appeal_id>/files/<uuid:file_id>/", files.file, name="appeal-file"),
    path("appeals/<uuid:appeal_id>/letters/", letters.write, name="appeal-letter-write"),
    path(
        "appeals/<uuid:appeal_id>/letters/<uuid:letter_id>/",
        letters.letter,
        name="appeal-letter-page",
    ),
]
