import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { ImageChanges } from "../../handlers/images/image-changes";
import { purge } from "../../handlers/images/purge";
import { sweepImages } from "../../handlers/images/sweep";
import { updateImage } from "../../handlers/update-image";
import { ingest } from "../../handlers/uploads/ingest";
import { anyone } from "../../handlers/users/caller";
import { type Fate, fated, imageDeps, interleaved, type Outcome, succeeds } from "./image-deps";
import { useImagesCloud } from "./images-cloud";
import { RenditionEdge } from "./rendition-edge";
import { blue, decodePng, makePng, red, type Rgb } from "./renditions/render/pictures";
import { settings, useSdkSettings } from "./support";

describe("renditions of images that are changed or deleted at once", function () {
  this.timeout(300_000);
  useSdkSettings();
  const cloud = useImagesCloud();
  let edge: RenditionEdge;
  beforeEach(async () => {
    edge = await RenditionEdge.start();
  });
  afterEach(() => edge.stop());

  /** What the edge is asked for, by one viewer each: both halves of the image cannot be on it. */
  const texts = ["width-4_height-8_format-png", "width-2_height-8_format-png"];
  const pathsOf = (imageId: string) => texts.map((text) => `/i/${imageId}/${text}`);
  const [left, right] = [
    { x: 0, y: 0.5 },
    { x: 1, y: 0.5 },
  ];

  function depsOf(fate?: Fate) {
    const deps = { ...imageDeps(fate), invalidations: edge.invalidations(fate) };
    const tables = { images: settings.IMAGES_TABLE, tags: settings.TAGS_TABLE };
    return { ...deps, changes: new ImageChanges(deps.dynamoDb, tables) };
  }

  /** An image that is red on the left and blue on the right. */
  async function upload(): Promise<string> {
    const image = makePng(8, 8, (x) => (x < 4 ? red : blue));
    const upload = { image, contentType: "image/png", userId: "u", imageName: "n" };
    return (await ingest({ ...upload, tags: { a: "b" } }, imageDeps(), randomUUID())).metadata
      .imageId;
  }

  function focus(imageId: string, focalPoint: typeof left, fate?: Fate) {
    return updateImage(
      { imageId, change: { focalPoint }, caller: anyone, ifMatch: undefined },
      depsOf(fate),
    );
  }

  /** A viewer that comes twice: it may find made or stored or cached what it is shown. */
  async function viewTwice(path: string, fate: Fate): Promise<void> {
    await edge.view(path, fate);
    await edge.view(path, fate);
  }

  async function sweepLater(): Promise<void> {
    edge.later();
    await sweepImages(new Date(Date.now() + 3600 * 1000), depsOf());
  }

  async function statusesOf(imageId: string): Promise<number[]> {
    const answers = await Promise.all(pathsOf(imageId).map((path) => edge.view(path)));
    return answers.map(({ status }) => status);
  }

  async function assertShown(imageId: string, colour: Rgb): Promise<void> {
    for (const path of pathsOf(imageId)) {
      const { status, body } = await edge.view(path);
      assert.equal(status, 200);
      assert.deepEqual(decodePng(body).at(0, 0).slice(0, 3), colour);
    }
  }

  async function assertGone(imageId: string): Promise<void> {
    assert.deepEqual(await statusesOf(imageId), [404, 404]);
    await cloud().assertHidden();
  }

  async function deleteWholly(imageId: string): Promise<void> {
    await purge(imageId, depsOf());
    await sweepLater();
    await assertGone(imageId);
    await cloud().assertEmpty();
  }

  const choices = fc.array(fc.nat(5), { maxLength: 40 });
  const outcomes = fc.array(
    fc.constantFrom<Outcome[]>("done", "done", "done", "refused", "killed", "killed after"),
    { maxLength: 8 },
  );
  // RUNS=500 looks for rarer ones.
  const runs = Number(process.env.RUNS ?? 8);

  /** In turn with others, and with this outcome of each call. */
  const both =
    (turn: Fate, fate: Fate): Fate =>
    (call) =>
      turn(() => fate(call));

  it("are gone, everywhere and at once, when it is deleted while they are made", async () => {
    await fc.assert(
      fc.asyncProperty(choices, async (turns) => {
        const imageId = await upload();
        const [deleted] = await interleaved(
          turns,
          (fate) => purge(imageId, depsOf(fate)),
          ...pathsOf(imageId).map((path) => (fate: Fate) => viewTwice(path, fate)),
        );
        assert.ok(deleted);
        await assertGone(imageId);
        await deleteWholly(imageId);
      }),
      { numRuns: runs },
    );
  });

  it("are about the new focal point, at once, when it is moved while they are made", async () => {
    await fc.assert(
      fc.asyncProperty(choices, async (turns) => {
        const imageId = await upload();
        await focus(imageId, left);
        const [moved] = await interleaved(
          turns,
          (fate) => focus(imageId, right, fate),
          ...pathsOf(imageId).map((path) => (fate: Fate) => viewTwice(path, fate)),
        );
        assert.ok(moved);
        await assertShown(imageId, blue);
        await deleteWholly(imageId);
      }),
      { numRuns: runs },
    );
  });

  it("are about the new focal point after the sweep, whatever was cut off", async () => {
    await fc.assert(
      fc.asyncProperty(choices, outcomes, outcomes, outcomes, async (turns, ...fates) => {
        const imageId = await upload();
        await focus(imageId, left);
        const [change, ...views] = fates.map(fated);
        const [moved] = await interleaved(
          turns,
          (turn) => focus(imageId, right, change && both(turn, change)),
          ...pathsOf(imageId).map((path, index) => (turn: Fate) => {
            const fate = views[index];
            return viewTwice(path, fate ? both(turn, fate) : turn);
          }),
        );
        if (!moved) {
          await focus(imageId, right);
        }
        await sweepLater();
        await assertShown(imageId, blue);
        const row = await cloud().row(imageId);
        assert.ok(row?.state === "ready");
        assert.deepEqual(
          [row.sweep, row.sweepAfter, row.invalidationOwed],
          Array(3).fill(undefined),
        );
        await deleteWholly(imageId);
      }),
      { numRuns: runs },
    );
  });

  it("are gone after the sweep when it is moved and deleted, whatever was cut off", async () => {
    await fc.assert(
      fc.asyncProperty(
        choices,
        fc.tuple(...(Array(4).fill(outcomes) as (typeof outcomes)[])),
        async (turns, fates) => {
          const imageId = await upload();
          await Promise.all(pathsOf(imageId).map((path) => edge.view(path)));
          const [change = fated([]), removal = fated([]), ...views] = fates.map(fated);
          await interleaved(
            turns,
            (turn) => focus(imageId, right, both(turn, change)),
            (turn) => purge(imageId, depsOf(both(turn, removal))),
            ...pathsOf(imageId).map(
              (path, index) => (turn: Fate) =>
                viewTwice(path, both(turn, views[index] ?? fated([]))),
            ),
          );
          await deleteWholly(imageId);
        },
      ),
      { numRuns: runs },
    );
  });

  it("are made anew once after a focal point was moved, and are let alone from then on", async () => {
    const imageId = await upload();
    await focus(imageId, right);
    await assertShown(imageId, blue);
    await sweepLater();
    assert.deepEqual(await cloud().renditions(), []);
    await assertShown(imageId, blue);
    const stored = await cloud().renditions();
    await sweepLater();
    assert.deepEqual([stored.length, await cloud().renditions()], [2, stored]);
    assert.ok(await succeeds(imageDeps().images.require(imageId, anyone)));
  });
});
