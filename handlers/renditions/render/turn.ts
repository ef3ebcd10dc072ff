/** Whole pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of a picture, in whole pixels. */
export interface Rectangle extends Size {
  readonly left: number;
  readonly top: number;
}

/** One of the eight ways to lay a picture on its place: mirrored or not, and then turned. */
export interface Turn {
  /** Left to right, before it is turned. */
  readonly mirrored: boolean;
  /** Clockwise. */
  readonly degrees: 0 | 90 | 180 | 270;
}

/** The picture as it is. */
export const upright: Turn = { mirrored: false, degrees: 0 };

/** What shows the raster of a file as its EXIF orientation says, by that less one. */
const orientations: readonly Turn[] = [
  upright,
  { mirrored: true, degrees: 0 },
  { mirrored: false, degrees: 180 },
  { mirrored: true, degrees: 180 },
  { mirrored: true, degrees: 270 },
  { mirrored: false, degrees: 90 },
  { mirrored: true, degrees: 90 },
  { mirrored: false, degrees: 270 },
];

/** @param orientation 1–8; anything else is as if it were not stated. */
export function turnOf(orientation: number | undefined): Turn {
  return orientations[(orientation ?? 1) - 1] ?? upright;
}

/** How many pixels there are. */
export function pixelCount({ width, height }: Size): number {
  return width * height;
}

/** First one, then the other. */
export function compose(first: Turn, second: Turn): Turn {
  // A mirror undoes a turn that came before it: what was clockwise becomes anticlockwise.
  const before = second.mirrored ? -first.degrees : first.degrees;
  return {
    mirrored: first.mirrored !== second.mirrored,
    degrees: normalDegrees(before + second.degrees),
  };
}

/** What undoes it. */
export function inverse(turn: Turn): Turn {
  return turn.mirrored ? turn : { mirrored: false, degrees: normalDegrees(-turn.degrees) };
}

/** The size of a picture after it was turned. */
export function turnSize({ width, height }: Size, { degrees }: Turn): Size {
  return degrees % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** Where a part of a picture is after the whole was turned. */
export function turnRectangle(
  part: Rectangle,
  whole: Size,
  { mirrored, degrees }: Turn,
): Rectangle {
  const { top, width, height } = part;
  const left = mirrored ? whole.width - part.left - width : part.left;
  const right = whole.width - left - width;
  const bottom = whole.height - top - height;
  switch (degrees) {
    case 0:
      return { left, top, width, height };
    case 90:
      return { left: bottom, top: left, width: height, height: width };
    case 180:
      return { left: right, top: bottom, width, height };
    case 270:
      return { left: top, top: right, width: height, height: width };
  }
}

function normalDegrees(degrees: number): Turn["degrees"] {
  return (((degrees % 360) + 360) % 360) as Turn["degrees"];
}
