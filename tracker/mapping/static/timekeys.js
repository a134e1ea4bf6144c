// The keys that move the time, wherever on the page no other element has a use for them.
//
//   arrows          a day       Page Up, Page Down  a week
//   Shift + arrows  a change    Home, End           first and last day
//   Space           play or pause
const TYPED = "input:not([type=range]), select, textarea, [contenteditable]";
const PRESSED = "button, a, summary, [role=button]";

function listenToKeys(bar, player) {
  const { state } = bar;
  const moves = {
    ArrowLeft: () => bar.step(-1),
    ArrowRight: () => bar.step(1),
    ArrowDown: () => bar.step(-1),
    ArrowUp: () => bar.step(1),
    PageDown: () => bar.step(-7),
    PageUp: () => bar.step(7),
    Home: () => bar.goTo(state.first),
    End: () => bar.goTo(state.last),
    " ": () => player.toggle(),
  };
  const shifted = {
    ArrowLeft: () => bar.toChange(-1),
    ArrowDown: () => bar.toChange(-1),
    ArrowRight: () => bar.toChange(1),
    ArrowUp: () => bar.toChange(1),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { target, key } = event;
    const move = (event.shiftKey ? shifted : moves)[key];
    if (!move || event.defaultPrevented || !isOurs(target, key)) return;
    event.preventDefault();
    move();
  });
}

// On the page itself and on the slider all keys; on the map, which they move, only Space.
function isOurs(target, key) {
  if (target === document.body || target === part("slider")) return true;
  if (target.closest(TYPED) || target.closest(PRESSED)) return false;
  return key === " " && target.classList.contains("leaflet-container");
}
