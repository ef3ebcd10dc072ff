// What can be asked of a rendition, as one table of data: names, arguments, ranges, order and defaults.
// The API, the CloudFront Function and the renderer go by it, `openapi.json` and docs/renditions.md are
// made of it. Descriptions are in operation-texts.ts, since the CloudFront Function has 10 KB for all.
//
// What the CloudFront Function imports, as all in this folder but what says otherwise, keeps to what its
// runtime knows: no destructuring, spread, for-of, default arguments, classes, Map or Set.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
// Nor has it an anonymous function in the literal of an array: njs, which is of the runtime's kind, has
// versions (0.7.9) that then take the number of its place for a text wherever the script has that number,
// so that after `["a", () => b]` 5 + 1 is "51".

/** Pixels that a rendition is wide or high at most, after `dpr`. */
export const maxSide = 8192;

/**
 * Pixels that a rendition has at most, after `dpr`: 8K UHD, the largest screen there is. Uncompressed
 * it takes 133 MB, which encoders hold several times over.
 */
export const maxRenditionPixels = 7680 * 4320;

/** Frames of an animation that is kept, at most; of a longer one, the first frame is taken. */
export const maxFrames = 100;

/** Largest coordinate in an original: JPEG cannot count further. */
const maxCoordinate = 65_535;

/** Qualities that are taken where none is asked for, by format. Other formats have no quality. */
export const defaultQuality: Readonly<Record<string, number | undefined>> = {
  avif: 55,
  webp: 80,
  jpeg: 80,
};

/** How the picture is brought into a box of width and height. */
export const fits = ["cover", "contain", "fill", "inside", "outside"] as const;

/** Places within a picture, by points of the compass. */
export const positions = [
  "northwest",
  "north",
  "northeast",
  "west",
  "center",
  "east",
  "southwest",
  "south",
  "southeast",
] as const;

/** Formats that renditions are made in. */
export const imageFormats = ["avif", "webp", "jpeg", "png", "gif"] as const;

/** The best of the modern formats that a viewer takes; `avif`: both of them, and AVIF preferably. */
export const acceptClasses = ["avif", "webp", "none"] as const;

export type Fit = (typeof fits)[number];
export type Position = (typeof positions)[number];
export type ImageFormat = (typeof imageFormats)[number];
export type AcceptClass = (typeof acceptClasses)[number];

/** One argument of an operation. Several of one operation are joined by `x`, in queries by `,` too. */
export type Argument = { /** What it is, where there are several. */ readonly name?: string } & (
  | { readonly type: "whole"; readonly min: number; readonly max: number }
  | {
      readonly type: "decimal";
      readonly min: number;
      readonly max: number;
      /** Digits after the point; further ones are rounded. */
      readonly decimals: number;
    }
  | { readonly type: "choice"; readonly choices: readonly string[] }
  | { readonly type: "flag" }
  /** 3, 4, 6 or 8 hexadecimal digits: red, green, blue, and opacity where it is not full. */
  | { readonly type: "colour" }
);

export type OperationName =
  | "width"
  | "height"
  | "dpr"
  | "fit"
  | "gravity"
  | "crop"
  | "rotate"
  | "flip"
  | "flop"
  | "background"
  | "flatten"
  | "blur"
  | "sharpen"
  | "grayscale"
  | "enlarge"
  | "quality"
  | "format"
  | "frames"
  | "watermark";

/** An operation. Its place in the table is that in the normal form. */
export interface OperationEntry {
  readonly name: OperationName;
  /** Lists of arguments that it takes, each of another length. */
  readonly forms: readonly (readonly Argument[])[];
  /** What is as good as not to ask, and left out of the normal form. Of a flag, that is `false`. */
  readonly default?: string;
  /** What paths have beyond the arguments, which are `$1`: added by the normal form, never asked for. */
  readonly inPaths?: RegExp;
}

function whole(min: number, max: number, name?: string): Argument {
  return { type: "whole", min, max, name };
}

function decimal(min: number, max: number, decimals: number, name?: string): Argument {
  return { type: "decimal", min, max, decimals, name };
}

function choice(choices: readonly string[], name?: string): Argument {
  return { type: "choice", choices, name };
}

