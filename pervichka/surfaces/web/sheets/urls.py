"""Consent on paper: what is out and what came back, printing, counting, the picture of one."""

from django.urls import path

from pervichka.surfaces.web.sheets import counting, printing, scanning

urlpatterns = [
    path("", printing.list_, name="sheets"),
    path("print/", printing.print_, name="sheets-print"),
    path("scans/", scanning.scans, name="scans"),
    path("scans/<uuid:scan_id>/", scanning.scan, name="scan"),
    path("scans/<uuid:scan_id>/image/", scanning.scan_image, name="scan-image"),
    path("<slug:number>/", counting.sheet, name="sheet"),
    path("<slug:number>/image/", counting.image, name="sheet-image"),
]
