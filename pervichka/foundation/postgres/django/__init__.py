"""Django's database backend for ours; Django loads `base` by name (see django_settings)."""
