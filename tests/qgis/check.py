"""What QGIS itself makes of an export: opened headless, asserted, drawn.

    python3 tests/qgis/check.py WAR.gpkg PICTURE.png

Run by ``make qgis`` with the system's Python, which has PyQGIS; not part of ``make test``. WAR.qgs
lies beside the GeoPackage.
"""

import sqlite3
import sys
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDateTimeRange,
    QgsExpression,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
    QgsVectorLayerTemporalProperties,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QSize, Qt, QTime

LAYERS = {
    "claims": ("date_from", "date_to"),
    "changes": ("date", "date"),
    "holders": ("valid_from", "valid_to"),
    "areas": ("valid_from", "valid_to"),
    "front": ("valid_from", "valid_to"),
    "cells": ("valid_from", "valid_to"),
}
DAYS = ("2022-05-09", "2022-09-12", "2022-11-14")
SIZE = QSize(1400, 900)


def main(geopackage: Path, picture: Path) -> None:
    """Open the project beside the file, the project inside it, and each layer by itself."""
    app = QgsApplication([], False)
    app.initQgis()
    try:
        beside = geopackage.with_suffix(".qgs")
        inside = f"geopackage:{geopackage}?projectName={geopackage.stem}"
        for address in (str(beside), inside):
            project = QgsProject()
            assert project.read(address), f"{address}: {project.error()}"
            check_project(project, geopackage)
            print(f"{address}: {len(project.mapLayers())} layers, styled and temporal")
        check_layers(geopackage)
        draw(project, DAYS[1], picture)
        print(f"{picture}: drawn by QGIS {Qgis.QGIS_VERSION}")
    finally:
        app.exitQgis()


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


def check_time(name, layer):
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
        assert kind == "DateTime", f"{name}.{field}: {kind}"


def span_of(day):
    begin = QDateTime(QDate.fromString(day, "yyyy-MM-dd"), QTime(0, 0), Qt.UTC)
    return QgsDateTimeRange(begin, begin.addDays(1), True, False)


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


def draw(project, day, picture):
    """The project as its window shows it on a day."""
    root = project.layerTreeRoot()
    shown = [layer for layer in root.layerOrder() if root.findLayer(layer).isVisible()]
    settings = project_settings(project, shown)
    settings.setIsTemporal(True)
    settings.setTemporalRange(span_of(day))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors(), [error.message for error in job.errors()]
    image = job.renderedImage()
    assert len({image.pixel(x, y) for x in range(0, 1400, 7) for y in range(0, 900, 7)}) > 20
    picture.parent.mkdir(parents=True, exist_ok=True)
    assert image.save(str(picture)), picture


def project_settings(project, shown):
    from qgis.core import QgsMapSettings

    settings = QgsMapSettings()
    settings.setLayers(shown)
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setBackgroundColor(project.backgroundColor())
    settings.setOutputSize(SIZE)
    settings.setOutputDpi(110)
    extent = project.viewSettings().defaultViewExtent()
    settings.setExtent(extent)
    return settings


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:]))
