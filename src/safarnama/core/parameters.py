"""The kinds of parameter a plug-in may have. Each has a string form, a widget and a schema.

A field is declared by its kind, ``window: Duration | None = None``, and by that alone it can be written in a command, an
address, a form, a notebook and the API. The contract suite refuses fields of any other kind.
"""

from __future__ import annotations

import shlex
import typing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from safarnama.core import forks, grammar, registry, shapes
from safarnama.core.errors import Mistake, unknown
from safarnama.core.words import Text
from safarnama.core.words.digits import latin


@dataclass(frozen=True)
class Kind:
    """How one kind of parameter is read, written, asked for and described."""

    widget: ClassVar[str] = "text"

    @property
    def name(self) -> str:
        return type(self).__name__.removesuffix("Kind").lower()

    def parse(self, value: Any) -> Any:
        """The value from its string form, or from itself."""
        return value

    def form(self, value: Any) -> str:
        """The string form of a value."""
        return str(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.parse, serialization=core_schema.plain_serializer_function_ser_schema(self.form)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**self.schema(), "x-kind": self.name}


@dataclass(frozen=True)
class TouchpointKind(Kind):
    """The name of one touchpoint."""

    widget = "touchpoint"

    def parse(self, value: Any) -> str:
        return _nonempty(value, Text(en="touchpoint", fa="نقطه تماس"))


@dataclass(frozen=True)
class AttributeKind(Kind):
    """The name of an attribute to break down by: of the customer, or channel, device, place, source, campaign."""

    widget = "attribute"

    def parse(self, value: Any) -> str:
        return _nonempty(value, Text(en="attribute", fa="ویژگی"))


@dataclass(frozen=True)
class PersonaKind(Kind):
    """The id of a persona of the map."""

    widget = "persona"

    def parse(self, value: Any) -> str:
        return _nonempty(value, Text(en="persona", fa="پرسونا"))


@dataclass(frozen=True)
class StepsKind(Kind):
    """An ordered set of steps; see ``core.grammar``."""

    widget = "steps"
    at_least: int = 1

    def read(self, text: str) -> tuple[Any, ...]:
        """The steps of one line."""
        return grammar.parse_steps(text)

    def parse(self, value: Any) -> tuple[Any, ...]:
        if isinstance(value, str):
            steps = self.read(value)
        else:
            steps = tuple(part for step in value for part in self._one(step))
        if sum(not step.excluded for step in steps) < self.at_least:
            raise Mistake(
                Text(
                    en="{seen} has too few steps: at least {least} are needed, separated by commas.",
                    fa="{seen} گام کافی ندارد؛ دست‌کم {least} گام لازم است که با ویرگول انگلیسی (,) جدا شوند.",
                ),
                seen=repr(value),
                least=self.at_least,
            )
        return steps

    def _one(self, value: Any) -> tuple[Any, ...]:
        """One item of a list: a touchpoint's own name as it stands, never a phrase to be parsed, except for the marks that a name
        in the data can hardly have."""
        if isinstance(value, grammar.Step | forks.Fork):
            return (value,)
        if not isinstance(value, str):
            return (grammar.Step(tuple(value)),)
        forked = value.startswith("(") and value.endswith(")") and " or " in value
        return self.read(value) if forked or set(value) & set('|?!"') else (grammar.Step((value,)),)

    def form(self, value: Any) -> str:
        return grammar.say_steps(value)


@dataclass(frozen=True)
class WaysKind(StepsKind):
    """An ordered set of steps that may part into several ways and come together again; see ``core.forks``."""

    def read(self, text: str) -> tuple[Any, ...]:
        return forks.parse_ways(text)


@dataclass(frozen=True)
class DurationKind(Kind):
    """A length of time, never a bare number."""

    widget = "duration"

    def parse(self, value: Any) -> timedelta:
        length = value if isinstance(value, timedelta) else grammar.parse_duration(str(value))
        if length <= timedelta(0):
            raise Mistake(
                Text(
                    en="A length of time must be above zero, not {seen}.",
                    fa="مدت زمان باید بیش از صفر باشد، نه {seen}.",
                ),
                seen=grammar.say_duration(length),
            )
        return length

    def form(self, value: Any) -> str:
        return grammar.say_duration(value)


