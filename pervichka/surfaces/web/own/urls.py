"""What is held of oneself: asking for a link, and all that can be done behind it."""

from django.urls import path

from pervichka.surfaces.web.own import asking, correcting, deleting, page, pressing

urlpatterns = [
    path("", asking.ask, name="own-ask"),
    path("link/<str:token>/", asking.open_link, name="own-link"),
    path("leave/", asking.leave, name="own-leave"),
    path("data/", page.data, name="own-data"),
    path("data/download/", page.download, name="own-download"),
    path("data/withdraw/", page.withdraw, name="own-withdraw"),
    path("data/correct/", correcting.correct, name="own-correct"),
    path("data/pressed/", pressing.pressed, name="own-pressed"),
    path("data/delete/", deleting.delete, name="own-delete"),
]
