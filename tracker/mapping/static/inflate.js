// Unpacks data: base64 of DEFLATE (RFC 1951) of JSON, its length in bytes in front of it.
//
// The browser's own decoder answers only after the page has loaded; the page must be ready by then.
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31];
LENGTH_BASE.push(35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258);
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
LENGTH_BITS.push(3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0);
const DISTANCE_BITS = Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1));
const DISTANCE_BASE = [1];
for (const bits of DISTANCE_BITS) DISTANCE_BASE.push(DISTANCE_BASE.at(-1) + 2 ** bits);
const LENGTHS_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// A table that gives, for the next `bits` bits, the symbol they begin with and how long it is.
function huffman(lengths) {
  const bits = Math.max(1, ...lengths);
  const table = new Uint16Array(1 << bits);
  const next = [0];
  for (let length = 1, code = 0; length <= bits; length++) {
    next[length] = code;
    for (const other of lengths) if (other === length) code += 1;
    code <<= 1;
  }
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    const code = next[length]++;
    let mirrored = 0;
    for (let i = 0; i < length; i++) mirrored |= ((code >> i) & 1) << (length - 1 - i);
    for (let i = mirrored; i < table.length; i += 1 << length) table[i] = (symbol << 4) | length;
  });
  return { table, mask: table.length - 1 };
}

class Bits {
  constructor(bytes, at) {
    Object.assign(this, { bytes, at, held: 0, count: 0 });
  }

  take(number) {
    while (this.count < 24) {
      this.held |= this.bytes[this.at++] << this.count;
      this.count += 8;
    }
    const value = this.held & ((1 << number) - 1);
    this.held >>>= number;
    this.count -= number;
    return value;
  }

  symbol({ table, mask }) {
    while (this.count < 24) {
      this.held |= this.bytes[this.at++] << this.count;
      this.count += 8;
    }
    const entry = table[this.held & mask];
    this.held >>>= entry & 15;
    this.count -= entry & 15;
    return entry >> 4;
  }

  // Back to a whole byte, for a block that is stored as it is.
  align() {
    this.at -= this.count >> 3;
    this.held = this.count = 0;
  }
}

const FIXED = [
  ...Array(144).fill(8),
  ...Array(112).fill(9),
  ...Array(24).fill(7),
  ...Array(8).fill(8),
];

function codesOf(bits, kind) {
  if (kind === 1) return [huffman(FIXED), huffman(Array(30).fill(5))];
  const [literals, distances, given] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const short = Array(19).fill(0);
  for (let i = 0; i < given; i++) short[LENGTHS_ORDER[i]] = bits.take(3);
  const code = huffman(short);
  const lengths = [];
  while (lengths.length < literals + distances) {
    const symbol = bits.symbol(code);
    if (symbol < 16) lengths.push(symbol);
    else if (symbol === 16) lengths.push(...Array(3 + bits.take(2)).fill(lengths.at(-1)));
    else lengths.push(...Array(symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)).fill(0));
  }
  return [huffman(lengths.slice(0, literals)), huffman(lengths.slice(literals))];
}

// The symbols of a block. The bits at hand are local here: a page takes most of its opening for this.
function fill(out, from, bits, literals, distances) {
  const { bytes } = bits;
  let { at, held, count } = bits;
  let filled = from;
  for (;;) {
    for (; count < 24; count += 8) held |= bytes[at++] << count;
    let entry = literals.table[held & literals.mask];
    held >>>= entry & 15;
    count -= entry & 15;
    const symbol = entry >> 4;
    if (symbol < 256) {
      out[filled++] = symbol;
      continue;
    }
    if (symbol === 256) break;
    const extra = LENGTH_BITS[symbol - 257];
    const end = filled + LENGTH_BASE[symbol - 257] + (held & ((1 << extra) - 1));
    held >>>= extra;
    count -= extra;
    for (; count < 24; count += 8) held |= bytes[at++] << count;
    entry = distances.table[held & distances.mask];
    held >>>= entry & 15;
    count -= entry & 15;
    const far = DISTANCE_BITS[entry >> 4];
    for (; count < 24; count += 8) held |= bytes[at++] << count;
    const distance = DISTANCE_BASE[entry >> 4] + (held & ((1 << far) - 1));
    held >>>= far;
    count -= far;
    for (; filled < end; filled++) out[filled] = out[filled - distance];
  }
  Object.assign(bits, { at, held, count });
  return filled;
}

function inflate(bytes, from, size) {
  const out = new Uint8Array(size);
  const bits = new Bits(bytes, from);
  let filled = 0;
  for (let last = 0; !last; ) {
    last = bits.take(1);
    const kind = bits.take(2);
    if (kind === 0) {
      bits.align();
      const length = bits.bytes[bits.at] | (bits.bytes[bits.at + 1] << 8);
      out.set(bits.bytes.subarray(bits.at + 4, bits.at + 4 + length), filled);
      bits.at += 4 + length;
      filled += length;
      continue;
    }
    filled = fill(out, filled, bits, ...codesOf(bits, kind));
  }
  return out;
}

function unpack(text) {
  const binary = atob(text.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  const size = new DataView(bytes.buffer).getUint32(0, true);
  return JSON.parse(new TextDecoder().decode(inflate(bytes, 4, size)));
}
