import assert from "node:assert/strict";
import type { ReadyItem, RejectedItem } from "../../../handlers/images/images-table";
import { tagEntries } from "../../../handlers/images/tags-table";
import { resultItem } from "../../../handlers/records/results-table";
import { audit } from "../../../scripts/soak/audit";
import { Ledger, type UploadEntry } from "../../../scripts/soak/ledger";
import type { Stock } from "../../../scripts/soak/stock";

const item: ReadyItem = {
  imageId: "id-1",
  state: "ready",
  collection: "images",
  userId: "u",
  imageName: "upload-1",
  key: "images/u/id-1.png",
  contentType: "image/png",
  size: 5,
  tags: { color: "red" },
  timestamp: "2026-01-31T12:00:00.000Z",
  width: 8,
  height: 8,
  etag: "e",
};
const object = { key: item.key, versionId: "v1", isDeleteMarker: false };
const rendition = { ...object, key: `i/${item.imageId}/width-4_format-png` };
const result = { key: "results/1.json", versionId: "v1", isDeleteMarker: false };
const processedAt = "2026-01-31T12:00:00.000Z";
const text = JSON.stringify({ id: "r", name: "document-1", processedAt });
const listed = resultItem({
  resultId: "1",
  id: "r",
  s3Key: result.key,
  timestamp: processedAt,
  bytes: text.length,
});

function ledgerOf(upload: Partial<UploadEntry> = {}, isKeyed = true): Ledger {
  const ledger = new Ledger();
  const asked = { isKeyed, isRepeated: false };
  const { userId, contentType, tags } = item;
  const image = Buffer.from("image");
  ledger.uploads.push({
    plan: {
      kind: "upload",
      name: "upload-1",
      way: "raw",
      image,
      userId,
      contentType,
      tags,
      ...asked,
    },
    ending: "acknowledged",
    imageId: item.imageId,
    ...upload,
  });
  ledger.processes.push({
    plan: {
      kind: "process",
      name: "document-1",
      document: { id: "r", name: "document-1" },
      ...asked,
    },
    over: [undefined],
    ending: "acknowledged",
  });
  return ledger;
}

function stockOf(change: Partial<Stock> = {}): Stock {
  return {
    rows: [item],
    tags: tagEntries(item),
    images: [object],
    renditions: [rendition],
    results: [{ ...result, text }],
    records: [],
    listedResults: [listed],
    ...change,
  };
}

/** How many things are lost, orphaned and duplicates. */
function counts(ledger: Ledger, stock: Stock): number[] {
  const { lost, orphaned, duplicates, miscounted } = audit(ledger, stock);
  assert.deepEqual(miscounted, []);
  return [lost.length, orphaned.length, duplicates.length];
}

