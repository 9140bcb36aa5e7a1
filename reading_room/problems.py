"""What machines are told where there is no answer: problem details (RFC 9457). Pure."""

from dataclasses import dataclass

PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer. `code` names the kind of problem and stays the same in every
    language; `detail` says what to do."""

    status: int
    title: str
    detail: str
    code: str
    type: str = "about:blank"
