import sharp from "sharp";
import type { FocalPoint } from "../../handlers/images/images-table";
import { imageFormats, makeDamagedPng } from "../../tests/support/images";
import { Random } from "./random";
import { type PlannedRecord, planRecord, recordIds } from "./records/plan-record";
import { type RenditionQuery, renditionQueries } from "./rendition-queries";

/** The ways of POST /images, and POST /uploads. */
export type Way = "json" | "raw" | "multipart" | "direct";

/** What all requests that make something have. */
interface Keyed {
  /** Tells it from all others; the image or the result bears it. */
  name: string;
  /** Whether it has an Idempotency-Key. */
  isKeyed: boolean;
  /** Whether it is sent once more when it has succeeded; only with a key. */
  isRepeated: boolean;
}

/** An image to upload. */
export interface PlannedUpload extends Keyed {
  kind: "upload";
  way: Way;
  image: Buffer;
  contentType: string;
  userId: string;
  tags: Record<string, string>;
  /**
   * Why it is to be rejected: as it is no image at all, which shows before it is ready, or as its pixels are none,
   * which shows after that. Of direct uploads alone; left out of what is good.
   */
  defect?: "damaged" | "unreadable";
}

/** A document to process. */
export interface PlannedProcess extends Keyed {
  kind: "process";
  document: Record<string, unknown>;
}

/** An image to delete, chosen among those that are there by then. */
export interface PlannedDelete {
  kind: "delete";
  /** Picks one: from 0 to below 1. */
  draw: number;
}

/** A rendition to look at, of any image that ever was there. */
export interface PlannedView {
  kind: "view";
  /** Picks the image: from 0 to below 1. */
  draw: number;
  rendition: RenditionQuery;
}

/** A focal point to set, of an image that is there by then. */
export interface PlannedRefocus {
  kind: "refocus";
  /** Picks the image: from 0 to below 1. */
  draw: number;
  focalPoint: FocalPoint;
}

/** A user's images to list, page by page. */
export interface PlannedList {
  kind: "list";
  userId: string;
}

export type PlannedOperation =
  | PlannedUpload
  | PlannedProcess
  | PlannedDelete
  | PlannedView
  | PlannedRefocus
  | PlannedList
  | PlannedRecord;

const users = Array.from({ length: 10 }, (_, index) => `soak-${index}`);
const colors = ["red", "green", "blue", "sepia"];
const ways: readonly Way[] = ["json", "raw", "multipart", "direct"];

/** Operations by chance: the same ones for the same seed. */
export async function planOperations(count: number, seed: number): Promise<PlannedOperation[]> {
  const random = new Random(seed);
  const formats = Object.entries(imageFormats) as [keyof typeof imageFormats, string][];
  const images = await Promise.all(
    formats.map(async ([format, contentType]) => ({
      contentType,
      bytes: await makeHalves(format),
    })),
  );
  const defective: SampleImage[] = [
    { contentType: "image/png", bytes: Buffer.from("no image"), defect: "unreadable" },
    { contentType: "image/png", bytes: await makeDamagedPng(), defect: "damaged" },
  ];
  return Array.from({ length: count }, (_, index) =>
    planOperation(random, `${seed}-${index}`, { images, defective }),
  );
}

/** A really encoded image of 8 × 8 pixels, whose left is dark and whose right is light. */
async function makeHalves(format: keyof typeof imageFormats): Promise<Buffer> {
  const right = { create: { width: 4, height: 8, channels: 3, background: "white" } } as const;
  return await sharp({ create: { width: 8, height: 8, channels: 3, background: "black" } })
    .composite([{ input: right, gravity: "east" }])
    .toFormat(format)
    .toBuffer();
}

interface SampleImage {
  contentType: string;
  bytes: Buffer;
  defect?: NonNullable<PlannedUpload["defect"]>;
}

function planOperation(
  random: Random,
  name: string,
  { images, defective }: { images: readonly SampleImage[]; defective: readonly SampleImage[] },
): PlannedOperation {
  const share = random.next();
  if (share < 0.3) {
    return planUpload(random, name, random.pick(images));
  }
  if (share < 0.33) {
    return planUpload(random, name, random.pick(defective));
  }
  if (share < 0.48) {
    return { kind: "process", ...planKey(random, name), document: planDocument(random, name) };
  }
  if (share < 0.64) {
    return planRecord(random, name);
  }
  if (share < 0.76) {
    return { kind: "delete", draw: random.next() };
  }
  if (share < 0.9) {
    return { kind: "view", draw: random.next(), rendition: random.pick(renditionQueries) };
  }
  return share < 0.95
    ? { kind: "refocus", draw: random.next(), focalPoint: { x: random.pick([0, 1]), y: 0.5 } }
    : { kind: "list", userId: random.pick(users) };
}

function planUpload(
  random: Random,
  name: string,
  { defect, ...image }: SampleImage,
): PlannedUpload {
  return {
    kind: "upload",
    ...planKey(random, name),
    way: defect === undefined ? random.pick(ways) : "direct",
    ...(defect && { defect }),
    // What follows the end of an image is none of its decoder's business.
    image: Buffer.concat([image.bytes, Buffer.from(name)]),
    contentType: image.contentType,
    userId: random.pick(users),
    tags: { color: random.pick(colors), ...(random.chance(0.5) && { größe: random.pick(colors) }) },
  };
}

function planKey(random: Random, name: string): Keyed {
  const isKeyed = random.chance(0.5);
  return { name, isKeyed, isRepeated: isKeyed && random.chance(0.3) };
}

function planDocument(random: Random, name: string): Record<string, unknown> {
  return {
    id: random.pick(recordIds),
    name,
    weight: random.next(),
    nested: { list: [name, null] },
  };
}
