import { InvalidRequestError } from "../../http/errors";
import { maxRenditionPixels, type Operations, positions } from "../operations";
import { renditionTooLarge } from "../renditions";
import {
  compose,
  inverse,
  pixelCount,
  type Rectangle,
  type Size,
  type Turn,
  turnOf,
  turnRectangle,
  turnSize,
} from "./turn";

/** A point of a picture: parts of its width and height from the left and the top, 0–1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The raster of an original. */
export interface Raster extends Size {
  /** EXIF orientation, 1–8. */
  readonly orientation?: number | undefined;
}

/**
 * How a rendition is made of the raster of its original, in the order that keeps decoding cheap: what
 * is cropped is taken out of the raster as it lies in the file, and scaled, before anything is turned,
 * so that decoders can scale while they decode.
 */
export interface Plan {
  /** Which part of the raster is taken; all when left out. */
  readonly crop?: Rectangle | undefined;
  /** What the part is scaled to, before it is turned. */
  readonly scaled: Size;
  readonly turn: Turn;
  /** Which part of the scaled and turned picture is kept; all when left out. */
  readonly cut?: Cut;
  /** Where the picture lies on a larger canvas, if it does. */
  readonly canvas?: Size & Pick<Rectangle, "left" | "top">;
  /** Of the rendition. */
  readonly size: Size;
}

/** A part of a picture: which, or, where only pixels can tell, how large. */
export type Cut = Rectangle | (Size & { readonly where: "auto" });

/**
 * Plans a rendition.
 *
 * @param focalPoint what the image is about, in the picture as its orientation shows it.
 * @throws InvalidRequestError when the crop lies outside of the image.
 * @throws ApiError 413 `RenditionTooLarge`.
 */
export function planRendition(raster: Raster, operations: Operations, focalPoint?: Point): Plan {
  const oriented = turnOf(raster.orientation);
  const shown = turnSize(raster, oriented);
  const crop = operations.crop && clip(operations.crop, shown);
  const picture = crop ?? { left: 0, top: 0, ...shown };
  const asked = askedTurn(operations);
  const turn = compose(oriented, asked);
  const focus = focalPoint && turnPoint(within(focalPoint, shown, picture), asked);
  const turned = turnSize(picture, asked);
  const fitted = fit(turned, operations, focus);
  checkPixels(fitted.size);
  const { part, ...rest } = withoutExcess(fitted, turned);
  const kept = part ? moved(turnRectangle(part, turned, inverse(asked)), picture) : crop;
  return {
    ...rest,
    ...(kept && { crop: turnRectangle(kept, shown, inverse(oriented)) }),
    scaled: turnSize(rest.scaled, turn),
    turn,
  };
}

/**
 * What would be enlarged to more pixels than a rendition may have, only to be cut, is cut before: in
 * the whole pixels of the picture, of which few are left.
 */
function withoutExcess(fitted: Fitted, picture: Size): Fitted & { part?: Rectangle } {
  const { scaled, cut, size } = fitted;
  if (!cut || pixelCount(scaled) <= Math.max(maxRenditionPixels, pixelCount(picture))) {
    return fitted;
  }
  const factor = { x: picture.width / scaled.width, y: picture.height / scaled.height };
  const { left, top } = "where" in cut ? placed(size, scaled, center) : cut;
  const width = clamp(Math.round(size.width * factor.x), 1, picture.width);
  const height = clamp(Math.round(size.height * factor.y), 1, picture.height);
  const part = {
    left: clamp(Math.round(left * factor.x), 0, picture.width - width),
    top: clamp(Math.round(top * factor.y), 0, picture.height - height),
    width,
    height,
  };
  return { part, scaled: size, size };
}

function moved(part: Rectangle, { left, top }: Rectangle): Rectangle {
  return { ...part, left: part.left + left, top: part.top + top };
}

function askedTurn({ rotate, flip, flop }: Operations): Turn {
  const rotated: Turn = { mirrored: false, degrees: rotate ?? 0 };
  const flopped = flop ? compose(rotated, { mirrored: true, degrees: 0 }) : rotated;
  return flip ? compose(flopped, { mirrored: true, degrees: 180 }) : flopped;
}

function clip(crop: Rectangle, { width, height }: Size): Rectangle {
  const { left, top } = crop;
  if (left >= width || top >= height) {
    throw new InvalidRequestError([
      {
        field: "crop",
        problem: `begins outside of the image, which has ${width} × ${height} pixels`,
      },
    ]);
  }
  return {
    left,
    top,
    width: Math.min(crop.width, width - left),
    height: Math.min(crop.height, height - top),
  };
}

