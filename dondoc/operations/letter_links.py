"""Which one-time links a letter offers for each task of its recipient's own unit, and their addresses."""

from dataclasses import replace

from dondoc.mail.values import ActionLink, LetterValues, OwnLine
from dondoc.operations.link_tokens import LINKS, LinkSigner
from models.vocabulary import Act, AddresseeRole, LetterKind, RungAction

URGING = frozenset({LetterKind.DIGEST, LetterKind.URGENT})


def with_links(letter_id: int, values: LetterValues, signer: LinkSigner, base_url: str) -> LetterValues:
    """Give the letter with its links. What a link does is decided again when it is used, by how things stand then."""

    def linked(line: OwnLine) -> OwnLine:
        actions = tuple(
            ActionLink(act, f"{base_url}{LINKS}/{signer.token(letter_id, line.assignment_id, act, values.written_at)}")
            for act in acts_offered(values, line)
        )
        return replace(line, actions=actions) if actions else line

    groups = tuple(replace(group, own=tuple(linked(line) for line in group.own)) for group in values.groups)
    return replace(values, groups=groups)


def acts_offered(values: LetterValues, line: OwnLine) -> tuple[Act, ...]:
    """Give the acts that a letter offers for one of its lines: what its recipient is asked for, and more time."""
    if line.unit_name:
        return ()
    if line.role is not AddresseeRole.LEAD:
        return (Act.ACKNOWLEDGE,) if values.kind is LetterKind.ASSIGNED else ()
    more_time = (Act.EXTEND,) if line.effective_due is not None and line.effective_due >= values.day else ()
    if values.kind is LetterKind.ASSIGNED:
        return (Act.ACKNOWLEDGE, *((Act.SUBMIT,) if line.effective_due is not None else ()), *more_time)
    if values.kind is LetterKind.RETURNED:
        return (Act.SUBMIT, *more_time)
    if values.kind in URGING:
        asked = (Act.ACKNOWLEDGE,) if line.rung is not None and line.rung.action is RungAction.PROMPT else ()
        return (*asked, Act.SUBMIT, *more_time)
    return ()
