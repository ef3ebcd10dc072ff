import { type PriceName, prices } from "./prices";

/** What a million of something uses. */
export interface Line {
  what: string;
  price: PriceName;
  /** In the unit of the price. */
  quantity: number;
}

export const million = 1_000_000;
export const bytesPerGb = 1024 ** 3;

/** Measured by `npm run bench -- render`; the table of docs/renditions.md has more. */
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
/** Of a month, as prices by the month count it. */
export const daysPerMonth = 365 / 12;

/** Assumed: for the original, the table and the bucket, and a share of starts, on top of rendering. */
const waitingMilliseconds = 100;

/** Measured: what a run logs, with what Lambda logs of it. */
export const logBytes = 2000;

/** Measured: the line that the access log has of every request. */
const accessLogBytes = 420;

/** Assumed: what the execution log has of each request at INFO, as in the drafts and with `detailedLogs`. */
export const executionLogBytes = 5000;

/** X-Ray's default: 5 % of requests, beyond the first of a second. */
const tracedShare = 0.05;

/** Assumed: what a function of the API takes, most of it to wait; the same for the drafts. */
const apiMilliseconds = 100;
const apiGigabytes = 0.5;
const publishGigabytes = 0.25;

/** Assumed: an original, as telephones take photographs. */
export const originalBytes = 3_000_000;

/** Memory at which Lambda gives one vCPU: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
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

/** A million requests to a function of the API. */
export function asking(): Line[] {
  return askingOn("lambdaTime", accessLogBytes);
}

/** The same in the drafts. */
function draftsAsking(): Line[] {
  return askingOn("lambdaTimeX86", accessLogBytes + executionLogBytes);
}

/**
 * @param time the price of the function's architecture.
 * @param loggedBytes what API Gateway logs of a request.
 */
function askingOn(time: "lambdaTime" | "lambdaTimeX86", loggedBytes: number): Line[] {
  return [
    { what: "requests to the API", price: "apiRequests", quantity: million },
    { what: "runs of its function", price: "lambdaRequests", quantity: million },
    {
      what: `${apiMilliseconds} ms of each, with 512 MB`,
      price: time,
      quantity: gigabyteSeconds(apiMilliseconds, apiGigabytes),
    },
    { what: "what API Gateway logs", price: "logs", quantity: gigabytes(loggedBytes) },
    ...watching(),
  ];
}

/**
 * A million events for others, each published by itself: where more is asked for, several are at a time.
 * Lambda reads streams for nothing.
 * https://aws.amazon.com/dynamodb/pricing/on-demand/
 */
function publishing(): Line[] {
  return [
    { what: "an event for others", price: "customEvents", quantity: million },
    { what: "publish-events", price: "lambdaRequests", quantity: million },
    {
      what: `${waitingMilliseconds} ms of each, with 256 MB`,
      price: "lambdaTime",
      quantity: gigabyteSeconds(waitingMilliseconds, publishGigabytes),
    },
    ...watching(),
  ];
}

/** What a million of something cost here, and in the two drafts, where these had it. */
export interface Priced {
  what: string;
  ours: readonly Line[];
  drafts?: readonly Line[];
}

/** What clients do. */
export type PricedName = "uploads" | "views" | "renditions" | "reads" | "processes";

/**
 * What clients do, a million times. The drafts answered by one function of x86 with 512 MB, and had viewers
 * get originals from S3 by presigned URLs.
 */
export const priced: Readonly<Record<PricedName, Priced>> = {
  uploads: {
    what: "uploads by `POST /images`, looked at",
    ours: [
      ...asking(),
      { what: "storing the original", price: "s3Put", quantity: million },
      // Begun: the row, and its entry in an index. Ready: the row, out of that index and into two others.
      {
        what: "the row: begun with its entry in an index, and ready, out of that and in two",
        price: "tableWrites",
        quantity: 6 * million,
      },
      ...describing,
      ...publishing(),
    ],
    drafts: [
      ...draftsAsking(),
      { what: "storing the original", price: "s3Put", quantity: million },
      { what: "the row, and its entry in one index", price: "tableWrites", quantity: 2 * million },
    ],
  },
  views: {
    what: `views: of a rendition here, of the original of ${originalBytes / million} MB there`,
    ours: serving,
    drafts: [
      { what: "reading the original", price: "s3Get", quantity: million },
      {
        what: `${originalBytes.toLocaleString("en")} bytes to the viewer`,
        price: "s3Data",
        quantity: gigabytes(originalBytes),
      },
    ],
  },
  renditions: {
    what: `renditions, made and kept ${expireDays} days`,
    ours: making,
  },
  reads: {
    what: "lists and metadata of images",
    ours: [...asking(), { what: "20 rows", price: "tableReads", quantity: 2 * million }],
    drafts: [...draftsAsking(), { what: "20 rows", price: "tableReads", quantity: 2 * million }],
  },
  processes: {
    what: "documents by `POST /process`",
    ours: [
      ...asking(),
      { what: "the record", price: "tableReads", quantity: million },
      { what: "storing the result", price: "s3Put", quantity: million },
      { what: "listing it", price: "tableWrites", quantity: million },
      ...publishing(),
    ],
    drafts: [...draftsAsking(), { what: "storing the result", price: "s3Put", quantity: million }],
  },
};

/** What a million of each cost here and in the drafts, which had no renditions. */
export function together(): [ours: number, drafts: number] {
  const all = Object.values(priced);
  const sum = (linesOf: (one: Priced) => readonly Line[]) => sumOf(all.flatMap(linesOf));
  return [sum(({ ours }) => ours), sum((one) => one.drafts ?? [])];
}

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
