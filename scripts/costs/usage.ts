import { type PriceName, prices } from "./prices";

/** What a million of something uses. */
export interface Line {
  what: string;
  price: PriceName;
  /** In the unit of the price. */
  quantity: number;
}

const million = 1_000_000;
const bytesPerGb = 1024 ** 3;

/** Measured by `npm run bench:render`; the table of docs/renditions.md has more. */
export const rendition = {
  text: "WebP, 640 pixels wide, of a JPEG of 12 megapixels",
  /** Of one core, which a function with 1,769 MB has. */
  milliseconds: 70,
  bytes: 88_946,
};

/** The same as AVIF. */
export const asAvif = { milliseconds: 138, bytes: 56_554 };

/** The config's default for `renditionExpireDays`. */
export const expireDays = 90;

/** Days for which a rendition that has expired is kept as an old version. */
export const noncurrentDays = 30;
const daysPerMonth = 365 / 12;

/** Assumed: for the original, the table and the bucket, and a share of starts, on top of rendering. */
const waitingMilliseconds = 100;

/** Measured: what a run logs, with what Lambda logs of it. */
const logBytes = 2000;

/** X-Ray's default: 5 % of requests, beyond the first of a second. */
const tracedShare = 0.05;

const renderGigabytes = 1769 / 1024;
const describeGigabytes = 1;

/** Decoding took 53 ms of a core; 1,024 MB are 58 % of one. */
const describeMilliseconds = 53 * renderGigabytes;

/** A million renditions that are made for the first time and stored until they expire. */
export const making: readonly Line[] = [
  { what: "looking for it in the bucket", price: "s3Get", quantity: million },
  { what: "render-image", price: "lambdaRequests", quantity: million },
  {
    what: `${rendition.milliseconds} ms to render and ${waitingMilliseconds} ms to wait, with 1,769 MB`,
    price: "lambdaTime",
    quantity: gigabyteSeconds(rendition.milliseconds + waitingMilliseconds, renderGigabytes),
  },
  { what: "the image's row, before and after", price: "tableReads", quantity: 2 * million },
  { what: "reading the original", price: "s3Get", quantity: million },
  { what: "storing the rendition", price: "s3Put", quantity: million },
  {
    what: `keeping it for ${expireDays} days, and ${noncurrentDays} as an old version`,
    price: "s3Storage",
    quantity: gigabytes(rendition.bytes) * ((expireDays + noncurrentDays) / daysPerMonth),
  },
  ...watching(),
];

/** A million views of a rendition. */
export const serving: readonly Line[] = [
  { what: "a viewer's request", price: "viewerRequests", quantity: million },
  { what: "image-request and image-response", price: "edgeFunctions", quantity: 2 * million },
  {
    what: `${rendition.bytes.toLocaleString("en")} bytes to the viewer`,
    price: "viewerData",
    quantity: gigabytes(rendition.bytes),
  },
];

/** A million uploads that `describe-image` looks at. */
export const describing: readonly Line[] = [
  { what: "describe-image", price: "lambdaRequests", quantity: million },
  {
    what: `${describeMilliseconds.toFixed(0)} ms to decode and ${waitingMilliseconds} ms to wait, with 1,024 MB`,
    price: "lambdaTime",
    quantity: gigabyteSeconds(describeMilliseconds + waitingMilliseconds, describeGigabytes),
  },
  { what: "reading the original", price: "s3Get", quantity: million },
  { what: "the image's row", price: "tableReads", quantity: million },
  {
    what: "the row, and its entries in three indexes",
    price: "tableWrites",
    quantity: 4 * million,
  },
  ...watching(),
];

function watching(): Line[] {
  return [
    { what: "what the function logs", price: "logs", quantity: gigabytes(logBytes) },
    { what: "5 % of runs traced", price: "traces", quantity: tracedShare * million },
  ];
}

export function costOf({ price, quantity }: Line): number {
  const { dollars, per } = prices[price];
  return (quantity / per) * dollars;
}

export function sumOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + costOf(line), 0);
}

/** Of a million times so many bytes. */
export function gigabytes(bytes: number): number {
  return (bytes * million) / bytesPerGb;
}

/** Dollars for so many milliseconds of `render-image`, a million times. */
export function costOfRendering(milliseconds: number): number {
  const quantity = gigabyteSeconds(milliseconds, renderGigabytes);
  return costOf({ what: "render-image", price: "lambdaTime", quantity });
}

function gigabyteSeconds(milliseconds: number, gigabytesOfMemory: number): number {
  return (milliseconds / 1000) * gigabytesOfMemory * million;
}

/** Paths that may be invalidated in a month before any is charged for. */
export const freePaths = 1000;

/** Dollars for so many images that are deleted in a month, each by itself, of which there were renditions. */
export function costOfDeletes(count: number): number {
  const { dollars } = prices.invalidations;
  return Math.max(0, count - freePaths) * dollars;
}
