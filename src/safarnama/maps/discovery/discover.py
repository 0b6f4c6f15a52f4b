"""From journeys to a map."""

from __future__ import annotations

from collections.abc import Callable

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.words.lexicon import touchpoint
from safarnama.core.workspace import Workspace
from safarnama.journeys.journeys import Journeys
from safarnama.maps.derived import Derived, Reach
from safarnama.maps.discovery import curves, lanes
from safarnama.maps.discovery.asked import Asked, ask
from safarnama.maps.discovery.given import stages_along
from safarnama.maps.discovery.goal import goal_of
from safarnama.maps.discovery.headline import headline
from safarnama.maps.discovery.order import order_of
from safarnama.maps.discovery.personas import personas
from safarnama.maps.discovery.stages import stages_of
from safarnama.maps.model import Map
from safarnama.maps.words import Words

Progress = Callable[[float], None]


def discover(
    workspace: Workspace,
    *,
    goal: str | None = None,
    per: str | None = None,
    stages: Map | None = None,
    journeys: Journeys | None = None,
    progress: Progress | None = None,
) -> Map:
    """Turn the journeys of a workspace into a map.

    ``goal``: the touchpoint that journeys are for (``A|B`` if either is); found from values and names when left out.
    ``per``: an attribute whose largest segments get a curve of their own. ``stages``: a map (a template, say) whose stages and steps
    are taken instead of finding them; see ``discovery.given``. The findings behind the map are kept in the
    workspace. Raises ``Mistake`` when there is nothing to draw.
    """
    told = progress or (lambda share: None)
    journeys = journeys or workspace.journeys()
    if not journeys.events:
        raise Mistake(
            Text(
                en="There are no journeys yet. Bring events first: safarnama import FILE -w {folder}",
                fa="هنوز سفری نیست. نخست رویدادها را وارد کنید: safarnama import FILE -w {folder}",
            ),
            folder=workspace.folder,
        )
    told(0.05)
    known = [name for name in (stages.goal_touchpoints if stages else []) if name in journeys.touchpoints]
    goals = known if goal is None and known else goal_of(journeys, goal)
    order = order_of(journeys, set(goals))
    if stages is None:
        found = stages_of(journeys.touchpoints, order, set(goals))
    else:
        found = stages_along(stages, journeys.touchpoints, order)
    told(0.3)
    asked = ask(workspace, journeys, found, goals)
    told(0.7)
    document = Map(
        id="map",
        title=workspace.settings.title or "map",
        subtitle=_subtitle(workspace),
        goal=_goal_words(goals),
        goal_touchpoints=goals,
        personas=personas(asked, per),
        stages=found,
        derived=_derived(asked),
    )
    for make in lanes.ALL:
        lane, cards = make(document, asked)
        document.lanes.append(lane)
        document.derived.cards.update(cards)
    document.derived.curves = curves.curves(document, asked)
    for name, reach in _reach(document, asked).items():
        document.derived.stages[name] = reach
    document.title = headline(document, asked)
    told(1.0)
    return Map.model_validate(document.model_dump(by_alias=True))


def _derived(asked: Asked) -> Derived:
    scope = asked.journeys.scope
    start, end = scope.period or (None, None)
    return Derived(
        at=end,
        fingerprint=scope.fingerprint,
        customers=asked.journeys.customers,
        events=asked.journeys.events,
        start=start,
        end=end,
        sources=list(scope.words.get("source", ())),
    )


def _reach(document: Map, asked: Asked) -> dict[str, Reach]:
    rows = asked.progress.rows()
    return {
        stage.id: Reach(
            customers=row["customers"],
            share=row["share"] or 0,
            low=row["low"],
            high=row["high"],
            finding=asked.progress.id,
        )
        for stage, row in zip(document.stages, rows, strict=True)
    }


def _goal_words(goals: list[str]) -> Words | None:
    if not goals:
        return None
    titles = [touchpoint(name).title for name in goals]
    return {"en": " / ".join(title.en for title in titles), "fa": " / ".join(title.fa for title in titles)}


def _subtitle(workspace: Workspace) -> Words:
    name = workspace.settings.title
    return {"en": f"{name} · discovered from what customers did", "fa": f"{name} · برآمده از رفتار مشتریان"}
