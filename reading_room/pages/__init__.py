"""The pages, one module a family. Each is a function from what was asked to what is shown.

To add one: a function from `Asked` to `Answer`, a template that extends `base.html`, `ROUTES` made
by `reading_room.serving.page` (which gives the JSON twin as well), a line in
`reading_room.app.ROUTES`, its words in `reading_room/words_*.py`, and an address in
`tests/reading_room/addresses.py`.
"""
