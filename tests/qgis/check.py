"""What QGIS itself makes of an export: opened headless, asserted, drawn.

    python3 tests/qgis/check.py WAR.gpkg PICTURE.png HOST

HOST is the folder of the socket of a PostgreSQL server that has the same layers. Run by ``make
qgis`` with the system's Python, which has PyQGIS; not part of ``make test``. WAR.qgs lies beside
the GeoPackage, and so do the same layers in the other formats, which the system's GDAL has to open
without a warning and with as many features.
"""

import gc
import sqlite3
import sys
from pathlib import Path

from osgeo import gdal, ogr
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDataSourceUri,
    QgsDateTimeRange,
    QgsExpression,
    QgsFeatureRequest,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QRectF, QSize, Qt, QTime

LAYERS = {
    "claims": ("date_from", "date_to"),
    "changes": ("date", "date"),
    "holders": ("valid_from", "valid_to"),
    "areas": ("valid_from", "valid_to"),
    "front": ("valid_from", "valid_to"),
    "cells": ("valid_from", "valid_to"),
}
ENDINGS = (".gpkg", ".kml", ".geojson", ".fgb", ".csv")
MANY = (".gpkg", ".kml")
DAYS = ("2022-05-09", "2022-09-12", "2022-11-14")
PICTURE_DAY = "2025-12-22"
PAGE = (260, 178)
DPI = 120
NOTES = (
    "Only places that the reports name have moved from the state of 23 February 2022. What is "
    "hatched only one side claims.",
    "Estimated from places, no line of contact. Places: GeoNames, CC BY 4.0.",
)
EXTENT = (35.2, 47.0, 39.3, 50.5)


def main(geopackage: Path, picture: Path, host: Path) -> None:
    """Check everything; what QGIS made is gone before QGIS is."""
    app = QgsApplication([], False)
    app.initQgis()
    try:
        check(geopackage, picture)
        check_database(geopackage, host)
    finally:
        gc.collect()
        app.exitQgis()


def check(geopackage: Path, picture: Path) -> None:
    """Open the project beside the file, the project inside it, and each layer by itself."""
    beside = geopackage.with_suffix(".qgs")
    inside = f"geopackage:{geopackage}?projectName={geopackage.stem}"
    for address in (str(beside), inside):
        project = QgsProject()
        assert project.read(address), f"{address}: {project.error()}"
        check_project(project, geopackage)
        print(f"{address}: {len(project.mapLayers())} layers, styled and temporal")
    check_layers(geopackage)
    check_formats(geopackage)
    draw(project, picture)
    print(f"{picture}: drawn by QGIS {Qgis.QGIS_VERSION}")


def check_project(project, geopackage):
    """Every layer there, valid, with rules of its own and its own fields of time."""
    layers = {layer.id().removeprefix("tracker_"): layer for layer in project.mapLayers().values()}
    assert set(layers) == set(LAYERS), sorted(layers)
    span = project.timeSettings().temporalRange()
    assert span.begin().isValid()
    assert span.end() > span.begin()
    for name, layer in layers.items():
        assert layer.isValid(), f"{name}: not valid"
        assert layer.crs().isValid(), f"{name}: no reference system"
        assert layer.crs().authid() == "EPSG:4326", f"{name}: {layer.crs().authid()}"
        check_rules(name, layer)
        check_time(name, layer)
        for day in DAYS:
            seen, meant = shown_on(layer, day), rows_on(geopackage, name, day)
            assert seen == meant, f"{name} on {day}: {seen} features, not {meant}"
            print(f"  {name} on {day}: {seen} features")
    assert rows_on(geopackage, "holders", DAYS[1]) > 1000, "too few places to prove anything"


def check_rules(name, layer):
    """The symbols of the export, not a default of QGIS."""
    assert layer.renderer().type() == "RuleRenderer", f"{name}: {layer.renderer().type()}"
    rules = layer.renderer().rootRule().children()
    assert rules, f"{name}: no rules"
    assert all(rule.symbol() for rule in rules), f"{name}: a rule without symbol"
    for rule in rules:
        assert not (rule.filter() and rule.filter().hasParserError()), rule.filterExpression()


def check_time(name, layer, typed="DateTime"):
    """Active, on the fields of the layer's own time, which QGIS takes for times."""
    time = layer.temporalProperties()
    start, end = LAYERS[name]
    assert time.isActive(), f"{name}: temporal mode is off"
    assert (time.startField(), time.endField()) == (start, end), name
    wanted = QgsVectorLayerTemporalProperties.ModeFeatureDateTimeStartAndEndFromExpressions
    assert time.mode() == wanted, f"{name}: mode {time.mode()}"
    for field, expression in ((start, time.startExpression()), (end, time.endExpression())):
        assert QgsExpression(expression).referencedColumns() == {field}, f"{name}: {expression}"
        kind = layer.fields().field(field).typeName()
        assert kind == typed, f"{name}.{field}: {kind}"


def span_of(day, days=1):
    begin = QDateTime(QDate.fromString(day, "yyyy-MM-dd"), QTime(0, 0), Qt.UTC)
    return QgsDateTimeRange(begin, begin.addDays(days), True, False)


