"""The shape of the code: rooms as in docs/design.md, imports that only go down, public names that are documented."""

import ast
import importlib
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import review_kit

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "review_kit"
MODULES = sorted(PACKAGE.rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
HEAVY = (
    "scipy", "matplotlib", "bibtexparser", "openpyxl", "lxml", "anywidget", "ipywidgets", "jupyterlab", "rapidfuzz",
)
ONLY_USERS = {
    "bibtexparser": {"citations"}, "markdown_it": {"formats"}, "duckdb": {"duplicates"},
    "matplotlib": {"prisma", "figures", "figure_files", "fonts", "simulation"}, "anywidget": {"widgets"},
    "ipywidgets": {"widgets"}, "openpyxl": {"formats", "spreadsheets"},
    "scipy": {"relevance", "stopping", "text_features"},
}


def room(path):
    """A module's room: the name right below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def levels():
    """Room -> level, as docs/design.md lays them out."""
    text = (ROOT / "docs" / "design.md").read_text()
    block = re.search(r"```\nreview_kit/\n(.*?)```", text, re.DOTALL).group(1)
    level, found = None, {}
    for line in block.splitlines():
        if heading := re.match(r"  level (\d)", line):
            level = int(heading.group(1))
        elif level is not None and (names := re.match(r"    ((?:\w+(?:\.py|/) ?)+)", line)):
            found |= {name.removesuffix(".py").removesuffix("/"): level for name in names.group(1).split()}
    return found


def imports(path):
    """Names a module imports: rooms of this package, and other packages."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            up = path.relative_to(PACKAGE).parts[:-node.level]
            base = [*up, *(node.module or "").split(".")] if node.module else [*up]
            names = [base[0]] if base else [alias.name for alias in node.names]
            yield from (("review_kit", name) for name in names)
        elif isinstance(node, ast.ImportFrom):
            parts = node.module.split(".")
            yield (parts[0], parts[1] if len(parts) > 1 else None)
        elif isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], None) for alias in node.names)


def test_every_module_has_its_room_in_the_design():
    rooms = {room(path) for path in MODULES} - {"__init__"}
    assert rooms == set(levels())


def test_imports_only_go_down():
    level = levels()
    up = [
        f"{path.relative_to(ROOT)} (level {level[room(path)]}) imports {name} (level {level[name]})"
        for path in MODULES if room(path) != "__init__"
        for package, name in imports(path) if package == "review_kit" and name in level
        if level[name] > level[room(path)]
    ]
    assert [] == up


def test_rooms_of_one_level_do_not_import_each_other_in_a_circle():
    wants = {}
    for path in MODULES:
        wants.setdefault(room(path), set()).update(n for p, n in imports(path) if p == "review_kit" and n != room(path))
    done = set()
    while free := [name for name in wants if name not in done and not (wants[name] & wants.keys()) - done]:
        done.update(free)
    assert set() == wants.keys() - done


def test_each_library_has_few_users():
    wrong = [f"{path.relative_to(ROOT)} imports {package}" for path in MODULES for package, _ in imports(path)
             if package in ONLY_USERS and room(path) not in ONLY_USERS[package]]
    assert [] == wrong


def test_importing_review_kit_loads_nothing_heavy():
    code = f"import sys, review_kit; print([m for m in {HEAVY} if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "[]" == found.strip()


def test_modules_and_functions_stay_short():
    long = []
    for path in MODULES:
        source = path.read_text()
        if source.count("\n") > 300:
            long.append(f"{path.name}: {source.count(chr(10))} lines")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = node.end_lineno - node.lineno + 1 - len((ast.get_docstring(node) or "").splitlines())
                positional = [a for a in node.args.args if a.arg not in ("self", "cls")]
                if lines > 45 or len(positional) > 4:
                    long.append(f"{path.name}: {node.name}: {lines} lines, {len(positional)} positional arguments")
    assert [] == long


def test_code_neither_swallows_errors_nor_prints():
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ExceptHandler) and (
                    node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException")):
                found.append(f"{path.name}:{node.lineno} broad except")
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print":
                found.append(f"{path.name}:{node.lineno} print")
    assert [] == found


@pytest.mark.parametrize("path", sorted((PACKAGE / "widgets").rglob("*.js")), ids=lambda p: p.name)
def test_text_enters_the_page_as_text(path):
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", path.read_text())


@pytest.mark.parametrize("name", sorted(review_kit.__all__))
def test_public_names_are_documented(name):
    public = getattr(review_kit, name)
    assert re.match(r"[A-Z`].*\.", (inspect.getdoc(public) or "").splitlines()[0]), f"{name} has no first sentence"
    if inspect.isfunction(public):
        doc = inspect.getdoc(public)
        undocumented = [p for p in inspect.signature(public).parameters if not re.search(rf"\b{p}\b", doc)]
        assert [] == undocumented
    assert name in (ROOT / "docs" / "design.md").read_text() + (ROOT / "docs" / "api.md").read_text()


def test_public_names_resolve_where_they_say():
    for name in review_kit.__all__:
        public = getattr(review_kit, name)
        assert hasattr(importlib.import_module(public.__module__), name)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_notebooks_are_stored_thin_and_clean(path):
    notebook = json.loads(path.read_text())
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert "python3" == notebook["metadata"]["kernelspec"]["name"]
    assert "widgets" not in notebook["metadata"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)
    assert len(code) <= 20
    for cell in code:
        source = "".join(cell["source"])
        assert source.count("\n") < 8, source
        assert not re.search(r"^\s*(def|class|for) ", source, re.MULTILINE), source
    assert "markdown" == notebook["cells"][0]["cell_type"]
