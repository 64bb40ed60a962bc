"""Write docs/api.md from the code: every public name with its signature and first sentence."""

import inspect
from pathlib import Path

import review_kit
from review_kit import _ROOMS


def main() -> None:
    """Write the page beside this script."""
    Path(__file__).with_name("api.md").write_text(page(), encoding="utf-8")


def page() -> str:
    """The page as text."""
    parts = ["# API\n\nEverything below is imported from `review_kit`; nothing else is public. `help(name)` tells the whole.\n"]
    for room, names in _ROOMS.items():
        parts.append(f"\n## {room.replace('_', ' ').replace('.', ': ')}\n")
        parts += [entry(name) for name in names]
    return "\n".join(parts)


def entry(name: str) -> str:
    """One name."""
    public = getattr(review_kit, name)
    text = f"\n`{name}{signature(public)}`  \n{first_sentence(public)}\n"
    if name == "ReviewLog":
        methods = [(n, m) for n, m in vars(public).items() if not n.startswith("_")]
        text += "".join(f"\n- `.{n}{'' if isinstance(m, property) else signature(m)}` {first_sentence(m)}" for n, m in methods)
        text += "\n"
    return text


def signature(public: object) -> str:
    """The signature without types; nothing for errors and data classes."""
    if isinstance(public, type) and (issubclass(public, Exception) or hasattr(public, "__dataclass_fields__")):
        return ""
    target = public.__init__ if isinstance(public, type) else public
    found = inspect.signature(target)
    bare = [p.replace(annotation=p.empty) for n, p in found.parameters.items() if n != "self"]
    return str(found.replace(parameters=bare, return_annotation=inspect.Signature.empty))


def first_sentence(public: object) -> str:
    """The first line of the documentation."""
    return (inspect.getdoc(public) or "").splitlines()[0]


if __name__ == "__main__":
    main()
