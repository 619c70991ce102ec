"""How long what leads to people is kept: kinds of rows, a rule for each, and the end of its time.

A room joins by a module with `KINDS` and one line in the setting RETENTION; each kind then needs a
rule in `rules.yaml`, which a policy pack may make its own by a `retention.yaml`.
"""
