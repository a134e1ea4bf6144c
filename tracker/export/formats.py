"""What each format of an export holds, as a table that the tests measure by reading files back."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from tracker.export.dictionary import CREDIT, fields_markdown


@dataclass(frozen=True, slots=True)
class Format:
    """One format, and how GDAL (of GeoParquet: geopandas, of PostGIS: psycopg) gives things back.

    ``layers`` is ``all`` where one file holds all layers. ``day``, ``yes_no``, ``number`` and
    ``missing`` say as what a value of that kind comes back; ``nowhere`` whether rows without a
    position are kept; ``precise`` is what is left of a coordinate; ``meanings`` where the meaning
    of the fields stands.
    """

    name: str
    ending: str
    layers: str
    day: str
    yes_no: str
    number: str
    missing: str
    nowhere: str
    precise: str
    meanings: str


HEAD = (
    "format",
    "ending",
    "layers in a file",
    "day",
    "yes/no",
    "number",
    "missing value",
    "rows without a position",
    "coordinates",
    "meaning of the fields",
)

FORMATS = (
    Format("GeoPackage", ".gpkg", "all", "time, UTC", "yes/no", "number", "NULL", "kept", "exact",
           "in the file"),
    Format("GeoParquet 1.1", ".parquet", "one", "time", "yes/no", "number", "NULL", "kept", "exact",
           "in the file"),
    Format("FlatGeobuf", ".fgb", "one", "time", "yes/no", "number", "NULL", "kept", "exact",
           "in the file"),
    Format("GeoJSON", ".geojson", "one", "time", "yes/no", "number", "null", "kept",
           "6 decimals", "FIELDS.md"),
    Format("KML", ".kml", "all", "text", "yes/no", "number", "left out", "kept", "6 decimals",
           "in the file"),
    Format("CSV", ".csv", "one", "text", "text", "text", "empty", "kept", "6 decimals",
           "FIELDS.md"),
    Format("PostGIS", "postgresql://", "all", "date", "yes/no", "number", "NULL", "kept", "exact",
           "in the database"),
)  # fmt: skip
"""Every format holds every field of every layer, and all text as it is."""

_NOTES = """\
Every format holds every field and every row; the table says as what a program gets them back that
reads the file with GDAL (QGIS, geopandas, ogr2ogr, DuckDB). A day in GeoJSON is ISO text in the
file, which GDAL takes for a time. The sixth decimal of a coordinate is a decimetre.

- **GeoPackage**: open `FILE.qgs`, which lies beside it, in QGIS, or the project inside the file
  (Project > Open From > GeoPackage). Every layer opens styled and on the time axis. A layer that is
  added by hand has its symbols at once, and its time axis after Style > Restore Default. If you
  rename the file, the project asks where it is.
- **GeoParquet** carries the box of each row (`bbox`), so that readers can skip what is far away.
- **FlatGeobuf** has a spatial index, unless a layer has rows without a position: the index would
  drop them. GDAL 3.12 cannot read such a layer through Arrow, and so DuckDB cannot; without Arrow
  GDAL can.
- **GeoJSON** follows RFC 7946: no `crs`, rings by the right hand, at most 6 decimals.
- **KML** has a folder for each layer and a `TimeSpan` for each row. The layers `claims` and `cells`
  open hidden.
- **CSV** has `lon` and `lat` for points and the column `WKT` for lines and areas. Text that a
  spreadsheet would run as a formula has an apostrophe before it.
- **PostGIS**: a table for each layer, with a spatial index, indexes on time, and comments. QGIS
  opens the tables with the symbols of the export, from the table `layer_styles` in the schema
  `public` (or, where nothing may be written there, in that of the layers), and has them on the time
  axis after Style > Load Style > Default.
"""


def formats_markdown() -> str:
    """The table of formats and the data dictionary: the text of ``docs/formats.md``."""
    rows = [HEAD, ("---",) * len(HEAD), *(_row(one) for one in FORMATS)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    layers = fields_markdown().partition("\n## ")[2].replace("\n## ", "\n### ")
    heading = "# Formats and fields\n\n`tracker export` writes these formats; the ending decides."
    return f"{heading}\n\n{table}\n\n{_NOTES}\n## Layers\n\n{CREDIT}\n\n### {layers}"


def _row(one: Format) -> tuple[str, ...]:
    name, ending, *rest = astuple(one)
    return (name, f"`{ending}`", *rest)
