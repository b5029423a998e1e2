"""Going down to what the address asks for, once it is drawn."""

from __future__ import annotations

import streamlit as st

JS = """
export default function ({ parentElement, data }) {
  const box = parentElement.querySelector("i");
  if (!data.to || box.vdTo === data.to) return;
  box.vdTo = data.to;
  setTimeout(() => document.getElementById(data.to)?.scrollIntoView({ block: "center" }), 150);
}
"""
MOUNT = st.components.v2.component("vandan.jump", html="<i hidden></i>", js=JS)


def jump(anchor: str) -> None:
    """Scroll to an element by its id; "" stays where it is."""
    MOUNT(key="jump", data={"to": anchor})
