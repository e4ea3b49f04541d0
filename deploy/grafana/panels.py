"""Rows of panels as the JSON that Grafana reads: only what our dashboards need.

Not made with Grafana's own SDK for Python: its versions sort by release instead of by schema, so that a
lock would take the oldest schema, and what it writes has queries without a reference.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, Final, Literal

Kind = Literal["timeseries", "stat", "bargauge", "state-timeline"]
Json = dict[str, Any]

COLUMNS: Final = 24
SCHEMA: Final = 39
"""Of Grafana 11; a newer one migrates it when it reads it."""
DATASOURCE: Final = {"type": "prometheus", "uid": "${datasource}"}
_WIDTHS: Final[dict[Kind, int]] = {
    "timeseries": 8,
    "stat": 4,
    "bargauge": 8,
    "state-timeline": 16,
}
_HEIGHTS: Final[dict[Kind, int]] = {
    "timeseries": 8,
    "stat": 4,
    "bargauge": 8,
    "state-timeline": 8,
}


@dataclass(frozen=True, slots=True)
class Query:
    """PromQL, and the name of what it gives: `{{label}}` stands for a label's value."""

    expr: str
    name: str = "__auto"


@dataclass(frozen=True, slots=True)
class Panel:
    """One question, and the queries that answer it."""

    title: str
    what: str
    """What a person who sees it for the first time needs to know."""
    queries: Sequence[Query]
    unit: str = "short"
    kind: Kind = "timeseries"
    stacked: bool = False
    limits: tuple[float, float] | None = None
    """From which values on it is to be looked at, and bad; the other way round if the first is larger."""

    def as_json(self, number: int, x: int, y: int) -> Json:
        """The panel at its place in the grid."""
        width, height = _WIDTHS[self.kind], _HEIGHTS[self.kind]
        return {
            "id": number,
            "type": self.kind,
            "title": self.title,
            "description": self.what,
            "datasource": DATASOURCE,
            "gridPos": {"x": x, "y": y, "w": width, "h": height},
            "targets": [self._target(n, query) for n, query in enumerate(self.queries)],
            "fieldConfig": {"defaults": self._defaults(), "overrides": []},
            "options": _OPTIONS[self.kind],
        }

    def _target(self, number: int, query: Query) -> Json:
        instant = self.kind in {"stat", "bargauge"}
        return {
            "refId": ascii_uppercase[number],
            "datasource": DATASOURCE,
            "expr": query.expr,
            "legendFormat": query.name,
            "instant": instant,
            "range": not instant,
        }

    def _defaults(self) -> Json:
        defaults: Json = {"unit": self.unit, "thresholds": self._thresholds()}
        if self.kind != "state-timeline":
            defaults["min"] = 0
        if self.kind == "timeseries":
            stacking = {"mode": "normal" if self.stacked else "none", "group": "A"}
            fill = 30 if self.stacked else 8
            defaults["custom"] = {
                "fillOpacity": fill,
                "lineWidth": 1,
                "showPoints": "never",
                "stacking": stacking,
            }
        if self.kind == "state-timeline":
            defaults["mappings"] = [_PASSED_OR_NOT]
        return defaults

    def _thresholds(self) -> Json:
        steps: list[Json] = [{"color": "green", "value": None}]
        if self.limits is not None:
            first, second = self.limits
            # Where less is worse, it begins bad and becomes good.
            rising = first < second
            colours = ("orange", "red") if rising else ("orange", "green")
            steps[0]["color"] = "green" if rising else "red"
            places = (first, second) if rising else (second, first)
            steps += [{"color": c, "value": v} for c, v in zip(colours, places, strict=True)]
        return {"mode": "absolute", "steps": steps}


