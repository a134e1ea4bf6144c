// Light, dark and paper: the colours of the canvases come from the style sheet.
const CONTESTED = "#d99a00";

function cssColor(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function isDark() {
  return matchMedia("screen and (prefers-color-scheme: dark)").matches;
}

// The sides' colours are chosen for white paper.
function brighter(hex) {
  const value = parseInt(hex.slice(1), 16);
  const mixed = [value >> 16, (value >> 8) & 255, value & 255].map((one) =>
    Math.round(one + (255 - one) * 0.22),
  );
  return `#${mixed.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

function canvasColors(sides) {
  const tint = isDark() ? brighter : (color) => color;
  return {
    sides: sides.slice(0, 2).map((side) => tint(side.color)),
    contested: tint(CONTESTED),
    ink: cssColor("--mark"),
    paper: cssColor("--paper"),
  };
}

function groundColors() {
  const names = ["land", "border", "water", "oblast"];
  return Object.fromEntries(names.map((name) => [name, cssColor(`--${name}`)]));
}

// Calls `paint` now, and whenever the reader's colours or the medium change.
function followTheme(state, paint) {
  paint();
  for (const query of ["(prefers-color-scheme: dark)", "print"])
    matchMedia(query).addEventListener("change", () => {
      paint();
      state.raise("theme");
    });
}