describe("audit", () => {
  it("finds nothing wrong when all that was acknowledged is there", () => {
    assert.deepEqual(counts(ledgerOf(), stockOf()), [0, 0, 0]);
  });

  it("misses the image, the object, the tag entry and the result", () => {
    assert.deepEqual(
      counts(ledgerOf(), stockOf({ rows: [], tags: [], images: [], renditions: [] })),
      [1, 0, 0],
    );
    assert.deepEqual(counts(ledgerOf(), stockOf({ images: [] })), [1, 0, 0]);
    assert.deepEqual(counts(ledgerOf(), stockOf({ tags: [] })), [1, 0, 0]);
    assert.deepEqual(counts(ledgerOf(), stockOf({ results: [], listedResults: [] })), [1, 0, 0]);
  });

  it("misses a result that is not listed as what it is, and counts rows of none", () => {
    assert.deepEqual(counts(ledgerOf(), stockOf({ listedResults: [] })), [1, 0, 0]);
    const otherwise = { ...listed, bytes: listed.bytes + 1 };
    assert.deepEqual(counts(ledgerOf(), stockOf({ listedResults: [otherwise] })), [1, 1, 0]);
    assert.deepEqual(
      counts(ledgerOf(), stockOf({ listedResults: [listed, otherwise] })),
      [0, 1, 0],
    );
    const ledger = ledgerOf();
    for (const entry of ledger.processes) {
      entry.ending = "unknown";
    }
    assert.deepEqual(counts(ledger, stockOf({ listedResults: [] })), [0, 0, 0]);
  });

  it("misses the record under a result, and takes each that may have been there", () => {
    const over = (...kept: (object | undefined)[]) => {
      const ledger = ledgerOf();
      ledger.processes.forEach((entry) => (entry.over = kept as typeof entry.over));
      return counts(ledger, stockOf());
    };
    assert.deepEqual(over(undefined), [0, 0, 0]);
    assert.deepEqual(over({ id: "r", name: "other" }), [0, 0, 0]);
    assert.deepEqual(over({ id: "r", more: 1 }), [1, 0, 0]);
    assert.deepEqual(over({ id: "r", more: 1 }, undefined), [0, 0, 0]);
  });

  it("wants what is no image to be rejected, until it is deleted", () => {
    const ledger = (change: Partial<UploadEntry>) => {
      const made = ledgerOf({ sending: "acknowledged", ...change });
      made.uploads.forEach(({ plan }) => Object.assign(plan, { way: "direct", defect: "damaged" }));
      return made;
    };
    const rejected: RejectedItem = {
      imageId: item.imageId,
      state: "rejected",
      key: item.key,
      rejection: { code: "UnreadableImage", message: "" },
      expiresAt: 1,
    };
    const only = (...rows: Stock["rows"]) =>
      stockOf({ rows, tags: [], images: [], renditions: [] });
    assert.deepEqual(counts(ledger({}), only(rejected)), [0, 0, 0]);
    assert.deepEqual(counts(ledger({}), only()), [1, 0, 0]);
    assert.deepEqual(counts(ledger({}), only(item)), [1, 1, 0]);
    assert.deepEqual(counts(ledger({ sending: "unknown" }), only()), [0, 0, 0]);
    assert.deepEqual(counts(ledger({ deletion: "acknowledged" }), only()), [0, 0, 0]);
    assert.deepEqual(counts(ledger({ deletion: "acknowledged" }), only(rejected)), [0, 1, 0]);
    assert.deepEqual(counts(ledger({}), { ...only(rejected), images: [object] }), [0, 1, 0]);
    const images = [object, { ...object, isDeleteMarker: true }];
    assert.deepEqual(counts(ledger({}), { ...only(rejected), images }), [0, 0, 0]);
    const never: RejectedItem = { ...rejected, neverReady: true };
    assert.deepEqual(counts(ledger({}), { ...only(never), images }), [0, 2, 0]);
  });

  it("misses an image that is there under another id than was told", () => {
    assert.deepEqual(counts(ledgerOf({ imageId: "id-2" }), stockOf()), [1, 0, 0]);
  });

  it("counts what a failed or deleted upload has left", () => {
    const whole = [0, 4, 0];
    assert.deepEqual(counts(ledgerOf({ ending: "failed" }), stockOf()), whole);
    assert.deepEqual(counts(ledgerOf({ deletion: "acknowledged" }), stockOf()), whole);
  });

  it("counts renditions of images that are not there, and delete markers of renditions", () => {
    const other = { ...rendition, key: "i/id-10/width-4_format-png" };
    const marker = { ...rendition, isDeleteMarker: true };
    const renditions = [rendition, { ...rendition, versionId: "v0" }, other, marker];
    assert.deepEqual(counts(ledgerOf(), stockOf({ renditions })), [0, 2, 0]);
    assert.deepEqual(counts(ledgerOf(), stockOf({ renditions: [] })), [0, 0, 0]);
    const deleted = ledgerOf({ deletion: "acknowledged" });
    const left = stockOf({ rows: [], tags: [], images: [], renditions: [rendition] });
    assert.deepEqual(counts(deleted, left), [0, 1, 0]);
  });

  it("counts rows that are no images, second versions and delete markers", () => {
    const pending = { ...item, imageId: "id-2", state: "pending" } as unknown as ReadyItem;
    assert.deepEqual(counts(ledgerOf(), stockOf({ rows: [item, pending] })), [0, 1, 0]);
    const images = [object, { ...object, versionId: "v0" }, { ...object, isDeleteMarker: true }];
    assert.deepEqual(counts(ledgerOf(), stockOf({ images })), [0, 2, 0]);
  });

  it("counts a second image and a second result of one request", () => {
    const second = { ...item, imageId: "id-2", key: "images/u/id-2.png" };
    const stock = stockOf({ rows: [item, second] });
    stock.results.push({ ...result, key: "results/2.json", text });
    assert.deepEqual(counts(ledgerOf(), stock), [0, 0, 2]);
  });

  it("lets an upload whose client got no answer be there, but only whole", () => {
    const ledger = ledgerOf({ ending: "unknown" });
    assert.equal(audit(ledger, stockOf()).answerLost, 1);
    assert.deepEqual(
      counts(ledger, stockOf({ rows: [], tags: [], images: [], renditions: [] })),
      [0, 0, 0],
    );
    assert.deepEqual(counts(ledger, stockOf({ rows: [], tags: [], renditions: [] })), [0, 1, 0]);
    assert.deepEqual(counts(ledger, stockOf({ images: [] })), [1, 0, 0]);
  });

  it("wants a direct upload to be there if its form was taken, and only then", () => {
    const ledger = (sending?: UploadEntry["sending"]) => {
      const made = ledgerOf({ sending });
      for (const { plan } of made.uploads) {
        plan.way = "direct";
      }
      return made;
    };
    const empty = stockOf({ rows: [], tags: [], images: [], renditions: [] });
    assert.deepEqual(counts(ledger("acknowledged"), empty), [1, 0, 0]);
    assert.deepEqual(counts(ledger("unknown"), empty), [0, 0, 0]);
    assert.deepEqual(counts(ledger(), stockOf()), [0, 4, 0]);
  });

  it("lets a direct upload be rejected for which its user has no room, until it is deleted", () => {
    const rejected = (code: string, imageId = item.imageId): RejectedItem => {
      const rejection = { code, message: "" };
      return { imageId, state: "rejected", key: item.key, rejection, expiresAt: 1 };
    };
    const stockWith = (row: RejectedItem) =>
      stockOf({ rows: [row], tags: [], images: [], renditions: [] });
    const ledger = ledgerOf({ sending: "acknowledged" });
    const limited = rejected("UserLimitReached");
    assert.deepEqual(counts(ledger, stockWith(limited)), [0, 0, 0]);
    assert.deepEqual(counts(ledger, { ...stockWith(limited), images: [object] }), [0, 1, 0]);
    assert.deepEqual(counts(ledger, stockWith(rejected("UnreadableImage"))), [1, 1, 0]);
    assert.deepEqual(counts(ledger, stockWith(rejected("UserLimitReached", "id-2"))), [1, 1, 0]);
    const deleted = ledgerOf({ sending: "acknowledged", deletion: "acknowledged" });
    assert.deepEqual(counts(deleted, stockWith(limited)), [0, 1, 0]);
  });

  it("compares what users are counted to have with the images that are there", () => {
    const user = { userId: "u", images: 1, bytes: 5 };
    const rows = [{ ...item, countedIn: "users" }];
    const miscounted = (stock: Partial<Stock>) =>
      audit(ledgerOf(), stockOf({ rows, ...stock })).miscounted;
    assert.deepEqual(miscounted({ users: [user, { userId: "v", images: 0, bytes: 0 }] }), []);
    assert.deepEqual(miscounted({ users: [] }), [
      "u is counted to have 0 images of 0 bytes, and has 1 images of 5 bytes",
    ]);
    assert.deepEqual(miscounted({ users: [user, { userId: "v", images: 0, bytes: -1 }] }), [
      "v is counted to have 0 images of -1 bytes, and has 0 images of 0 bytes",
    ]);
    assert.deepEqual(miscounted({ rows: [item], users: [user] }), ["image id-1 is not counted"]);
  });
});
