"""Charts whose Chinese shows on any machine: no font of Python's is used.

A chart leaves a notebook twice: as Vega-Lite, which JupyterLab draws, and as SVG with its text as
text, for pages that cannot. Either way the browser sets the type, with the first of these fonts
that it has.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

#: Fonts with traditional Chinese: free, Apple's, Microsoft's, Android's, then whatever there is.
FONTS = (
    "Noto Sans CJK TC, Noto Sans TC, Source Han Sans TC, PingFang TC, Heiti TC,"
    " Microsoft JhengHei, WenQuanYi Zen Hei, AR PL UMing TW, sans-serif"
)
_MIME_TYPE = "application/vnd.vegalite.v{}+json"


def _theme() -> dict[str, Any]:
    return {
        "config": {
            "font": FONTS,
            "view": {"stroke": None},
            "axis": {"labelLimit": 320, "grid": False, "domain": False, "ticks": False},
            "axisX": {"labelAngle": 0},
            "legend": {"labelLimit": 320},
            "title": {"anchor": "start", "fontSize": 14, "subtitleColor": "#666"},
            "background": "white",
        }
    }


def use_charts() -> Any:
    """Set Altair up for a notebook and give the module; ImportError without Altair."""
    altair = import_module("altair")
    altair.theme.register("planparse", enable=True)(_theme)
    altair.renderers.register("planparse", _render)
    altair.renderers.enable("planparse")
    return altair


def _render(spec: dict[str, Any], **_: Any) -> dict[str, Any]:
    version = import_module("altair").SCHEMA_VERSION.lstrip("v").split(".")[0]
    return {
        _MIME_TYPE.format(version): spec,
        "image/svg+xml": import_module("vl_convert").vegalite_to_svg(spec),
        "text/plain": f"<chart: {spec.get('title', 'untitled')}>",
    }
