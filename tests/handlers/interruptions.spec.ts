import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import type { ObjectVersion } from "../../handlers/aws/versioned-objects";
import { createUpload } from "../../handlers/create-upload";
import { imageKey } from "../../handlers/images/image-key";
import type { PendingItem } from "../../handlers/images/images-table";
import { purge } from "../../handlers/images/purge";
import { sweepImages } from "../../handlers/images/sweep";
import { tagTexts } from "../../handlers/images/tags-table";
import { finaliseUpload } from "../../handlers/uploads/finalise";
import { ingest } from "../../handlers/uploads/ingest";
import { makeImage } from "../support/images";
import { choices, outcomes } from "./fates";
import { type Fate, fated, imageDeps, interleaved, type Outcome, succeeds } from "./image-deps";
import { useImagesCloud } from "./images-cloud";
import { settings, useSdkSettings } from "./support";

/** Images without tags are written by themselves, and others together with the entries of their tags. */
const tagsOfImages: Readonly<Record<string, Record<string, string>>> = {
  // Two of these have the same text.
  "images with tags": { a: "b:c", "a:b": "c", d: "" },
  "images without tags": {},
};

for (const [images, tags] of Object.entries(tagsOfImages)) {
  describe(`${images} that are interrupted or changed at once`, function () {
    this.timeout(300_000);
    useSdkSettings();
    const cloud = useImagesCloud();
    let png: Buffer;
    /** Of the same size, and with a header as good. */
    let otherPng: Buffer;
    before(async () => {
      png = await makeImage("png");
      otherPng = Buffer.concat([png.subarray(0, -1), Buffer.of(0)]);
    });

    const description = {
      contentType: "image/png",
      userId: "u",
      imageName: "n",
      tags,
    };
    const tagsPerImage = tagTexts(tags).size;

    function upload(imageId: string, fate?: Fate) {
      return ingest({ ...description, image: png }, imageDeps(fate), imageId);
    }

    async function arrive(imageId: string, bytes = png): Promise<ObjectVersion> {
      const key = `uploads/${imageId}`;
      return { key, versionId: await cloud().store(key, bytes) };
    }

    async function sendDirectly(imageId: string): Promise<ObjectVersion> {
      await createUpload({ ...description, size: png.length }, imageDeps(), imageId);
      return await arrive(imageId);
    }

    /** What was begun so long ago that it is swept: a row, and an object. */
    async function abandon(imageId: string): Promise<void> {
      const key = imageKey(description.userId, imageId, description.contentType);
      const item: PendingItem = {
        ...description,
        imageId,
        key,
        size: png.length,
        state: "pending",
        sweep: "sweep",
        sweepAfter: new Date(0).toISOString(),
      };
      await cloud().documents.send(
        new PutCommand({ TableName: settings.IMAGES_TABLE, Item: item }),
      );
      await cloud().store(key, Buffer.from("abandoned"));
    }

    /** Sweeps when all that is under way now has ended. */
    async function sweepLater(): Promise<void> {
      await sweepImages(new Date(Date.now() + 48 * 3600 * 1000), imageDeps());
    }

    /** There is this image and all that belongs to it, and nothing else. */
    async function assertOnly(imageId: string): Promise<void> {
      const [row, ...others] = await cloud().rows();
      assert.ok(row?.state === "ready");
      assert.deepEqual([row.imageId, others], [imageId, []]);
      assert.deepEqual(await cloud().read(row.key), png);
      assert.deepEqual(await cloud().versions(), [row.key]);
      assert.equal((await cloud().tagEntries()).length, tagsPerImage);
    }

    /** The image is whole, or nothing is left of it. */
    async function assertWhole(imageId: string): Promise<void> {
      const isThere = (await cloud().rows()).length > 0;
      await (isThere ? assertOnly(imageId) : cloud().assertEmpty());
    }

    async function deleteWholly(imageId: string, ...outcomes: Outcome[]): Promise<void> {
      if (!(await succeeds(purge(imageId, imageDeps(fated(outcomes)))))) {
        await purge(imageId, imageDeps());
      }
      assert.equal(await imageDeps().images.get(imageId), undefined);
      await sweepLater();
      await cloud().assertEmpty();
    }

    // RUNS=500 looks for rarer ones.
    const runs = Number(process.env.RUNS ?? 5);

    const failures: Outcome[] = ["refused", "answer lost"];
    for (const failure of failures) {
      it(`leave nothing when a call of an upload is ${failure}`, async () => {
        for (let done = 0; done < 3; done++) {
          const plan = [...Array<Outcome>(done).fill("done"), failure];
          assert.equal(await succeeds(upload(randomUUID(), fated(plan))), false);
          await sweepLater();
          await cloud().assertEmpty();
        }
      });
    }

    it("are there once however often an upload is tried, and gone when deleted", async () => {
      await fc.assert(
        fc.asyncProperty(outcomes, outcomes, outcomes, async (first, second, removal) => {
          const imageId = randomUUID();
          await succeeds(upload(imageId, fated(first)));
          await succeeds(upload(imageId, fated(second)));
          await sweepLater();
          await assertWhole(imageId);
          await upload(imageId);
          await assertOnly(imageId);
          await deleteWholly(imageId, ...removal);
        }),
        { numRuns: runs },
      );
    });

    it("are the answer to another attempt at their upload, which stores nothing", async () => {
      const imageId = randomUUID();
      const { metadata } = await upload(imageId);
      assert.deepEqual((await upload(imageId)).metadata, metadata);
      assert.deepEqual(await cloud().versions(), [metadata.key]);
    });

    it("are made of a direct upload however often its event comes, and of no later object", async () => {
      await fc.assert(
        fc.asyncProperty(outcomes, outcomes, outcomes, async (first, second, removal) => {
          const imageId = randomUUID();
          const arrived = await sendDirectly(imageId);
          await succeeds(finaliseUpload(arrived, imageDeps(fated(first))));
          const late = await arrive(imageId, otherPng);
          await succeeds(finaliseUpload(arrived, imageDeps(fated(second))));
          await finaliseUpload(arrived, imageDeps());
          await finaliseUpload(late, imageDeps());
          await assertOnly(imageId);
          await deleteWholly(imageId, ...removal);
        }),
        { numRuns: runs },
      );
    });

    it("are made of one object when two arrive at once", async () => {
      await fc.assert(
        fc.asyncProperty(choices, async (turns) => {
          const imageId = randomUUID();
          const arrivals = [await sendDirectly(imageId), await arrive(imageId, otherPng)];
          await interleaved(
            turns,
            ...arrivals.map((arrived) => (fate: Fate) => finaliseUpload(arrived, imageDeps(fate))),
          );
          const [row] = await cloud().rows();
          assert.ok(row?.state === "ready");
          const object = await cloud().read(row.key);
          assert.equal(createHash("md5").update(object).digest("hex"), row.etag);
          assert.deepEqual(await cloud().versions(), [row.key]);
          await deleteWholly(imageId);
        }),
        { numRuns: runs },
      );
    });

    it("are not lost to a sweep of an earlier attempt at their upload", async () => {
      await fc.assert(
        fc.asyncProperty(choices, async (turns) => {
          const imageId = randomUUID();
          await abandon(imageId);
          const [, uploaded] = await interleaved(
            turns,
            (fate) => sweepImages(new Date(), imageDeps(fate)),
            (fate) => upload(imageId, fate),
          );
          await (uploaded ? assertOnly(imageId) : sweepLater());
          await deleteWholly(imageId);
        }),
        { numRuns: runs },
      );
    });

    it("are gone when deleted while they are uploaded", async () => {
      await fc.assert(
        fc.asyncProperty(choices, async (turns) => {
          const imageId = randomUUID();
          await interleaved(
            turns,
            (fate) => upload(imageId, fate),
            (fate) => purge(imageId, imageDeps(fate)),
            (fate) => purge(imageId, imageDeps(fate)),
          );
          await sweepLater();
          await assertWhole(imageId);
          await deleteWholly(imageId);
        }),
        { numRuns: runs },
      );
    });

    it("are gone when deleted while they are made of a direct upload", async () => {
      await fc.assert(
        fc.asyncProperty(choices, async (turns) => {
          const imageId = randomUUID();
          const arrived = await sendDirectly(imageId);
          const late = await arrive(imageId);
          const [deleted] = await interleaved(
            turns,
            (fate) => purge(imageId, imageDeps(fate)),
            (fate) => finaliseUpload(arrived, imageDeps(fate)),
            (fate) => finaliseUpload(arrived, imageDeps(fate)),
            (fate) => finaliseUpload(late, imageDeps(fate)),
          );
          assert.ok(deleted);
          for (const version of [arrived, late]) {
            await finaliseUpload(version, imageDeps());
          }
          await sweepLater();
          await cloud().assertEmpty();
        }),
        { numRuns: runs },
      );
    });
  });
}
