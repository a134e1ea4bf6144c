// The day in the page's address: #date=2022-09-11.
function hashParameters() {
  return new URLSearchParams(location.hash.slice(1));
}

// Browsers refuse or ignore addresses that change many times a second, so after a burst the
// address follows a little later.
class AddressWriter {
  constructor(date) {
    this.date = date;
    this.credit = 20;
    this.last = performance.now();
  }

  write() {
    clearTimeout(this.timer);
    // A page inside a notebook's frame has no address of its own.
    if (location.protocol === "about:") return;
    const now = performance.now();
    this.credit = Math.min(20, this.credit + (now - this.last) / 500);
    this.last = now;
    if (this.credit < 1) {
      this.timer = setTimeout(() => this.write(), 500);
      return;
    }
    this.credit -= 1;
    const hash = hashParameters();
    hash.set("date", this.date());
    history.replaceState(history.state, "", `#${hash}`);
  }
}
