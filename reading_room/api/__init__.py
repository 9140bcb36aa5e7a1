"""The archive for programs: one declaration an operation, from which it is read, answered and
described. Nothing here writes.

To add one: a function from `Question` to a value made of frozen dataclasses, and a line in the
`OPERATIONS` of its module; its summary stands in `reading_room.words_api`.
"""
