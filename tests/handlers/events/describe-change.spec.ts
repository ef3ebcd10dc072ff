import assert from "node:assert/strict";
import Ajv from "ajv";
import { describeChange } from "../../../handlers/events/describe-change";
import { eventSchemas } from "../../../handlers/events/event-schemas";
import { imageFilters, resultFilters } from "../../../handlers/events/stack-events";
import type { ImageItem } from "../../../handlers/images/images-table";
import { parseEventPattern } from "../../../local/aws/event-pattern/event-pattern";
import { change, tableArn, tables } from "./change";
import { deleting, pending, ready, rejected, result } from "./rows";

const common = { schemaVersion: 1, eventId: "event-1", occurredAt: "2026-01-31T12:00:00Z" };
const { imageId } = ready;
const readyDetail = {
  ...common,
  status: "ready",
  imageId,
  userId: "ada",
  contentType: "image/png",
  size: 1234,
  width: 300,
  height: 200,
  timestamp: "2026-01-31T12:00:00.123Z",
};
const rejectedDetail = {
  ...common,
  status: "rejected",
  imageId,
  userId: "ada",
  reason: { code: "SizeMismatch", message: "The image has 1 bytes, not 2." },
};
const deletedDetail = { ...common, status: "deleted", imageId, userId: "ada" };

type Row = ImageItem | undefined;

/** All that handlers, DynamoDB and people at consoles make of a row, and the event of it. */
const changes: readonly (readonly [
  what: string,
  before: Row,
  after: Row,
  detailType?: string,
  detail?: object,
])[] = [
  ["an upload begins", undefined, pending],
  ["an upload begins anew", pending, { ...pending, sweepAfter: "2026-01-31T14:00:00.000Z" }],
  ["an upload's object arrives", pending, { ...pending, stagingVersion: "1" }],
  ["an upload becomes an image", pending, ready, "ImageReady", readyDetail],
  [
    "an upload is rejected",
    pending,
    { ...rejected, neverReady: true },
    "ImageRejected",
    { ...rejectedDetail, wasReady: false },
  ],
  ["an upload is rejected again", rejected, { ...rejected, expiresAt: 1_800_000_001 }],
  ["an upload is deleted, taken back, or swept", pending, deleting],
  ["an upload expires", pending, undefined],
  ["an image is described, renamed, tagged or refocused", ready, { ...ready, revision: 1 }],
  ["an image's renditions are removed", { ...ready, invalidationOwed: true }, ready],
  [
    "an image proves to be none",
    ready,
    rejected,
    "ImageRejected",
    { ...rejectedDetail, wasReady: true },
  ],
  ["an image is deleted", ready, deleting, "ImageDeleted", deletedDetail],
  ["an image's row is removed by hand", ready, undefined, "ImageDeleted", deletedDetail],
  ["an image's row is put back by hand", undefined, ready, "ImageReady", readyDetail],
  ["a deleted image is put back by hand", deleting, ready, "ImageReady", readyDetail],
  ["a rejected image is put back by hand", rejected, ready, "ImageReady", readyDetail],
  ["a rejected image is deleted", rejected, deleting],
  ["a rejected image expires", rejected, undefined],
  ["an invalidation is owed", deleting, { ...deleting, invalidationOwed: true }],
  ["a delete is complete", deleting, undefined],
  ["a deleted upload is made anew", deleting, pending],
];

describe("describeChange", () => {
  const ajv = new Ajv({
    formats: { "date-time": /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, uuid: /^[0-9a-f-]{36}$/ },
  });
  const passes = (filters: readonly object[], record: object) =>
    filters.some((filter) => parseEventPattern(JSON.stringify(filter), "filter")(record));

  for (const [what, before, after, detailType, detail] of changes) {
    it(`${detailType === undefined ? "tells nothing" : `tells ${detailType}`} when ${what}`, () => {
      const record = change(before, after);
      const event = describeChange(record, tables);
      assert.deepEqual([event?.detailType, event?.detail], [detailType, detail]);
      assert.equal(passes(imageFilters, record), detailType !== undefined);
      if (event) {
        assert.ok(ajv.validate(eventSchemas[event.detailType], event.detail), ajv.errorsText());
        assert.equal(event.tableArn, tableArn(tables.images));
        assert.equal(event.occurredAt.toISOString(), "2026-01-31T12:00:00.000Z");
      }
    });
  }

  it("tells of results that are new, whosever they are", () => {
    const own = { table: tables.results };
    const record = change(undefined, result, own);
    const event = describeChange(record, tables);
    const detail = {
      ...common,
      status: "stored",
      resultId: result.resultId,
      id: "sensor-1",
      s3Key: result.s3Key,
      bytes: 99,
      userId: "ada",
      timestamp: result.timestamp,
    };
    assert.deepEqual([event?.detailType, event?.detail], ["ResultStored", detail]);
    assert.ok(passes(resultFilters, record));
    assert.ok(ajv.validate(eventSchemas.ResultStored, event?.detail), ajv.errorsText());
    const { userId, ...nobodys } = result;
    assert.equal(userId, "ada");
    const other = describeChange(change(undefined, nobodys, own), tables);
    assert.ok(other && !("userId" in other.detail));
    assert.ok(ajv.validate(eventSchemas.ResultStored, other.detail), ajv.errorsText());
  });

  it("tells nothing of results that are written again, or removed", () => {
    for (const [before, after] of [
      [result, { ...result, bytes: 100 }],
      [result, undefined],
    ] as const) {
      const record = change(before, after, { table: tables.results });
      assert.equal(describeChange(record, tables), undefined);
      assert.ok(!passes(resultFilters, record));
    }
  });

  it("tells nothing that clients have called their own: names, tags, keys", () => {
    const texts = changes.map(([, before, after]) =>
      JSON.stringify(describeChange(change(before, after), tables)?.detail ?? {}),
    );
    for (const secret of ["Sunset", "album", "images/", "uploads/", "etag"]) {
      assert.ok(
        texts.every((text) => !text.includes(secret)),
        secret,
      );
    }
  });

  it("refuses records of other tables, and what is none", () => {
    assert.throws(() => describeChange(change(pending, ready, { table: "other" }), tables));
    const { eventSourceARN, ...unknown } = change(pending, ready);
    assert.ok(eventSourceARN);
    assert.throws(() => describeChange(unknown, tables));
    assert.throws(() => describeChange({ eventSourceARN }, tables));
  });
});
