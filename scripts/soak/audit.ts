import { isDeepStrictEqual } from "node:util";
import type { ImageItem, ReadyItem } from "../../handlers/images/images-table";
import { renditionsPrefix } from "../../handlers/renditions/rendition-keys";
import { tagEntries } from "../../handlers/images/tags-table";
import { type ResultItem, resultItem } from "../../handlers/records/results-table";
import { auditUsers } from "./audit-users";
import { expectationOf, type Ledger, type ProcessEntry, type UploadEntry } from "./ledger";
import type { Kept } from "./records/record-ledger";
import { limitedUploads, rejectedUploads, withoutHidden } from "./rejected-uploads";
import type { Stock, StoredVersion } from "./stock";

/** An image that is there, and the upload that it is of. */
export interface KeptImage {
  item: ReadyItem;
  entry: UploadEntry;
}

/** A result that is there, and the document that it is of. */
export interface KeptResult {
  key: string;
  text: string;
  entry: ProcessEntry;
}

/** What is wrong between what clients know and what is kept; one sentence for each thing. */
export interface Findings {
  lost: string[];
  orphaned: string[];
  duplicates: string[];
  /** Users that are counted to have another amount than there is of them. */
  miscounted: string[];
}

/** What is kept, as far as it may be. */
export interface Audit extends Findings {
  images: KeptImage[];
  results: KeptResult[];
  /** Whole images and results whose clients never got an answer. */
  answerLost: number;
}

/** Compares what clients know with what is kept, thing by thing. */
export function audit(ledger: Ledger, stock: Stock): Audit {
  const findings: Findings = {
    lost: [],
    orphaned: [],
    duplicates: [],
    miscounted: stock.users ? auditUsers(stock.rows, stock.users) : [],
  };
  const images = auditRows(ledger.uploads, stock.rows, findings);
  auditObjects(images, withoutHidden(stock.images, ledger.uploads, stock.rows), findings);
  auditRenditions(images, stock.renditions, findings);
  auditTags(images, stock.tags, findings);
  const results = auditResults(ledger.processes, stock.results, findings);
  auditListedResults(results, stock, findings);
  const answerLost =
    images.filter(({ entry }) => expectationOf(entry) === "either").length +
    results.filter(({ entry }) => entry.ending === "unknown").length;
  return { ...findings, images, results, answerLost };
}

function auditRows(
  uploads: readonly UploadEntry[],
  rows: readonly ImageItem[],
  { lost, orphaned, duplicates }: Findings,
): KeptImage[] {
  const entries = new Map(uploads.map((entry) => [entry.plan.name, entry]));
  const kept = new Map<string, KeptImage>();
  const limited = limitedUploads(uploads, rows);
  const rejected = rejectedUploads(uploads, rows);
  const others = rows.filter(({ imageId }) => !limited.has(imageId) && !rejected.has(imageId));
  for (const item of others) {
    const entry = item.state === "ready" ? entries.get(item.imageName) : undefined;
    if (item.state !== "ready" || !entry || expectationOf(entry) === "absent") {
      orphaned.push(`row ${item.imageId}, ${item.state}${entry ? `, of ${story(entry)}` : ""}`);
    } else if (kept.has(item.imageName)) {
      duplicates.push(`image ${item.imageId} of ${story(entry)}`);
    } else {
      kept.set(item.imageName, { item, entry });
    }
  }
  for (const entry of uploads) {
    const found = kept.get(entry.plan.name);
    const isExpected = expectationOf(entry) === "present" && !limited.has(entry.imageId ?? "");
    if (isExpected && found?.item.imageId !== entry.imageId) {
      lost.push(`image ${entry.imageId ?? "?"} of ${story(entry)}`);
    }
  }
  lost.push(...lostRejections(uploads, rejected));
  return [...kept.values()];
}

function lostRejections(uploads: readonly UploadEntry[], rejected: ReadonlySet<string>): string[] {
  return uploads
    .filter(({ plan, deletion }) => plan.defect !== undefined && deletion === undefined)
    .filter(({ sending, imageId = "" }) => sending === "acknowledged" && !rejected.has(imageId))
    .map((entry) => `rejection of ${story(entry)}`);
}

function auditObjects(
  images: readonly KeptImage[],
  versions: readonly StoredVersion[],
  { lost, orphaned }: Findings,
): void {
  const keys = new Set(images.map(({ item }) => item.key));
  const awaited = new Set(keys);
  for (const { key, isDeleteMarker } of versions) {
    if (isDeleteMarker) {
      orphaned.push(`delete marker of ${key}`);
    } else if (!awaited.delete(key)) {
      orphaned.push(`${keys.has(key) ? "second version of object" : "object"} ${key}`);
    }
  }
  lost.push(...[...awaited].map((key) => `object ${key}`));
}

