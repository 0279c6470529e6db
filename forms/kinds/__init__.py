"""The kinds of question, one to a file. A kind knows what is true without a screen."""

from forms.kinds.any_of import AnyOf
from forms.kinds.date import Date
from forms.kinds.four_state import FourState
from forms.kinds.nhs_number import NHSNumber
from forms.kinds.one_of import OneOf
from forms.kinds.postcode import Postcode
from forms.kinds.scale import Scale
from forms.kinds.text import LongText, Text
from forms.kinds.whole_number import WholeNumber
from forms.kinds.yes_no import YesNo

__all__ = [
    "AnyOf",
    "Date",
    "FourState",
    "LongText",
    "NHSNumber",
    "OneOf",
    "Postcode",
    "Scale",
    "Text",
    "WholeNumber",
    "YesNo",
]
