"""A real JupyterLab for tests: its own port and settings, notebooks made of cells, kernels that can be killed."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import psutil

TOKEN = "t"
IDLE = r"() => /\| Idle/.test(document.querySelector('#jp-main-statusbar')?.innerText ?? '')"
SETTINGS = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


class Lab:
    """A JupyterLab server over a folder (`root`); use it in a ``with`` statement."""

    def __init__(self, folder: Path, theme: str = "JupyterLab Light") -> None:
        self.folder, self.root = folder, folder / "root"
        self._settings = {**SETTINGS, "@jupyterlab/apputils-extension:themes": {"theme": theme}}
        self.url = ""

    def __enter__(self) -> "Lab":
        self.root.mkdir(parents=True)
        settings = self.folder / "config" / "labconfig" / "default_setting_overrides.json"
        settings.parent.mkdir(parents=True)
        settings.write_text(json.dumps(self._settings))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._output = open(self.folder / "lab.log", "wb")
        self._server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
             "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={self.root}"],
            env={**os.environ, **self._folders()}, stdout=self._output, stderr=self._output,
        )
        self._wait_for_server()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(30)
        self._output.close()

    def _folders(self) -> dict[str, str]:
        """Environment variables that keep the user's own Jupyter out of the test."""
        places = {
            "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython", "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        }
        return {name: str(self.folder / place) for name, place in places.items()}

    def _wait_for_server(self) -> None:
        """Wait until the server answers."""
        for _ in range(240):
            if self._server.poll() is not None:
                raise RuntimeError((self.folder / "lab.log").read_text()[-2000:])
            try:
                self.api("status")
                return
            except OSError:
                time.sleep(0.25)
        raise RuntimeError("JupyterLab did not answer within a minute")

    def api(self, path: str, method: str = "GET"):
        """Ask the server's own interface."""
        headers = {"Authorization": f"token {TOKEN}"}
        asked = urllib.request.Request(f"{self.url}/api/{path}", method=method, headers=headers)
        with urllib.request.urlopen(asked, timeout=10) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def write(self, name: str, *cells: str) -> Path:
        """Write a notebook of code cells into the root."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, self.root / name)
        return self.root / name

    def open(self, browser, name: str):
        """Open a notebook in a page of its own and wait until its kernel is idle."""
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(f"{self.url}/lab/tree/{name}?token={TOKEN}&reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
        page.wait_for_function(IDLE, timeout=90_000)
        return page

    def run_all(self, page, selector: str) -> None:
        """Run all cells until something that matches `selector` is shown."""
        from playwright.sync_api import TimeoutError
        self.dismiss_dialogs(page)
        for _ in range(6):  # a Run All that comes before the kernel is connected is dropped without a word
            page.locator("li.lm-MenuBar-item:has-text('Run')").click()
            page.locator("li[data-command='runmenu:run-all']").click()
            try:
                page.wait_for_selector(selector, timeout=10_000)
                return
            except TimeoutError:
                continue
        raise AssertionError(f"{selector} did not appear")

    def dismiss_dialogs(self, page) -> None:
        """Press OK in whatever dialog is open, such as that of a kernel that died."""
        while (dialog := page.locator("dialog.jp-Dialog")).count():
            dialog.first.locator("button.jp-mod-accept").click()

    def kill_kernels(self) -> None:
        """Kill every kernel as a crash would."""
        for process in psutil.Process(self._server.pid).children(recursive=True):
            if any("ipykernel" in word for word in process.cmdline()):
                process.kill()

    def close_sessions(self) -> None:
        """End all kernels, so that a notebook opened again starts anew."""
        for session in self.api("sessions"):
            self.api(f"sessions/{session['id']}", method="DELETE")
