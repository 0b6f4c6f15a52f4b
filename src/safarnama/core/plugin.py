"""What every plug-in is: a frozen model whose fields are parameters of the known kinds."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError

from safarnama.core.errors import Mistake, unknown
from safarnama.core.parameters import kind_of
from safarnama.core.words import Text


class PlugIn(BaseModel):
    """A frozen set of parameters with a title and an example.

    A class is a plug-in when it gives itself a ``title``; the classes in between (``Question``, ``Layout`` …) do not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, arbitrary_types_allowed=True)

    plug_in: ClassVar[bool] = False
    title: ClassVar[Text]
    example: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.plug_in = "title" in vars(cls)

    @classmethod
    def name(cls) -> str:
        """The name it is known by in the command line, the API and the address of a page."""
        return cls.__module__.rpartition(".")[2]

    @classmethod
    def of(cls, parameters: dict[str, Any]) -> Any:
        """Make one from values or their string forms; what is wrong is a ``Mistake`` naming the parameter."""
        known = list(cls.model_fields)
        given = {name.replace("-", "_"): value for name, value in parameters.items()}
        for name in given:
            if name not in known:
                raise unknown(Text(en="Parameter", fa="پارامتر"), name, known)
        try:
            return cls(**given)
        except ValidationError as error:
            first = error.errors()[0]
            cause = first.get("ctx", {}).get("error")
            if isinstance(cause, Mistake):
                raise cause from error
            if first["type"] == "missing":
                name = str(first["loc"][0])
                raise Mistake(
                    Text(
                        en="{title} needs {name}, for example {name} = {example}",
                        fa="{title} به {name} نیاز دارد؛ برای نمونه {name} = {example}",
                    ),
                    title=cls.title,
                    name=name,
                    example=cls.example.get(name, "…"),
                ) from error
            raise Mistake(
                Text(
                    en="{title}: {name} is {seen}. {problem}.",
                    fa="{title}: مقدار {name} برابر {seen} است و پذیرفته نیست ({problem}).",
                ),
                title=cls.title,
                name=".".join(str(part) for part in first["loc"]) or "?",
                seen=repr(first.get("input")),
                problem=first["msg"],
            ) from error

    def parameters(self) -> dict[str, Any]:
        """Name and string form of every parameter that is set: what goes into addresses, files and findings."""
        forms = {}
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if value is not None:
                forms[name] = kind_of(field).form(value)
        return forms
