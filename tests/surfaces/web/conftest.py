"""Pages are tested without collected static files: as they are served while developing."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def static_files_as_they_lie(settings: Settings) -> None:
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
