"""From a document's text to a draft: header, grounds, recipients and obligations, each with its place in the text."""

from dondoc.intake.basis import basis_of
from dondoc.intake.blocks import blocks_of
from dondoc.intake.header import header_of
from dondoc.intake.layout import layout_of
from dondoc.intake.obligations import obligations_of
from dondoc.intake.recipients import recipients_of
from models.schemas.drafts import DocumentDraft


def read_draft(text: str) -> DocumentDraft:
    """Read a directive's text (NFC). Spans in the answer count characters of `text`. Raises nothing for any text."""
    blocks = blocks_of(text)
    layout = layout_of(blocks)
    header = header_of(text, blocks, layout)
    return DocumentDraft(
        header=header,
        basis=basis_of(blocks, layout, header.number.value if header.number else None),
        recipients=recipients_of(blocks),
        obligations=obligations_of(text, blocks, layout),
    )
