"""What the server's own child process serves: the application, for as long as the server lives."""

import os

from django.core.wsgi import get_wsgi_application

from pervichka.surfaces.cli.beside import end_with

application = get_wsgi_application()
end_with(os.getppid())
