"""environment.yml names the packages of pyproject.toml with the same lower bounds."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
CONDA_NAMES = {"playwright": "playwright-python", "duckdb": "python-duckdb"}


def split(requirement):
    name, bound = re.fullmatch(r"([\w.-]+)(.*)", requirement.split("#")[0].strip()).groups()
    return name, bound


def test_conda_and_pip_users_get_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = dict(map(split, project["dependencies"] + project["optional-dependencies"]["test"]))
    wanted = {CONDA_NAMES.get(name, name): bound for name, bound in wanted.items()}
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    found = dict(split(line) for line in listed if isinstance(line, str))
    assert project["requires-python"] == found.pop("python")
    found.pop("pip")
    assert wanted == found
    assert {"pip": ["-e ."]} == listed[-1], "the package itself is installed from the checkout"
