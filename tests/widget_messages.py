"""Talk to a widget as the browser does, without one."""


def listen(widget):
    """What the widget says to the browser from now on."""
    said = []
    widget.send = lambda message, buffers=None: said.append(message)
    return said


def tell(widget, **message):
    """Send an act."""
    widget._handle_custom_msg({"type": "act", **message}, [])


def ask(widget, said, question, **fields):
    """Ask a question; the answer."""
    widget._handle_custom_msg({"type": "ask", "question": question, "number": 1, **fields}, [])
    return said[-1]["answer"]


def shown(widget):
    """The cards sent ahead."""
    return [card["id"] for card in widget.cards]
