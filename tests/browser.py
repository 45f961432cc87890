"""Headless Chromium, the review server as a real process, and what a person does with them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
PATIENCE = 40.0


def start(folder: Path) -> Any:
    """A browser with a profile and downloads of its own."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--window-size=1280,900", f"--user-data-dir={folder / 'profile'}",
    ):  # fmt: skip
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))


def wait(what: Callable[[], Any]) -> Any:
    """The first true value; asking again until patience ends."""
    from selenium.common.exceptions import WebDriverException

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            value = what()
        except WebDriverException:
            value = None
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError("what was waited for did not come")
        time.sleep(0.02)


class Page:
    """The review page in a browser."""

    def __init__(self, driver: Any, address: str) -> None:
        self.driver = driver
        driver.get(address)
        wait(lambda: self.count("#text .place") or self.count("#card h2"))

    def count(self, selector: str) -> int:
        return len(self.driver.find_elements("css selector", selector))

    def text(self, selector: str) -> str:
        return str(self.driver.find_element("css selector", selector).text)

    def all(self, selector: str) -> list[str]:
        return [e.text for e in self.driver.find_elements("css selector", selector)]

    def click(self, selector: str) -> None:
        def clicked() -> bool:
            self.driver.find_element("css selector", selector).click()
            return True

        wait(clicked)

    def keys(self, *keys: str) -> None:
        """Keys to whatever has the focus."""
        from selenium.webdriver import ActionChains

        for key in keys:
            ActionChains(self.driver).send_keys(key).perform()
            time.sleep(0.03)

    def held(self, modifier: str, key: str) -> None:
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).key_down(modifier).send_keys(key).key_up(modifier).perform()

    def expect(self, selector: str, words: str) -> None:
        wait(lambda: words in self.text(selector))

    def complaints(self) -> list[str]:
        """What the browser's console says went wrong."""
        return [e["message"] for e in self.driver.get_log("browser") if "favicon" not in e["message"]]


@contextmanager
def served(*arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`ntm-repair review --web` as a process; yields its address."""
    command = [sys.executable, "-c", "from ntm_repair.cli import main; main()", "review", "--web", "--lang", "en"]
    environment = {**os.environ, "NTM_REPAIR_NO_BROWSER": "1"}
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # tests in the background are started deaf to it
    process = subprocess.Popen(
        [*command, *arguments], stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=heard
    )
    try:
        assert process.stderr is not None
        said = ""
        while not (found := re.search(r"http://\S+/", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        yield found[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
        if process.stderr is not None:
            process.stderr.close()