/**
 * Renditions may be there or not, and twice if they were made twice at once; but only those of images
 * that are there.
 */
function auditRenditions(
  images: readonly KeptImage[],
  versions: readonly StoredVersion[],
  { orphaned }: Findings,
): void {
  const prefixes = new Set(images.map(({ item }) => renditionsPrefix(item.imageId)));
  for (const { key, isDeleteMarker } of versions) {
    if (isDeleteMarker) {
      orphaned.push(`delete marker of ${key}`);
    } else if (!prefixes.has(key.slice(0, key.lastIndexOf("/") + 1))) {
      orphaned.push(`rendition ${key}`);
    }
  }
}

function auditTags(
  images: readonly KeptImage[],
  tags: Stock["tags"],
  { lost, orphaned }: Findings,
): void {
  const text = (entry: Stock["tags"][number]) =>
    [entry.imageId, entry.tag, entry.userTag, entry.timestamp].join(" ");
  const awaited = new Set(images.flatMap(({ item }) => tagEntries(item)).map(text));
  for (const entry of tags) {
    if (!awaited.delete(text(entry))) {
      orphaned.push(`tag entry of image ${entry.imageId}`);
    }
  }
  lost.push(...[...awaited].map((entry) => `tag entry ${entry}`));
}

function auditResults(
  processes: readonly ProcessEntry[],
  results: Stock["results"],
  { lost, orphaned, duplicates }: Findings,
): KeptResult[] {
  const entries = new Map(processes.map((entry) => [entry.plan.name, entry]));
  const kept = new Map<string, KeptResult>();
  for (const { key, text, isDeleteMarker } of results) {
    const name = isDeleteMarker ? "" : (JSON.parse(text) as { name: string }).name;
    const entry = entries.get(name);
    if (!entry || entry.ending === "failed") {
      orphaned.push(`result ${key}${entry ? ` of failed document ${name}` : ""}`);
    } else if (kept.has(name)) {
      duplicates.push(`result ${key} of document ${name}`);
    } else {
      kept.set(name, { key, text, entry });
      if (!isMerged(text, entry)) {
        lost.push(`record under result ${key} of document ${name}`);
      }
    }
  }
  for (const { plan, ending } of processes) {
    if (ending === "acknowledged" && !kept.has(plan.name)) {
      lost.push(`result of document ${plan.name}`);
    }
  }
  return [...kept.values()];
}

/** Whether what was posted is over what was kept under its id, and nothing else is there. */
function isMerged(text: string, { plan, over }: ProcessEntry): boolean {
  const { processedAt, ...merged } = JSON.parse(text) as Record<string, unknown>;
  const isRight = (kept: Kept) => isDeepStrictEqual(merged, { ...kept, ...plan.document });
  return typeof processedAt === "string" && over.some(isRight);
}

/** A result whose client was told of none may be listed or not: it was stored, and then something failed. */
function auditListedResults(
  kept: readonly KeptResult[],
  { results, listedResults }: Stock,
  { lost, orphaned }: Findings,
): void {
  const possible = new Set(results.map((result) => rowText(rowOf(result))));
  const listed = new Set(listedResults.map(rowText));
  for (const row of listedResults.filter((each) => !possible.has(rowText(each)))) {
    orphaned.push(`row of result ${row.s3Key}`);
  }
  for (const result of kept.filter(({ entry }) => entry.ending === "acknowledged")) {
    if (!listed.has(rowText(rowOf(result)))) {
      lost.push(`row of result ${result.key} of document ${result.entry.plan.name}`);
    }
  }
}

/** What a result is to be listed as. */
function rowOf({ key, text }: Pick<KeptResult, "key" | "text">): ResultItem {
  const { id, processedAt: timestamp } = JSON.parse(text || "{}") as {
    id: string;
    processedAt: string;
  };
  const resultId = key.slice("results/".length, -".json".length);
  return resultItem({ resultId, id, s3Key: key, timestamp, bytes: Buffer.byteLength(text) });
}

/** All that a row says, in one order. */
function rowText(row: ResultItem): string {
  return JSON.stringify(Object.entries(row).sort());
}

/** An upload in a few words. */
function story({ plan, ending, refusal, sending, deletion }: UploadEntry): string {
  const { name, way, isKeyed } = plan;
  return [
    `${way} upload ${name}`,
    isKeyed ? "with a key" : "without a key",
    ending,
    ...(refusal === undefined ? [] : [`by ${refusal}`]),
    ...(sending ? [`form ${sending}`] : []),
    ...(deletion ? [`deletion ${deletion}`] : []),
  ].join(", ");
}
