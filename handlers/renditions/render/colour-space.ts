import type { Sharp } from "sharp";

/** Where colours are processed, as the decoder calls it. */
type ColourSpace = "cmyk" | "b-w" | "srgb";

/** Of what colours an image is. */
export interface Coloured {
  /** Their space, as the decoder calls it: `srgb`, `rgb16`, `b-w`, `grey16` or `cmyk`. */
  readonly space: string;
  /** Whether it is a JPEG of lossless coding. */
  readonly isLosslessJpeg: boolean;
}

/**
 * The image, processed so that its colours become those of sRGB that its profile says. Of 16 bits a sample, the
 * library would make colours of Display P3, and take them for sRGB; profiles of such greys it would pass over.
 * CMYK that is scaled before it gets colours of light has those that other programs give it. Where the space is said,
 * decoders do not scale while they decode: of a lossless JPEG, they would take a corner for the whole.
 */
export function inItsSpace(image: Sharp, original: Coloured): Sharp {
  const space = spaceOf(original);
  return space ? image.pipelineColourspace(space) : image;
}

function spaceOf({ space, isLosslessJpeg }: Coloured): ColourSpace | undefined {
  switch (space) {
    case "cmyk":
      return "cmyk";
    case "grey16":
      return "b-w";
    case "rgb16":
      return "srgb";
    case "b-w":
      return isLosslessJpeg ? "b-w" : undefined;
    default:
      return isLosslessJpeg ? "srgb" : undefined;
  }
}

/**
 * Whether steps would take its samples for other colours than they are: CMYK for colours of light, and backgrounds for
 * as grey as the picture.
 */
export function needsLight({ space }: Pick<Coloured, "space">): boolean {
  return ["cmyk", "b-w", "grey16"].includes(space);
}