@dataclass(frozen=True)
class FilterKind(Kind):
    """Which customers or events; see ``core.grammar``."""

    widget = "filter"

    def parse(self, value: Any) -> grammar.Filter:
        return grammar.parse_filter(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class ShapeKind(Kind):
    """Which shape the journeys take before they are asked; see ``core.shapes``."""

    widget = "shape"

    def parse(self, value: Any) -> shapes.Shaping:
        if isinstance(value, str):
            return shapes.parse_shapes(value)
        return tuple(
            shape for each in value for shape in (shapes.parse_shapes(each) if isinstance(each, str) else (each,))
        )

    def form(self, value: Any) -> str:
        return shapes.say_shapes(value)


@dataclass(frozen=True)
class QuestionKind(Kind):
    """Another question with its parameters, written ``funnel steps=view,buy window=7d``; values with spaces in quotes."""

    widget = "question"

    def parse(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            name, *given = shlex.split(value)
            parameters = dict(part.split("=", 1) for part in given)
        except ValueError:
            raise Mistake(
                Text(
                    en="{seen} is no question. Write its name and its parameters: funnel steps=view,buy window=7d",
                    fa="{seen} پرسش نیست. نام و پارامترهایش را بنویسید: funnel steps=view,buy window=7d",
                ),
                seen=repr(value),
            ) from None
        return registry.find("question", name).of(parameters)

    def form(self, value: Any) -> str:
        given = (f"{name}={form}" for name, form in value.parameters().items())
        return " ".join([value.name(), *map(shlex.quote, given)])


@dataclass(frozen=True)
class DatesKind(Kind):
    """First and last day, both included."""

    widget = "dates"

    def parse(self, value: Any) -> tuple[date | None, date | None]:
        return grammar.parse_dates(value) if isinstance(value, str) else tuple(value)

    def form(self, value: Any) -> str:
        return grammar.say_dates(value)


@dataclass(frozen=True)
class NumberKind(Kind):
    """A number between two bounds, a whole one if ``whole``."""

    widget = "number"
    low: float = float("-inf")
    high: float = float("inf")
    whole: bool = False

    def parse(self, value: Any) -> float | int:
        try:
            number = float(latin(value).replace(",", "") if isinstance(value, str) else value)
        except (TypeError, ValueError):
            number = float("nan")
        if not self.low <= number <= self.high or (self.whole and not number.is_integer()):
            raise Mistake(
                Text(
                    en="{seen} is not a {what} between {low} and {high}.",
                    fa="{seen} {what} بین {low} و {high} نیست.",
                ),
                seen=repr(value),
                what=Text(en="whole number", fa="عدد صحیح") if self.whole else Text(en="number", fa="عددی"),
                low=f"{self.low:g}",
                high=f"{self.high:g}",
            )
        return int(number) if self.whole else number

    def form(self, value: Any) -> str:
        return f"{value}" if self.whole else f"{value:g}"

    def schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.low, "maximum": self.high}
        finite = {key: bound for key, bound in bounds.items() if abs(bound) != float("inf")}
        return {"type": "integer" if self.whole else "number", **finite}


@dataclass(frozen=True)
class ChoiceKind(Kind):
    """One of a few named options."""

    widget = "choice"
    options: dict[str, Text] = field(default_factory=dict, hash=False)

    def parse(self, value: Any) -> str:
        if value in self.options:
            return str(value)
        raise unknown(Text(en="Choice", fa="گزینه"), str(value), list(self.options))

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.options)}


def yes(value: Any, what: Text) -> bool:
    """Whether a choice was answered with yes; ``what`` names it in the ``Mistake`` that any other word than yes or no is."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in ("yes", "true", "1", "on", "بله"):
        return True
    if word in ("no", "false", "0", "off", "خیر"):
        return False
    raise unknown(what, str(value), ["yes", "no"])


@dataclass(frozen=True)
class FlagKind(Kind):
    """Yes or no."""

    widget = "flag"

    def parse(self, value: Any) -> bool:
        return yes(value, Text(en="Choice", fa="گزینه"))

    def form(self, value: Any) -> str:
        return "yes" if value else "no"

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class FileKind(Kind):
    """A file on this machine."""

    widget = "file"

    def parse(self, value: Any) -> Path:
        return Path(value)


Touchpoint = Annotated[str, TouchpointKind()]
Attribute = Annotated[str, AttributeKind()]
PersonaId = Annotated[str, PersonaKind()]
Steps = Annotated[tuple[grammar.Step, ...], StepsKind()]
Ways = Annotated[tuple[grammar.Step | forks.Fork, ...], WaysKind()]
Duration = Annotated[timedelta, DurationKind()]
Where = Annotated[grammar.Filter, FilterKind()]
Shaped = Annotated[shapes.Shaping, ShapeKind()]
Dates = Annotated[tuple[date | None, date | None], DatesKind()]
Flag = Annotated[bool, FlagKind()]
Asked = Annotated[Any, QuestionKind()]
File = Annotated[Path, FileKind()]


def whole_number(low: float = 0, high: float = float("inf")) -> Any:
    """The kind of a whole number between two bounds."""
    return Annotated[int, NumberKind(low, high, whole=True)]


def a_number(low: float = float("-inf"), high: float = float("inf")) -> Any:
    """The kind of a number between two bounds."""
    return Annotated[float, NumberKind(low, high)]


def choice(**options: Text) -> Any:
    """The kind of one option out of a few, each with its title."""
    return Annotated[str, ChoiceKind(options)]


def kind_of(info: FieldInfo) -> Kind:
    """The kind of a plug-in's field. Raises ``TypeError`` for a field of no known kind."""
    for thing in [*info.metadata, *_walk(info.annotation)]:
        if isinstance(thing, Kind):
            return thing
    raise TypeError(f"{info} is of no known parameter kind")


def _walk(annotation: Any) -> typing.Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in typing.get_args(annotation):
        yield from _walk(inner)


def _nonempty(value: Any, what: Text) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise Mistake(Text(en="The {what} has no name.", fa="نام {what} خالی است."), what=what)