def shown_on(layer, day):
    """How many features the layer shows while the time controller stands on a day."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    test = layer.temporalProperties().createFilterString(context, span_of(day))
    assert test, f"{layer.name()}: no filter for {day}"
    request = QgsFeatureRequest().setFilterExpression(test)
    return sum(1 for _ in layer.getFeatures(request))


def rows_on(geopackage, name, day):
    """The same told by SQLite, from what the fields mean."""
    start, end = LAYERS[name]
    midnight = f"{day}T00:00:00"
    if name in ("claims", "changes"):
        test = f"substr({start}, 1, 10) <= '{day}' AND substr({end}, 1, 10) >= '{day}'"
    else:
        test = (
            f"({start} IS NULL OR substr({start}, 1, 19) <= '{midnight}') "
            f"AND ({end} IS NULL OR substr({end}, 1, 19) > '{midnight}')"
        )
    with sqlite3.connect(geopackage) as base:
        return base.execute(f"SELECT count(*) FROM {name} WHERE {test}").fetchone()[0]


def check_layers(geopackage):
    """Opened without a project, a layer has its symbols at once, and its time on request."""
    for name in LAYERS:
        layer = QgsVectorLayer(f"{geopackage}|layername={name}", name, "ogr")
        assert layer.isValid(), name
        check_rules(name, layer)
        _, loaded = layer.loadDefaultStyle()
        assert loaded, f"{name}: no default style"
        check_time(name, layer)
        with sqlite3.connect(geopackage) as base:
            rows = base.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        assert layer.featureCount() == rows, f"{name}: {layer.featureCount()} of {rows}"
    print(f"{geopackage}: each layer opens with its default style")


def check_database(geopackage, host):
    """A table has its symbols at once, its time on request, and shows what the file shows."""
    for name in LAYERS:
        source = QgsDataSourceUri()
        source.setConnection(str(host), "", "postgres", "tracker", "")
        source.setDataSource("public", name, "geom", "", "fid")
        layer = QgsVectorLayer(source.uri(False), name, "postgres")
        assert layer.isValid(), name
        check_rules(name, layer)
        _, loaded = layer.loadDefaultStyle()
        assert loaded, f"{name}: no default style"
        check_time(name, layer, "date")
        for day in DAYS:
            seen, meant = shown_on(layer, day), rows_on(geopackage, name, day)
            assert seen == meant, f"{name} on {day}: {seen} features, not {meant}"
    print("PostGIS: each table opens with its default style, and shows the same features")


def check_formats(geopackage):
    """The same layers in the other formats, read by the system's GDAL."""
    said = []
    gdal.PushErrorHandler(lambda level, number, text: said.append(text))
    with sqlite3.connect(geopackage) as base:
        rows = {name: base.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in LAYERS}
    for ending in ENDINGS:
        for name in LAYERS:
            alone = geopackage.with_name(f"{geopackage.stem}-{name}{ending}")
            opened = ogr.Open(str(geopackage.with_suffix(ending) if ending in MANY else alone))
            layer = opened.GetLayerByName(name) if ending in MANY else opened.GetLayer(0)
            seen = sum(1 for _ in layer)
            assert seen == rows[name], f"{ending} {name}: {seen} features, not {rows[name]}"
    gdal.PopErrorHandler()
    assert not said, said
    endings = ", ".join(ENDINGS)
    print(f"GDAL {gdal.__version__} opens all layers as {endings}, with all features")


def draw(project, picture):
    """A printed sheet: the project as its window shows it in a week, with its legend."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    page = layout.pageCollection().page(0)
    page.setPageSize(QgsLayoutSize(*PAGE))
    sheet = QgsLayoutItemMap(layout)
    layout.addLayoutItem(sheet)
    sheet.attemptSetSceneRect(QRectF(62, 14, PAGE[0] - 66, PAGE[1] - 28))
    sheet.setCrs(project.crs())
    sheet.zoomToExtent(_projected(project, EXTENT))
    sheet.setBackgroundColor(project.backgroundColor())
    sheet.setFrameEnabled(True)
    sheet.setIsTemporal(True)
    sheet.setTemporalRange(span_of(PICTURE_DAY, 7))
    _label(layout, f"Who held what in the week of {PICTURE_DAY}, as the reports say", 15, 4, 4)
    for number, line in enumerate(NOTES):
        _label(layout, line, 8, 62, PAGE[1] - 12 + 4 * number)
    legend = QgsLayoutItemLegend(layout)
    legend.setLinkedMap(sheet)
    legend.setAutoUpdateModel(False)
    shown = [node for node in project.layerTreeRoot().findLayers() if not node.isVisible()]
    for node in shown:
        legend.model().rootGroup().removeLayer(node.layer())
    for style, size in (
        (QgsLegendStyle.Subgroup, 10),
        (QgsLegendStyle.SymbolLabel, 8),
    ):
        part = legend.style(style)
        font = part.font()
        font.setPointSizeF(size)
        part.setFont(font)
        legend.setStyle(style, part)
    layout.addLayoutItem(legend)
    legend.attemptMove(QgsLayoutPoint(1, 12))
    image = QgsLayoutExporter(layout).renderPageToImage(0, QSize(), DPI)
    picture.parent.mkdir(parents=True, exist_ok=True)
    assert image.save(str(picture)), picture
    seen = {
        image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)
    }
    assert len(seen) > 50, f"{picture}: almost empty"


def _projected(project, degrees):
    change = QgsCoordinateTransform(
        QgsCoordinateReferenceSystem("EPSG:4326"), project.crs(), project.transformContext()
    )
    return change.transformBoundingBox(QgsRectangle(*degrees))


def _label(layout, text, size, x, y):
    label = QgsLayoutItemLabel(layout)
    label.setText(text)
    font = label.font()
    font.setPointSizeF(size)
    label.setFont(font)
    layout.addLayoutItem(label)
    label.attemptSetSceneRect(QRectF(x, y, PAGE[0] - x - 4, 8))


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:]))
