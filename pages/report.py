"""Báo cáo: the report of a plan and period as Word, PDF and Excel; who has not sent."""

from __future__ import annotations

from etl.context import opened
from indicators.period import parse_period
from pages.parts.data import areas_of, picture_of
from pages.parts.ended import ended_notice
from pages.parts.filters import filters
from pages.parts.fresh import fresh_bar
from pages.parts.links import show
from pages.parts.papers.data import papers_of
from pages.parts.papers.own import own_text
from pages.parts.papers.show import answer, contents_card, files_card, late_card, preview_card
from pages.parts.view import current_view

view, deployment = current_view(), opened().deployment
papers = papers_of(view)

filters(view, areas_of(view))
fresh_bar(picture_of(view), view, "/bao-cao")
notice = ended_notice(deployment, parse_period(view.period), view, "/bao-cao")
show(f"{notice}{answer(papers.material, view)}{files_card(view)}", key="report-files")
own_text(view)
beside = preview_card(view) + contents_card(papers.report, view)
show(
    f'<div class="vd-stack">{late_card(papers.material, view)}'
    f'<div class="vd-p-two">{beside}</div></div>',
    key="report-inside",
)
