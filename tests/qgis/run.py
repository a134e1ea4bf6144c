"""Run ``check.py`` over an export in files, and over the same in PostGIS.

    .venv/bin/python tests/qgis/run.py PYTHON WAR.gpkg PICTURE.png

PYTHON is the one that has PyQGIS. The server of the database is started for this, and ended.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent))

from postgis_server import serving  # noqa: E402


def main(python: str, geopackage: str, picture: str) -> None:
    """Export the reports to a database as they were exported to the files, and check both."""
    with serving() as address:
        export = [sys.executable, "-m", "tracker", "export", str(ROOT / "reports"), "-o", address]
        subprocess.run([*export, "--every", "week"], check=True)
        host = address.rpartition("host=")[2]
        subprocess.run([python, str(HERE / "check.py"), geopackage, picture, host], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
