"""A widget in a real chromium, without Jupyter: the kernel is the Python widget itself, called through a bridge."""

import json
from pathlib import Path

from review_kit.protocol import Criterion, Item, Node, Protocol
from review_kit.widgets.act_widget import STATIC, browser_module

PROTOCOL = Protocol(
    "Test", criteria=(Criterion("I1", "include", "About medicine."), Criterion("E1", "exclude", "Opinion.")),
    reasons={"title_abstract": ("not medical", "no reasoning"), "full_text": ("no evaluation",)},
    highlight={"include": ("medic", "RAG"), "exclude": ("abstract",)},
    taxonomy=(
        Node("modality", "Modality", "modality", many=False),
        Node("modality/text", "Text", "modality", "modality", keywords=("abstract",), many=False),
        Node("modality/image", "Image", "modality", "modality", many=False),
    ),
    items=(Item("size", "Size", "number", unit="B"), Item("tasks", "Tasks", "multi", choices=("a", "b"))),
)
STATE = ("project", "settings", "cards", "progress", "undoable", "key_preset", "news")
PAGE = """<!doctype html><meta charset="utf-8"><title>widget</title>
<style>body { margin: 0; background: var(--jp-layout-color0, #fff) }</style>"""
HERE = Path(__file__).parent
MODEL, CONTRAST = ((HERE / name).read_text() for name in ("widget_model.js", "lowest_contrast.js"))
# JupyterLab's own colours.
THEMES = {
    "none": {},
    "light": {
        "layout-color0": "#fff", "layout-color1": "#fff", "layout-color2": "#eee", "ui-font-color1": "rgba(0,0,0,.87)",
        "ui-font-color2": "rgba(0,0,0,.54)", "border-color0": "#bdbdbd", "border-color2": "#e0e0e0",
        "brand-color1": "#1976d2", "success-color1": "#388e3c", "error-color1": "#d32f2f", "warn-color1": "#f57c00",
        "content-link-color": "#0d47a1",
    },
    "dark": {
        "layout-color0": "#111", "layout-color1": "#212121", "layout-color2": "#424242", "ui-font-color1": "#fff",
        "ui-font-color2": "rgba(255,255,255,.7)", "border-color0": "#757575", "border-color2": "#616161",
        "brand-color1": "#2196f3", "success-color1": "#4caf50", "error-color1": "#f44336", "warn-color1": "#ff9800",
        "content-link-color": "#90caf9",
    },
}


def new_context(browser):
    """Pages that share their storage, as tabs of one browser do; nothing comes from the network."""
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    return context


def open_widget(context, widget, theme="none"):
    """Show a widget in a page of its own, with the focus inside."""
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.clock.install()
    page.goto("http://widget.test/")
    page.expose_function("toKernel", lambda message: answer(widget, json.loads(message)))
    colours = "".join(f"--jp-{name}: {colour};" for name, colour in THEMES[theme].items())
    page.add_style_tag(content=f":root {{ {colours} }}")
    css = (STATIC / "act.css").read_text()
    page.evaluate(MODEL, [browser_module(widget.script), css, json.loads(json.dumps(state_of(widget)))])
    page.locator(".rk").focus()
    return page


def state_of(widget):
    """What the browser gets of a widget."""
    return {name: getattr(widget, name) for name in STATE if hasattr(widget, name)}


def answer(widget, message):
    """What the Python widget says to a message, and its state after it."""
    said = []
    widget.send = lambda answered, buffers=None: said.append(answered)
    widget._handle_custom_msg(message, [])
    return json.dumps({"state": state_of(widget), "said": said})


def settle(page):
    """Wait until nothing is on its way to the kernel."""
    page.wait_for_function("() => document.querySelector('.rk-status').dataset.state === 'saved'")


def title(page):
    """The title of the paper on screen."""
    return page.inner_text(".rk-title")


def kept(page):
    """How many acts wait in the browser."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.includes('/outbox/')).length")
