// All text of the page goes through here: properties and text nodes, never markup.
function el(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function svg(tag, attributes = {}) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

// `url` is http, https or empty: Python has dropped all others.
function link(url, text) {
  if (!url) return el("span", { textContent: text });
  return el("a", {
    href: url,
    textContent: text,
    target: "_blank",
    rel: "noopener noreferrer nofollow",
  });
}

// The page's own elements by name, each looked for once: a step of the slider asks for a dozen.
const parts = new Map();

function part(name) {
  if (!parts.get(name)?.isConnected)
    parts.set(name, document.querySelector(`[data-tracker="${name}"]`));
  return parts.get(name);
}
