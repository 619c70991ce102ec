"""Consent on paper: what is out and what came back, printing, counting, the picture of one."""

from django.urls import path

from pervichka.surfaces.web.sheets import counting, printing

urlpatterns = [
    path("", printing.list_, name="sheets"),
    path("print/", printing.print_, name="sheets-print"),
    path("<slug:number>/", counting.sheet, name="sheet"),
    path("<slug:number>/image/", counting.image, name="sheet-image"),
]
