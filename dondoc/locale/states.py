"""What people call the states of an assignment, in either language."""

from dondoc.locale.catalogue import DEFAULT_LANGUAGE, catalogue
from models.vocabulary import State


def state_words(state: State, language: str = DEFAULT_LANGUAGE) -> str:
    """Give the words for a state. Raises InvalidInput for a language that dondoc does not speak."""
    gettext = catalogue(language).gettext
    return {
        State.ASSIGNED: gettext("not yet acknowledged"),
        State.ACKNOWLEDGED: gettext("in progress"),
        State.SUBMITTED: gettext("awaiting confirmation"),
        State.RETURNED: gettext("sent back, to be done again"),
        State.COMPLETED: gettext("completed"),
        State.SUSPENDED: gettext("suspended"),
        State.WAIVED: gettext("waived"),
        State.CANCELLED: gettext("cancelled"),
    }[state]
