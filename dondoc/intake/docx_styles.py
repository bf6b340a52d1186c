"""What a .docx paragraph inherits from its style: the font, capitals, hidden text, and the place in a list."""

from dataclasses import dataclass

from dondoc.intake.docx_package import STRICT_WORD, WORD, Attributes, is_on, word_attribute, word_number

DEEPEST = 20
"""Styles based on styles; Word allows eleven."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a style or run is shown; None where it leaves the matter to what it is based on."""

    font: str | None = None
    capitals: bool | None = None
    hidden: bool | None = None
    number: str | None = None
    level: int | None = None

    def over(self, below: "Look") -> "Look":
        """Give this look with what it leaves open taken from `below`."""
        return Look(
            below.font if self.font is None else self.font,
            below.capitals if self.capitals is None else self.capitals,
            below.hidden if self.hidden is None else self.hidden,
            below.number if self.number is None else self.number,
            below.level if self.level is None else self.level,
        )


PLAIN = Look()


class Styles:
    """Listens to styles.xml, then gives a style's look with everything that it is based on."""

    def __init__(self) -> None:
        """Begin without any style."""
        self._own: dict[str, Look] = {}
        self._based_on: dict[str, str] = {}
        self._resolved: dict[str | None, Look] = {}
        self._default: str | None = None
        self._everywhere = PLAIN
        self._style: str | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the definitions of a style, and what holds where no style says otherwise."""
        if not name.startswith((WORD, STRICT_WORD)):
            return
        match name.rpartition(" ")[2]:
            case "style":
                self._begin(attributes)
            case "basedOn" if self._style is not None:
                self._based_on[self._style] = word_attribute(attributes, "val") or ""
            case "rFonts":
                self._change(Look(font=font_named(attributes)))
            case "caps":
                self._change(Look(capitals=is_on(attributes)))
            case "vanish":
                self._change(Look(hidden=is_on(attributes)))
            case "numId":
                self._change(Look(number=word_attribute(attributes, "val")))
            case "ilvl":
                self._change(Look(level=word_number(attributes, "val", missing=0)))

    def end(self, name: str) -> None:
        """Leave a style."""
        if name in {WORD + "style", STRICT_WORD + "style"}:
            self._style = None

    def characters(self, data: str) -> None:
        """Take text; the part has none."""

    def of_paragraph(self, style: str | None) -> Look:
        """Give the look of a paragraph in `style`; None is the document's default."""
        if style not in self._resolved:
            self._resolved[style] = self._chain(style or self._default).over(self._everywhere)
        return self._resolved[style]

    def of_run(self, style: str) -> Look:
        """Give what a style of characters changes."""
        return self._chain(style)

    def _chain(self, style: str | None) -> Look:
        look = PLAIN
        for _ in range(DEEPEST):
            if style is None or style not in self._own:
                break
            look, style = look.over(self._own[style]), self._based_on.get(style)
        return look

    def _begin(self, attributes: Attributes) -> None:
        self._style = word_attribute(attributes, "styleId") or ""
        self._own[self._style] = PLAIN
        of_paragraphs = word_attribute(attributes, "type") == "paragraph"
        if of_paragraphs and (word_attribute(attributes, "default") or "0") in {"1", "true", "on"}:
            self._default = self._style

    def _change(self, change: Look) -> None:
        if self._style is None:
            self._everywhere = change.over(self._everywhere)
        else:
            self._own[self._style] = change.over(self._own[self._style])


def font_named(attributes: Attributes) -> str | None:
    """Give the font of <w:rFonts> that Western characters are drawn with, where old text is."""
    return word_attribute(attributes, "hAnsi") or word_attribute(attributes, "ascii")