const side = [[whole(1, maxSide)]];
const flag: OperationEntry["forms"] = [[{ type: "flag" }]];
const mark = [
  choice(positions, "position"),
  decimal(0.01, 1, 2, "opacity"),
  decimal(0.01, 1, 2, "scale"),
];

export const operationTable: readonly OperationEntry[] = [
  { name: "width", forms: side },
  { name: "height", forms: side },
  { name: "dpr", forms: [[decimal(1, 4, 3)]] },
  { name: "fit", forms: [[choice(fits)]], default: "cover" },
  {
    name: "gravity",
    forms: [[choice(["auto"].concat(positions))], [decimal(0, 1, 4, "x"), decimal(0, 1, 4, "y")]],
  },
  {
    name: "crop",
    forms: [
      [
        whole(0, maxCoordinate, "left"),
        whole(0, maxCoordinate, "top"),
        whole(1, maxCoordinate, "width"),
        whole(1, maxCoordinate, "height"),
      ],
    ],
  },
  { name: "rotate", forms: [[choice(["0", "90", "180", "270"])]], default: "0" },
  { name: "flip", forms: flag },
  { name: "flop", forms: flag },
  { name: "background", forms: [[{ type: "colour" }]], default: "ffffff" },
  { name: "flatten", forms: flag },
  { name: "blur", forms: [[decimal(0.3, 100, 2)]] },
  { name: "sharpen", forms: [[decimal(0.3, 10, 2)]] },
  { name: "grayscale", forms: flag },
  { name: "enlarge", forms: flag },
  { name: "quality", forms: [[whole(1, 100)]] },
  {
    name: "format",
    forms: [[choice(["auto"].concat(imageFormats))]],
    // What the viewer accepts: one of `acceptClasses`.
    inPaths: /^(auto)\.(?:avif|webp|none)$/,
  },
  { name: "frames", forms: [[whole(1, maxFrames)]], default: String(maxFrames) },
  {
    name: "watermark",
    forms: [mark.slice(0, 1), mark.slice(0, 2), mark],
    // The fingerprint of its image.
    inPaths: /^(.+)x[0-9a-f]{8}$/,
  },
];

/** A point of a picture: parts of its width from the left, and of its height from the top, 0–1. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

/** Pixels of the original after its orientation is baked in. */
export interface Crop {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where and how the watermark of the configuration is laid over a rendition. */
export interface Watermark {
  readonly position: Position;
  /** 0.01–1. */
  readonly opacity: number;
  /** Its width as a part of the rendition's, 0.01–1. */
  readonly scale: number;
  /** Stands for the watermark's image. */
  readonly fingerprint: string;
}

/**
 * What is to be done, in the normal form: `dpr` is in width and height, and what is left out has its
 * default. Steps are taken in the order of `steps` in operation-texts.ts, so that width and height are of the picture as it
 * is after crop and turn, and so is a point of gravity.
 */
export interface Operations {
  readonly width?: number;
  readonly height?: number;
  /** Only with both sides. `@default` "cover" */
  readonly fit?: Fit;
  /**
   * Which part `cover` keeps, or where in the box `contain` puts the picture. `auto`: what catches the
   * eye. `@default` of cover, the image's focal point, else "center"; of contain, "center"
   */
  readonly gravity?: "auto" | Position | FocalPoint;
  readonly crop?: Crop;
  /** Degrees clockwise, before flip or flop. */
  readonly rotate?: 90 | 180 | 270;
  /** Top to bottom. */
  readonly flip?: true;
  /** Left to right. */
  readonly flop?: true;
  /** `rrggbb`, or `rrggbbaa` where it is not opaque. `@default` "ffffff" */
  readonly background?: string;
  /** Background instead of transparency. JPEG has none: it is always flattened, and does not say so. */
  readonly flatten?: true;
  /** Sigma. */
  readonly blur?: number;
  /** Sigma. */
  readonly sharpen?: number;
  readonly grayscale?: true;
  /** Beyond the original's size where width and height ask for it. */
  readonly enlarge?: true;
  /** 1–100. `@default` `defaultQuality` of the format */
  readonly quality?: number;
  readonly format: "auto" | ImageFormat;
  /** What the viewer takes; only with the format `auto`, and only after the CloudFront Function. */
  readonly accepts?: AcceptClass;
  /** A longer animation becomes its first frame. `@default` `maxFrames` */
  readonly frames?: number;
  readonly watermark?: Watermark;
}
