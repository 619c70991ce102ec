"""Campaigns: the list, writing one, one and all that is done with it; and a letter's way out."""

from django.urls import path

from pervichka.surfaces.web.messaging import doing, leaving, listing, page, writing

urlpatterns = [
    path("messages/", listing.campaigns, name="message-list"),
    path("messages/write/", writing.write, name="message-write"),
    path("messages/<uuid:campaign_id>/", page.campaign, name="message"),
    path("messages/<uuid:campaign_id>/change/", writing.change, name="message-change"),
    path("messages/<uuid:campaign_id>/progress/", page.progress, name="message-progress"),
    path("messages/<uuid:campaign_id>/plan/", doing.plan, name="message-plan"),
    path("messages/<uuid:campaign_id>/do/", doing.do, name="message-do"),
    path("messages/<uuid:campaign_id>/decide/", doing.decide, name="message-decide"),
    # In letters, with no sign-in.
    path("m/<str:token>/", leaving.leave, name="message-leave"),
]
