"""The authorisation matrix: every route × every role × one's own part of the tree and the others'.

`routes` finds what there is, from the routers themselves; `table` says who may, by `policies`;
`rooms` builds a tree with something to find in every branch; `locks` switches the code's lock or
the database's off; `asking` sends a request, and `judging` holds the answer against the policy.
"""