/** The same point in a part of the picture; the nearest of it, if it lies outside. */
function within({ x, y }: Point, whole: Size, part: Rectangle): Point {
  return {
    x: clamp((x * whole.width - part.left) / part.width, 0, 1),
    y: clamp((y * whole.height - part.top) / part.height, 0, 1),
  };
}

function turnPoint({ x, y }: Point, { mirrored, degrees }: Turn): Point {
  const across = mirrored ? 1 - x : x;
  switch (degrees) {
    case 0:
      return { x: across, y };
    case 90:
      return { x: 1 - y, y: across };
    case 180:
      return { x: 1 - across, y: 1 - y };
    case 270:
      return { x: y, y: 1 - across };
  }
}

type Fitted = Pick<Plan, "scaled" | "cut" | "canvas" | "size">;

/** @param picture its size, cropped and turned. */
function fit(picture: Size, operations: Operations, focus: Point | undefined): Fitted {
  const { width = Infinity, height = Infinity, enlarge = false } = operations;
  const limit = enlarge ? Infinity : 1;
  const across = width / picture.width;
  const down = height / picture.height;
  const inside = Math.min(across, down);
  const outside = Math.max(across, down);
  if (outside === Infinity) {
    return whole(scale(picture, inside === Infinity ? 1 : Math.min(inside, limit)));
  }
  // Unless it is to be enlarged, the box is no larger than the picture.
  const box = enlarge ? { width, height } : smaller({ width, height }, picture);
  switch (operations.fit ?? "cover") {
    case "fill":
      return whole(box);
    case "inside":
      return whole(scale(picture, Math.min(inside, limit)));
    case "outside":
      return whole(scale(picture, Math.min(outside, limit)));
    case "contain":
      return inside > limit ? whole(picture) : contain(picture, { width, height }, operations);
    case "cover":
      return cover(scale(picture, Math.min(outside, limit)), box, operations, focus);
  }
}

function whole(size: Size): Fitted {
  return { scaled: size, size };
}

function contain(picture: Size, box: Size, { gravity }: Operations): Fitted {
  const factor = Math.min(box.width / picture.width, box.height / picture.height);
  const scaled = smaller(scale(picture, factor), box);
  if (isSame(scaled, box)) {
    return whole(box);
  }
  return {
    scaled,
    canvas: { ...box, ...placed(scaled, box, pointOf(gravity)) },
    size: box,
  };
}

function cover(scaled: Size, box: Size, { gravity }: Operations, focus: Point | undefined): Fitted {
  const size = smaller(box, scaled);
  if (isSame(size, scaled)) {
    return whole(size);
  }
  if (gravity === "auto") {
    return { scaled, cut: { ...size, where: "auto" }, size };
  }
  const place =
    typeof gravity === "string"
      ? placed(size, scaled, pointOf(gravity))
      : around(size, scaled, gravity ?? focus ?? center);
  return { scaled, cut: { ...place, ...size }, size };
}

const center: Point = { x: 0.5, y: 0.5 };

/** A named place, or a point, as a point. `@default` the center */
export function pointOf(gravity: Operations["gravity"]): Point {
  if (typeof gravity === "object") {
    return gravity;
  }
  const index = positions.findIndex((position) => position === gravity);
  return index < 0 ? center : { x: (index % 3) / 2, y: Math.floor(index / 3) / 2 };
}

/** Where one lies in the other if they are aligned at a point of both. */
export function placed(inner: Size, outer: Size, { x, y }: Point): { left: number; top: number } {
  return {
    left: Math.round((outer.width - inner.width) * x),
    top: Math.round((outer.height - inner.height) * y),
  };
}

/** Where a part lies that has a point of the whole as near to its middle as can be. */
function around(part: Size, outer: Size, { x, y }: Point): { left: number; top: number } {
  return {
    left: clamp(Math.round(x * outer.width - part.width / 2), 0, outer.width - part.width),
    top: clamp(Math.round(y * outer.height - part.height / 2), 0, outer.height - part.height),
  };
}

function checkPixels(size: Size): void {
  if (pixelCount(size) > maxRenditionPixels) {
    throw renditionTooLarge(pixelCount(size));
  }
}

function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}

function scale({ width, height }: Size, factor: number): Size {
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

function smaller(one: Size, other: Size): Size {
  return {
    width: Math.min(one.width, other.width),
    height: Math.min(one.height, other.height),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
