"""Take the README's picture: ``maps/frontline.html`` on one day, in headless Chromium.

Run by ``make picture``. The bytes depend on the installed Chromium and fonts, so this is the one
file in ``maps/`` that another machine may draw a little differently.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
PAGE = HERE / "frontline.html"
PICTURE = HERE / "frontline.png"
DAY = "2022-11-11"
SIZE = {"width": 1280, "height": 760}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    """Write ``maps/frontline.png``."""
    browser_path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto(f"{PAGE.as_uri()}#date={DAY}")
        page.wait_for_timeout(500)
        page.screenshot(path=PICTURE)
        browser.close()
    print(f"wrote {PICTURE.name}")


if __name__ == "__main__":
    main()
