// The words of the page, in the language that the reader chose; words.toml holds them.
const words = { tables: { en: {} }, lang: "en" };

// The word of a language for a key, undefined where it has none; a name can be any text.
function wordOf(lang, key) {
  return Object.hasOwn(words.tables[lang], key) ? words.tables[lang][key] : undefined;
}

// The text of a key with its {gaps} filled; English where the language has no word of its own.
function say(key, values = {}) {
  const text = wordOf(words.lang, key) ?? wordOf("en", key) ?? key;
  return text.replace(/\{(\w+)\}/g, (gap, name) => (Object.hasOwn(values, name) ? values[name] : gap));
}

// What stands in the page as it was loaded: text, names for screen readers, hints in empty fields.
function sayAll() {
  document.documentElement.lang = words.lang;
  for (const node of document.querySelectorAll("[data-words]"))
    node.textContent = say(node.dataset.words);
  for (const node of document.querySelectorAll("[data-words-label]")) sayLabel(node);
}

function sayLabel(node) {
  const text = say(node.dataset.wordsLabel);
  node.setAttribute("aria-label", text);
  if (node.title || node.tagName === "BUTTON") node.title = text;
  if (node.type === "search") node.placeholder = text;
}

// A number without fractions, as the language writes it.
const numbers = { uk: new Intl.NumberFormat("uk"), en: new Intl.NumberFormat("en-GB") };

function count(value) {
  return (numbers[words.lang] ?? numbers.en).format(Math.round(value));
}

// The reader's own language where the page has it.
function preferredLanguage(asked) {
  const wanted = [asked, ...(navigator.languages ?? [])].filter(Boolean);
  const short = wanted.map((tag) => tag.toLowerCase().slice(0, 2));
  return short.find((tag) => tag in words.tables) ?? "en";
}
