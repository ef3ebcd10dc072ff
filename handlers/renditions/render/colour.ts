/** A colour as libvips takes it: red, green and blue to 255, opacity to 1. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly alpha: number;
}

/** A colour of 6 or 8 hexadecimal digits. `@default` white */
export function colourOf(digits = "ffffff"): Colour {
  const [r = 0, g = 0, b = 0, opacity = 255] = (digits.match(/../g) ?? []).map((pair) =>
    parseInt(pair, 16),
  );
  return { r, g, b, alpha: opacity / 255 };
}
