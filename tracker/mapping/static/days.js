// Days are whole numbers since 1970-01-01; local time is never asked for.
const MILLISECONDS = 86400000;

function isoDay(day) {
  return new Date(day * MILLISECONDS).toISOString().slice(0, 10);
}

// The day of an ISO date. Throws RangeError for anything else, such as 2022-02-30.
function parseDay(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  const day = parts ? Date.UTC(parts[1], parts[2] - 1, parts[3]) / MILLISECONDS : NaN;
  if (Number.isNaN(day) || isoDay(day) !== iso) throw new RangeError(`not a date: ${iso}`);
  return day;
}

// One formatter a language: to make one takes longer than all else that a step writes.
const longDays = new Map();

function longDay(day, lang) {
  if (!longDays.has(lang)) {
    const style = { dateStyle: "full", timeZone: "UTC" };
    longDays.set(lang, new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, style));
  }
  return longDays.get(lang).format(day * MILLISECONDS);
}
