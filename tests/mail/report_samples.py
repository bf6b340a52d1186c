"""A report of failed delivery, as a mail server writes one (RFC 3462, 3464)."""

LETTER = "<digest-1@office.example>"
RECIPIENT = "vanphong@unit.example"


def report(  # noqa: PLR0913 (a report has so many fields)
    *,
    letter: str = LETTER,
    recipients: tuple[str, ...] = (RECIPIENT,),
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "550 5.1.1 no such user",
    returned: str | None = "message/rfc822",
    in_reply_to: str = "",
    references: str = "",
) -> bytes:
    """Write a report about `letter`; `returned` is the type of the part in which it comes back, None for none."""
    answers = [f"In-Reply-To: {in_reply_to}"] if in_reply_to else []
    answers += [f"References: {references}"] if references else []
    about = [
        f"Final-Recipient: rfc822; {one}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {diagnostic}\n"
        for one in recipients
    ]
    back = [f"--x\nContent-Type: {returned}\n\nMessage-ID: {letter}\nSubject: Thu\n\n"] if returned else []
    lines = [
        "From: Mail Delivery System <mailer-daemon@unit.example>",
        "Subject: Undelivered Mail Returned to Sender",
        *answers,
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
        "",
        "--x\nContent-Type: text/plain\n\nYour letter could not be delivered.\n",
        "--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.unit.example\n",
        "\n".join(about),
        *back,
        "--x--",
        "",
    ]
    return "\n".join(lines).encode()
