"""`python -m pervichka.foundation.postgres` starts the keeper; commands do so by themselves."""

import sys

from pervichka.foundation.postgres.keeper import main

sys.exit(main())
