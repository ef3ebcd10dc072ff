import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { DeleteObjectsCommand, S3Client } from "@aws-sdk/client-s3";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import type { ScheduledEvent } from "aws-lambda";
import type {
  DeletingItem,
  ImageItem,
  PendingItem,
  RejectedItem,
} from "../../handlers/images/images-table";
import { createHandler } from "../../handlers/sweep-images";
import { useImagesCloud } from "./images-cloud";
import { readyItem } from "./ready-item";
import { context, logging, settings, useSdkSettings } from "./support";

describe("sweep-images", () => {
  useSdkSettings();
  const cloud = useImagesCloud();
  const time = "2026-01-02T03:04:05Z";
  const due = "2026-01-02T03:04:05.000Z";
  const notDue = "2026-01-02T03:04:05.001Z";

  const sweep = () =>
    logging(() => createHandler(settings)({ time } as ScheduledEvent<unknown>, context));

  function deleting(sweepAfter: string): DeletingItem {
    const { imageId, key } = readyItem({ key: `images/SECRET/${randomUUID()}.png` });
    return { imageId, key, state: "deleting", sweep: "sweep", sweepAfter };
  }

  function pending(sweepAfter: string): PendingItem {
    return {
      ...deleting(sweepAfter),
      state: "pending",
      userId: "SECRET",
      imageName: "n",
      contentType: "image/png",
      size: 1,
      tags: {},
    };
  }

  /** Stores rows with an object each. */
  async function store(...items: ImageItem[]): Promise<void> {
    for (const item of items) {
      await cloud().documents.send(
        new PutCommand({ TableName: settings.IMAGES_TABLE, Item: item }),
      );
      await cloud().store(item.key, Buffer.from("image"));
    }
  }

  const ids = async () => (await cloud().rows()).map(({ imageId }) => imageId);

  it("removes uploads and images being deleted that are due, with their objects", async () => {
    await store(pending(due), deleting(due), { ...deleting(due), stagingKey: "uploads/1" });
    await cloud().store("uploads/1", Buffer.from("image"));
    const { logs } = await sweep();
    await cloud().assertEmpty();
    assert.equal(logs.at(-1)?.count, 3);
  });

  it("lets alone what is not due, and images", async () => {
    const items = [pending(notDue), deleting(notDue), readyItem()];
    await store(...items);
    await sweep();
    assert.deepEqual((await ids()).sort(), items.map(({ imageId }) => imageId).sort());
    assert.equal((await cloud().versions()).length, 3);
  });

  it("sweeps more than are read at a time", async () => {
    await store(...Array.from({ length: 30 }, () => pending(due)));
    await sweep();
    await cloud().assertEmpty();
  });

  it("makes the edge forget the renditions of all of them at once, and then removes their rows", async () => {
    const items = [deleting(due), deleting(due), deleting(due)];
    await store(...items);
    const [first, second] = items;
    await cloud().storeRendition(first?.imageId ?? "");
    await cloud().storeRendition(second?.imageId ?? "");
    cloud().edge.refusal = "TooManyInvalidationsInProgress";
    const { logs } = await sweep();
    await cloud().assertHidden();
    const paths = [first, second].map((item) => `/i/${item?.imageId ?? ""}/*`).sort();
    assert.deepEqual((await ids()).sort(), [first?.imageId, second?.imageId].sort());
    assert.equal(logs.at(-1)?.message, "finished");
    cloud().edge.refusal = undefined;
    await sweep();
    await cloud().assertEmpty();
    assert.deepEqual(
      cloud().edge.invalidations.map((all) => all.sort()),
      [paths],
    );
  });

  it("makes it forget those of all images when there are more than it takes one by one", async () => {
    const items = Array.from({ length: 16 }, () => deleting(due));
    await store(...items);
    for (const { imageId } of items) {
      await cloud().storeRendition(imageId);
    }
    await sweep();
    await cloud().assertEmpty();
    assert.deepEqual(cloud().edge.invalidations, [["/i/*"]]);
  });

  it("removes a rendition that was stored while its image was deleted", async () => {
    const item = deleting(notDue);
    await store(item);
    await cloud().storeRendition(item.imageId);
    await sweep();
    assert.equal((await cloud().renditions()).length, 1);
    await logging(() =>
      createHandler(settings)({ time: "2026-01-02T03:04:06Z" } as ScheduledEvent<unknown>, context),
    );
    await cloud().assertEmpty();
    assert.deepEqual(cloud().edge.invalidations, [[`/i/${item.imageId}/*`]]);
  });

  describe("of images that stay", () => {
    const refresh = (sweepAfter: string) => ({ sweep: "renditions", sweepAfter }) as const;

    function rejected(sweepAfter: string): RejectedItem {
      const { imageId, key } = readyItem();
      const rejection = { code: "UnreadableImage", message: "m" };
      const expiresAt = 4_000_000_000;
      return { imageId, key, state: "rejected", rejection, expiresAt, ...refresh(sweepAfter) };
    }

    it("removes renditions alone, once, of those that are due", async () => {
      const items = [readyItem(refresh(due)), rejected(due), readyItem(refresh(notDue))];
      await store(...items);
      const keys = await Promise.all(items.map(({ imageId }) => cloud().storeRendition(imageId)));
      const { logs } = await sweep();
      assert.equal(logs.at(-1)?.count, 2);
      assert.deepEqual(await cloud().renditions(), keys.slice(2));
      const paths = items.slice(0, 2).map(({ imageId }) => `/i/${imageId}/*`);
      assert.deepEqual(cloud().edge.invalidations.flat().sort(), paths.sort());
      const left = await Promise.all(items.map(({ imageId }) => cloud().row(imageId)));
      assert.deepEqual(
        left.map((row) => [row?.state, row?.sweep, row?.sweepAfter]),
        [
          ["ready", undefined, undefined],
          ["rejected", undefined, undefined],
          ["ready", "renditions", notDue],
        ],
      );
      assert.equal((await cloud().versions()).length, 3);
      const [again] = items;
      await cloud().storeRendition(again?.imageId ?? "");
      await sweep();
      assert.equal((await cloud().renditions()).length, 2);
    });

    it("tells the edge nothing where there are none", async () => {
      const item = readyItem(refresh(due));
      await store(item);
      await sweep();
      assert.deepEqual(cloud().edge.invalidations, []);
      assert.equal((await cloud().row(item.imageId))?.sweep, undefined);
    });

    it("comes again where the edge cannot forget them yet", async () => {
      const usual = readyItem();
      const item = { ...usual, ...refresh(due) };
      await store(item);
      await cloud().storeRendition(item.imageId);
      cloud().edge.refusal = "TooManyInvalidationsInProgress";
      await sweep();
      assert.equal((await cloud().row(item.imageId))?.sweepAfter, due);
      cloud().edge.refusal = undefined;
      await sweep();
      assert.deepEqual(cloud().edge.invalidations, [[`/i/${item.imageId}/*`]]);
      assert.deepEqual(await cloud().row(item.imageId), usual);
    });
  });

  it("fails when the edge does, and keeps the rows until it does not", async () => {
    const item = deleting(due);
    await store(item);
    await cloud().storeRendition(item.imageId);
    cloud().edge.refusal = "AccessDenied";
    await logging(() =>
      assert.rejects(
        createHandler(settings)({ time } as ScheduledEvent<unknown>, context),
        /1 of 1 images could not be removed/,
      ),
    );
    assert.deepEqual(await ids(), [item.imageId]);
    cloud().edge.refusal = undefined;
    await sweep();
    await cloud().assertEmpty();
  });

  it("stops at no failure, and fails at its end so that it is tried again", async () => {
    const [bad, good] = [pending(due), pending(due)];
    await store(bad, good);
    const s3 = mockClient(S3Client);
    try {
      s3.onAnyCommand().callsFake((input: { Prefix?: string }) => {
        const key = `${input.Prefix ?? ""}.png`;
        return key === bad.key ? { Versions: [{ Key: key, VersionId: "v" }] } : {};
      });
      s3.on(DeleteObjectsCommand).resolves({ Errors: [{ Code: "SlowDown" }] });
      const { logs, logText } = await logging(() =>
        assert.rejects(
          createHandler(settings)({ time } as ScheduledEvent<unknown>, context),
          /1 of 2 images could not be removed/,
        ),
      );
      assert.deepEqual(
        logs.map(({ message }) => message),
        ["received", "started", "not removed", "failed"],
      );
      assert.equal(logs[2]?.imageId, bad.imageId);
      assert.doesNotMatch(logText, /SECRET/);
    } finally {
      s3.restore();
    }
    assert.deepEqual(await ids(), [bad.imageId]);
    await sweep();
    assert.deepEqual(await ids(), []);
  });

  for (const [event, told] of [
    [{}, "undefined"],
    [{ time: "yesterday" }, '"yesterday"'],
  ] as const) {
    it(`fails on an event whose time is ${told}`, async () => {
      await store(pending(due));
      const message = `The event's time is ${told}: it must be a date and time such as "2026-01-02T03:04:05Z".`;
      const { logs } = await logging(() =>
        assert.rejects(
          createHandler(settings)(event as unknown as ScheduledEvent<unknown>, context),
          { message },
        ),
      );
      assert.equal(logs.at(-1)?.message, "failed");
      assert.equal((await ids()).length, 1);
    });
  }
});
