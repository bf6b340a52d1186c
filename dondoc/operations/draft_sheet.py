"""How a draft is written down: YAML that reads back exactly what was meant, with remarks where the eye looks."""

import textwrap
from dataclasses import dataclass, field

from dondoc.operations.remark import N_, Remark, Words, remark

LONGEST_LINE = 110
"""Characters; a longer value is folded, a longer remark stands on lines of its own above the value."""
LONGEST_NOTE = 300
"""Characters of the document's words that a remark repeats."""
ASK = N_("ASK: %(what)s")


@dataclass(slots=True)
class Sheet:
    """The lines written so far, and the questions that stand in them."""

    words: Words
    lines: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def value(  # noqa: PLR0913 (a field and what stands beside it)
        self,
        name: str,
        value: str | None,
        *,
        indent: str = "",
        ask: Remark | str | None = None,
        note: Remark | str | None = None,
        of: str | None = None,
    ) -> None:
        """Write a field. `ask`: what must be answered, of the obligation `of`; `note`: what is good to know."""
        if ask:
            question = self._said(ask)
            self.questions.append(f"{of}.{name}: {question}" if of else f"{name}: {question}")
            said = remark(ASK, what=question).said(self.words)
        else:
            said = self._said(note or "")
        written = folded_value(f"{indent}{name}:", value)
        said = short(said)
        if not said:
            self.lines += written
        elif len(written) == 1 and len(written[0]) + len(said) + 4 <= LONGEST_LINE:
            self.lines.append(f"{written[0]}  # {said}")
        else:
            self.remark(said, indent=indent)
            self.lines += written

    def remark(self, said: Remark | str, *, indent: str = "", hang: str = "") -> None:
        """Write a remark on lines of its own; those after the first are set in by `hang`."""
        self.lines += commented(short(self._said(said)), indent=indent, hang=hang)

    def _said(self, what: Remark | str) -> str:
        return what.said(self.words) if isinstance(what, Remark) else what


def commented(line: str, *, indent: str = "", hang: str = "") -> list[str]:
    """Give a line as comment lines, folded at the width."""
    return textwrap.wrap(
        line,
        LONGEST_LINE,
        initial_indent=f"{indent}# ",
        subsequent_indent=f"{indent}# {hang}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def folded_value(head: str, value: str | None) -> list[str]:
    """Give a field's line; a quoted text that is too long goes on below, where YAML reads a break as a blank."""
    if value is None:
        return [head]
    if not value.startswith('"') or len(head) + 1 + len(value) <= LONGEST_LINE:
        return [f"{head} {value}"]
    indent = " " * (len(head) - len(head.lstrip()) + 2)
    return textwrap.wrap(
        value,
        LONGEST_LINE,
        initial_indent=f"{head} ",
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def quoted(words: str) -> str:
    """Write a text so that YAML reads back exactly it."""
    escaped = " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def short(words: str, longest: int = LONGEST_NOTE) -> str:
    """Give words as one line, no longer than a remark may be."""
    line = " ".join("".join(one if one.isprintable() else " " for one in words).split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"
