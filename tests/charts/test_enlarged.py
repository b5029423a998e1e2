"""A figure for a screen seen from afar: lengths grow, data and shares of the picture do not."""

from __future__ import annotations

from indicators.charts.layout import enlarged


def test_lengths_grow_and_data_stay() -> None:
    figure = {
        "data": [
            {
                "x": [1, 2],
                "y": [30, 40],
                "width": 0.6,
                "marker": {"size": [4, 5], "line": {"width": 2}},
                "line": {"width": 1.5, "color": "#000"},
            }
        ],
        "layout": {
            "height": 300,
            "margin": {"l": 10, "t": 0},
            "font": {"size": 12, "family": "x"},
            "annotations": [{"text": "36,5", "x": 4, "y": 1, "xshift": -6}],
            "yaxis": {"range": [0, 50], "automargin": True},
        },
    }
    assert enlarged(figure, 1.5) == {
        "data": [
            {
                "x": [1, 2],
                "y": [30, 40],
                "width": 0.6,
                "marker": {"size": [6, 7.5], "line": {"width": 3}},
                "line": {"width": 2.25, "color": "#000"},
            }
        ],
        "layout": {
            "height": 450,
            "margin": {"l": 15, "t": 0},
            "font": {"size": 18, "family": "x"},
            "annotations": [{"text": "36,5", "x": 4, "y": 1, "xshift": -9}],
            "yaxis": {"range": [0, 50], "automargin": True},
        },
    }