@dataclass(frozen=True, slots=True)
class Row:
    """Panels that belong together."""

    title: str
    panels: Sequence[Panel]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A page of Grafana's."""

    uid: str
    title: str
    what: str
    rows: Sequence[Row]

    def panels(self) -> Iterator[Panel]:
        """All of them, in their order."""
        for row in self.rows:
            yield from row.panels

    def as_json(self) -> Json:
        """What Grafana is given."""
        return {
            "uid": self.uid,
            "title": self.title,
            "description": self.what,
            "tags": ["deskbus"],
            "schemaVersion": SCHEMA,
            "version": 1,
            "editable": False,
            "graphTooltip": 1,
            "refresh": "10s",
            "time": {"from": "now-1h", "to": "now"},
            "timezone": "browser",
            "templating": {"list": [_CHOICE_OF_DATASOURCE]},
            "annotations": {"list": []},
            "links": [_OTHER_DASHBOARDS],
            "panels": list(_laid_out(self.rows)),
        }


def _laid_out(rows: Sequence[Row]) -> Iterator[Json]:
    """Row by row, each panel beside the one before it as long as there is room."""
    number = y = 0
    for row in rows:
        number += 1
        place = {"x": 0, "y": y, "w": COLUMNS, "h": 1}
        yield {
            "id": number,
            "type": "row",
            "title": row.title,
            "collapsed": False,
            "gridPos": place,
            "panels": [],
        }
        x, y, tallest = 0, y + 1, 0
        for panel in row.panels:
            number += 1
            if x + _WIDTHS[panel.kind] > COLUMNS:
                x, y, tallest = 0, y + tallest, 0
            yield panel.as_json(number, x, y)
            x, tallest = x + _WIDTHS[panel.kind], max(tallest, _HEIGHTS[panel.kind])
        y += tallest


_CALCS: Final = {"calcs": ["lastNotNull"], "fields": "", "values": False}
_LEGEND: Final = {"displayMode": "list", "placement": "bottom", "showLegend": True}
_OPTIONS: Final[dict[Kind, Json]] = {
    "timeseries": {"legend": _LEGEND, "tooltip": {"mode": "multi", "sort": "desc"}},
    "stat": {"reduceOptions": _CALCS, "colorMode": "value", "graphMode": "none"},
    "bargauge": {"reduceOptions": _CALCS, "orientation": "horizontal", "displayMode": "basic"},
    "state-timeline": {"mergeValues": True, "showValue": "never", "legend": _LEGEND},
}
_PASSED_OR_NOT: Final = {
    "type": "value",
    "options": {
        "0": {"text": "failed", "color": "red", "index": 0},
        "1": {"text": "passed", "color": "green", "index": 1},
    },
}
_CHOICE_OF_DATASOURCE: Final = {
    "name": "datasource",
    "label": "Prometheus",
    "type": "datasource",
    "query": "prometheus",
    "hide": 0,
}
_OTHER_DASHBOARDS: Final = {
    "type": "dashboards",
    "tags": ["deskbus"],
    "title": "Deskbus",
    "icon": "dashboard",
    "tooltip": "",
    "asDropdown": False,
    "targetBlank": False,
    "includeVars": True,
    "keepTime": True,
}


# ---- PromQL --------------------------------------------------------------------------------------

RATE: Final = "[$__rate_interval]"
RANGE: Final = "[$__range]"


def rate(counter: str, by: str = "") -> str:
    """How often a second, added up over all instances."""
    return f"sum{_by(by)} (rate({counter}{RATE}))"


def quantile(
    share: float, histogram: str, by: str = "", selector: str = "", over: str = RATE
) -> str:
    """Which value this share of what was measured stays below."""
    labels = f"le, {by}" if by else "le"
    buckets = f"increase({histogram}_bucket{selector}{over})"
    return f"histogram_quantile({share}, sum by ({labels}) ({buckets}))"


def quantiles(histogram: str, over: str = RATE) -> list[Query]:
    """The middle, and what one in ten exceeds."""
    return [
        Query(quantile(0.5, histogram, over=over), "half of them"),
        Query(quantile(0.9, histogram, over=over), "9 of 10"),
    ]


def _by(labels: str) -> str:
    return f" by ({labels})" if labels else ""
