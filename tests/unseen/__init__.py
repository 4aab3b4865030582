"""Plans nobody has seen: random plan PDFs with their exact truth, from a seed and a style."""

from .draw_style import draw_style, styles
from .plan import UnseenPlan, draw_plan
from .scan import to_scan
from .style import Style

__all__ = ["Style", "UnseenPlan", "draw_plan", "draw_style", "styles", "to_scan"]
