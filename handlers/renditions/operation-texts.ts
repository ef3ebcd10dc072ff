// What is said of operations to people, and to the renderer: apart from their table, since the
// CloudFront Function has no room for it.
import { maxFrames, maxSide, type OperationName } from "./operations";

/** Steps of rendering, in their order. The first is not asked for: EXIF orientation is baked in. */
export const steps = [
  "orient",
  "crop",
  "turn",
  "resize",
  "flatten",
  "filter",
  "watermark",
  "encode",
] as const;

export type Step = (typeof steps)[number];

/** What an operation is for. */
export interface OperationText {
  readonly step: Step;
  /** A sentence or more, in Markdown. */
  readonly description: string;
  /** Operations that are valid together, of which this is one: as in a query of the API. */
  readonly example: string;
}

export const operationTexts: Readonly<Record<OperationName, OperationText>> = {
  width: {
    step: "resize",
    description: "Pixels that the rendition is wide. Without `height`, that follows.",
    example: "width=640",
  },
  height: {
    step: "resize",
    description: "Pixels that the rendition is high. Without `width`, that follows.",
    example: "height=480",
  },
  dpr: {
    step: "resize",
    description: `Pixels of the device for one of \`width\` and \`height\`, which it multiplies, to at most ${maxSide}.`,
    example: "width=320&dpr=2",
  },
  fit: {
    step: "resize",
    description:
      "How the image is brought into the box of `width` and `height`, both of which it needs. `cover` " +
      "fills the box and cuts off what is beyond, `contain` adds background, `fill` distorts, `inside` " +
      "is at most as large as the box, `outside` at least.",
    example: "width=640&height=480&fit=inside",
  },
  gravity: {
    step: "resize",
    description:
      "What `cover` keeps, or where `contain` puts the image. `auto` keeps what catches the eye; a point " +
      "is in parts of the width and the height, 0 to 1, and is kept as near to the middle as can be. By " +
      "default, the focal point of the image, or the center.",
    example: "width=640&height=480&gravity=0.25,0.75",
  },
  crop: {
    step: "crop",
    description:
      "The part of the original that is taken, in pixels of the original as it is seen: after its EXIF " +
      "orientation. What is beyond the original is left out; a part that begins there is refused.",
    example: "crop=100,50,800,600",
  },
  rotate: {
    step: "turn",
    description: "Degrees clockwise. Width, height and gravity are of the turned image.",
    example: "rotate=90",
  },
  flip: { step: "turn", description: "Top becomes bottom, after `rotate`.", example: "flip=true" },
  flop: { step: "turn", description: "Left becomes right, after `rotate`.", example: "flop=true" },
  background: {
    step: "flatten",
    description:
      "What `contain` adds, and what is behind transparency that goes: hexadecimal digits of red, green " +
      "and blue, and with `contain` of opacity. In a query, `#` is written `%23`, or left out.",
    example: "width=640&height=480&fit=contain&background=202020",
  },
  flatten: {
    step: "flatten",
    description: "Puts `background` behind transparency. JPEG has none, and always is flattened.",
    example: "flatten=true&background=ffffff",
  },
  blur: { step: "filter", description: "Sigma of a Gaussian blur.", example: "blur=2.5" },
  sharpen: { step: "filter", description: "Sigma of a sharpening mask.", example: "sharpen=1" },
  grayscale: { step: "filter", description: "Takes the colours out.", example: "grayscale=true" },
  enlarge: {
    step: "resize",
    description:
      "Lets the rendition become larger than the original. Without it, `width` and `height` never do that.",
    example: "width=4000&enlarge=true",
  },
  quality: {
    step: "encode",
    description: "Of AVIF, WebP and JPEG. By default 55, 80 and 80.",
    example: "quality=60&format=webp",
  },
  format: {
    step: "encode",
    description:
      "What the rendition is encoded as. By default `auto`: AVIF or WebP for who accepts it, and otherwise " +
      "JPEG, or what keeps transparency and animation.",
    example: "format=webp",
  },
  frames: {
    step: "encode",
    description:
      `Frames that an animation may have, to stay one in WebP or GIF; of a longer one, of more than ` +
      `${maxFrames} anyway, the first is taken. 1: always the first.`,
    example: "frames=1",
  },
  watermark: {
    step: "watermark",
    description:
      "Lays the image that the stack's config `watermark` names over the rendition: where, how opaque, " +
      "and how wide as a part of the rendition. Opacity and scale are by default those of the config.",
    example: "width=640&watermark=southeast,0.5,0.2",
  },
};
