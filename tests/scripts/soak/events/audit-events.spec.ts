import assert from "node:assert/strict";
import type { DetailType } from "../../../../handlers/events/stack-events";
import type { ImageItem, ReadyItem } from "../../../../handlers/images/images-table";
import { resultItem } from "../../../../handlers/records/results-table";
import { auditEvents, distinct } from "../../../../scripts/soak/events/audit-events";
import type { Known } from "../../../../scripts/soak/events/expected-events";
import type { ConsumedEvent } from "../../../../scripts/soak/events/consumed-events";
import type { UploadEntry } from "../../../../scripts/soak/ledger";

const imageId = "00000000-0000-4000-8000-000000000001";
const resultId = "00000000-0000-4000-8000-000000000002";
const timestamp = "2026-01-31T12:00:00.000Z";
const reason = { code: "UnreadableImage", message: "It is none." };
const item: ReadyItem = {
  imageId,
  state: "ready",
  collection: "images",
  userId: "u",
  imageName: "upload-1",
  key: "images/u/1.png",
  contentType: "image/png",
  size: 5,
  tags: {},
  timestamp,
  width: 8,
  height: 8,
  etag: "e",
};
const result = resultItem({
  resultId,
  id: "r",
  s3Key: `results/${resultId}.json`,
  timestamp,
  bytes: 7,
});
const rejectedRow = { imageId, state: "rejected", key: "k", rejection: reason, expiresAt: 1 };

function event(
  detailType: DetailType,
  own: Readonly<Record<string, unknown>>,
  eventId = `${detailType}-1`,
): ConsumedEvent {
  return {
    id: "1",
    source: "darkroom",
    "detail-type": detailType,
    time: "2026-01-31T12:00:00Z",
    resources: ["arn"],
    detail: { schemaVersion: 1, eventId, occurredAt: "2026-01-31T12:00:00Z", ...own },
  };
}

const { userId, contentType, size, width, height } = item;
const about = { imageId, userId };
const ready = event("ImageReady", {
  status: "ready",
  ...about,
  contentType,
  size,
  width,
  height,
  timestamp,
});
const deleted = event("ImageDeleted", { status: "deleted", ...about });
const rejected = (wasReady: boolean) =>
  event("ImageRejected", { status: "rejected", ...about, wasReady, reason });
const stored = event("ResultStored", {
  status: "stored",
  resultId,
  id: "r",
  s3Key: result.s3Key,
  bytes: 7,
  timestamp,
});

function upload(change: Partial<UploadEntry> = {}): UploadEntry {
  const plan = { name: "upload-1", way: "raw", userId } as UploadEntry["plan"];
  return { plan, ending: "acknowledged", imageId, ...change };
}

function known(change: { kept?: boolean; rows?: object[]; uploads?: UploadEntry[] } = {}): Known {
  const { kept = false, rows = [], uploads = [] } = change;
  return {
    images: kept ? [{ item, entry: upload() }] : [],
    stock: { rows: rows as ImageItem[], listedResults: [] },
    ledger: { uploads },
  };
}

const untold = (what: Known, ...events: ConsumedEvent[]) => auditEvents(what, events).untold;

describe("auditEvents", () => {
  it("wants an event of each image that is kept, with its detail", () => {
    const what = known({ kept: true });
    assert.deepEqual(untold(what, ready), []);
    assert.deepEqual(untold(what), [`ImageReady ${imageId}`]);
    const other = { ...ready, detail: { ...ready.detail, size: 6 } };
    assert.deepEqual(untold(what, other), [`ImageReady ${imageId}, but with another detail`]);
    assert.deepEqual(untold(what, deleted), [`ImageReady ${imageId}`]);
  });

  it("wants events of an image that its client was told of, and has deleted", () => {
    const answer = JSON.stringify({ metadata: item });
    const what = known({ uploads: [upload({ answer, deletion: "acknowledged" })] });
    assert.deepEqual(untold(what, ready, deleted), []);
    assert.deepEqual(untold(what, ready), [`ImageDeleted ${imageId}`, `end of image ${imageId}`]);
    assert.deepEqual(untold(what, deleted), [`ImageReady ${imageId}`]);
    const unsure = known({ uploads: [upload({ answer, deletion: "unknown" })] });
    assert.deepEqual(untold(unsure, ready, deleted), []);
  });

  it("wants the end of an image that is not kept, whoever has ended it", () => {
    assert.deepEqual(untold(known(), ready), [`end of image ${imageId}`]);
    assert.deepEqual(untold(known(), ready, rejected(true)), []);
    assert.deepEqual(untold(known(), ready, deleted), []);
  });

  it("wants the rejection of what was no image, and that it was ready if it was", () => {
    const never = { rows: [{ ...rejectedRow, neverReady: true }], uploads: [upload()] };
    assert.deepEqual(untold(known(never), rejected(false)), []);
    assert.deepEqual(untold(known(never)), [`ImageRejected ${imageId}`]);
    const later = { ...never, rows: [rejectedRow] };
    assert.deepEqual(untold(known(later), ready, rejected(true)), []);
    assert.deepEqual(untold(known(later), rejected(true)), [`ImageReady ${imageId}`]);
    assert.deepEqual(untold(known(later), ready, rejected(false)), [
      `ImageRejected ${imageId}, but with another detail`,
    ]);
  });

  it("wants what the client of a direct upload was told, also if nothing is left of it", () => {
    const plan = { ...upload().plan, way: "direct" as const };
    const told = known({ uploads: [upload({ plan, wasReady: true })] });
    assert.deepEqual(untold(told), [`ImageReady ${imageId}`]);
    const refused = known({ uploads: [upload({ plan, rejection: reason })] });
    assert.deepEqual(untold(refused), [`ImageRejected ${imageId}`]);
    assert.deepEqual(untold(refused, rejected(false)), []);
    const pending = known({ uploads: [upload({ plan, deletion: "acknowledged" })] });
    assert.deepEqual(untold(pending), []);
    const damaged = { ...plan, defect: "damaged" as const };
    const gone = upload({ plan: damaged, wasReady: true, deletion: "acknowledged" });
    assert.deepEqual(untold(known({ uploads: [gone] }), ready, rejected(true)), []);
    assert.deepEqual(untold(known({ uploads: [gone] }), ready, deleted), []);
  });

  it("wants an event of each result that is listed", () => {
    const what = { ...known(), stock: { rows: [], listedResults: [result] } };
    assert.deepEqual(untold(what, stored), []);
    assert.deepEqual(untold(what), [`ResultStored ${resultId}`]);
    const other = { ...stored, detail: { ...stored.detail, bytes: 8 } };
    assert.deepEqual(untold(what, other), [`ResultStored ${resultId}, but with another detail`]);
  });

  it("takes what comes twice, and finds what is told wrongly", () => {
    const misTold = (...events: ConsumedEvent[]) => auditEvents(known(), events).misTold;
    assert.deepEqual(misTold(stored, stored), []);
    assert.equal(distinct([stored, stored, deleted]), 2);
    const otherDetail = { ...stored, detail: { ...stored.detail, bytes: 8 } };
    assert.equal(misTold(stored, otherDetail).length, 1);
    assert.equal(misTold({ ...stored, source: "other" }).length, 1);
    assert.equal(misTold({ ...stored, "detail-type": "Unknown" }).length, 1);
    assert.equal(misTold(event("ImageDeleted", about)).length, 1);
  });
});
