import pandas as pd
import pytest

from planparse.study.charts import FONTS, use_charts


@pytest.fixture
def chart():
    altair = use_charts()
    frame = pd.DataFrame({"部門": ["業務組", "電費組"], "件數": [3, 5]})
    bars = altair.Chart(frame, title="承辦部門").mark_bar().encode(x="件數", y="部門")
    yield bars
    altair.renderers.enable("default")
    altair.theme.enable("default")


def test_a_chart_leaves_as_vega_lite_and_as_svg_with_its_text_as_text(chart):
    bundle = chart._repr_mimebundle_()
    (spec,) = [value for kind, value in bundle.items() if kind.startswith("application/vnd.vega")]
    assert spec["config"]["font"] == FONTS
    svg = bundle["image/svg+xml"]
    for text in ("承辦部門", "業務組", "件數"):
        assert text in svg
    assert "Noto Sans CJK TC" in svg


def test_the_picture_shows_characters_and_not_the_same_box_for_each():
    vl_convert = pytest.importorskip("vl_convert")

    def picture(text):
        spec = {
            "data": {"values": [{}]},
            "mark": {"type": "text", "fontSize": 40, "font": FONTS},
            "encoding": {"text": {"value": text}},
        }
        return vl_convert.vegalite_to_png(spec)

    if picture("屏") == picture("鳳"):
        pytest.skip("this machine has no font with Chinese: pictures show boxes")
    assert len({picture(char) for char in "基礎服務遞送量能評價"}) == 10
