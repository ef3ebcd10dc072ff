import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mock } from "node:test";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, PutCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import type { ObjectVersion } from "../../handlers/aws/versioned-objects";
import { createUpload } from "../../handlers/create-upload";
import { ApiError } from "../../handlers/http/errors";
import { describeImage } from "../../handlers/images/describe";
import { ImageFindings } from "../../handlers/images/image-findings";
import type { ReadyItem } from "../../handlers/images/images-table";
import { purge } from "../../handlers/images/purge";
import { sweepImages } from "../../handlers/images/sweep";
import { finaliseUpload } from "../../handlers/uploads/finalise";
import { ingest } from "../../handlers/uploads/ingest";
import type { UserLimits } from "../../handlers/users/user-counts";
import type { UserItem } from "../../handlers/users/users-table";
import { makeImage } from "../support/images";
import { choices, outcomes } from "./fates";
import { type Fate, fated, imageDeps, interleaved, type Outcome, succeeds } from "./image-deps";
import { usersTable } from "./image-tables";
import { useImagesCloud } from "./images-cloud";
import { settings, useSdkSettings } from "./support";

describe("counts of users whose images come and go at once", function () {
  this.timeout(300_000);
  useSdkSettings();
  const cloud = useImagesCloud(usersTable);
  let png: Buffer;
  before(async () => {
    png = await makeImage("png");
  });
  beforeEach(() => {
    // Whoever is hindered does not wait.
    mock.method(Math, "random", () => 0);
  });
  afterEach(() => {
    mock.restoreAll();
  });

  const unlimited: UserLimits = { maxImages: 0, maxBytes: 0 };
  const description = { contentType: "image/png", imageName: "n", tags: { a: "b", c: "" } };

  function depsOf(fate?: Fate, limits: Partial<UserLimits> = {}) {
    const deps = imageDeps(fate, { ...unlimited, ...limits });
    const { counts } = deps;
    const tables = { images: settings.IMAGES_TABLE, tags: settings.TAGS_TABLE, counts };
    return { ...deps, findings: new ImageFindings(deps.dynamoDb, tables), patienceMs: 0 };
  }
  type Deps = ReturnType<typeof depsOf>;

  async function upload(imageId: string, deps: Deps, { image = png, userId = "u" } = {}) {
    return (await ingest({ ...description, userId, image }, deps, imageId)).metadata;
  }

  async function sendDirectly(imageId: string, bytes = png): Promise<ObjectVersion> {
    const input = { ...description, userId: "u", size: bytes.length };
    await createUpload(input, depsOf(), imageId);
    const key = `uploads/${imageId}`;
    return { key, versionId: await cloud().store(key, bytes) };
  }

  /** An image of which it turns out that it cannot be decoded. */
  async function uploadDamaged(imageId: string) {
    const pixels = png.indexOf("IDAT") + 4;
    const damaged = Buffer.from(png).fill(0x55, pixels, pixels + 8);
    return await upload(imageId, depsOf(), { image: damaged });
  }

  async function look(key: string, deps: Deps): Promise<void> {
    await describeImage(key, new Date(), deps);
  }

  /** Sweeps when all that is under way now has ended. */
  async function sweepLater(fate?: Fate): Promise<void> {
    await sweepImages(new Date(Date.now() + 48 * 3600 * 1000), depsOf(fate));
  }

  async function users(): Promise<UserItem[]> {
    const scan = new ScanCommand({ TableName: usersTable.TableName, ConsistentRead: true });
    return ((await cloud().documents.send(scan)).Items ?? []) as UserItem[];
  }

  async function readyRows(): Promise<ReadyItem[]> {
    return (await cloud().rows()).filter((row) => row.state === "ready");
  }

  /** Each user has what the images table says. */
  async function assertRight(): Promise<void> {
    const expected = new Map<string, Omit<UserItem, "userId">>();
    for (const { userId, size, countedIn } of await readyRows()) {
      const { images, bytes } = expected.get(userId) ?? { images: 0, bytes: 0 };
      assert.equal(countedIn, usersTable.TableName);
      expected.set(userId, { images: images + 1, bytes: bytes + size });
    }
    for (const { userId, ...count } of await users()) {
      assert.deepEqual(count, expected.get(userId) ?? { images: 0, bytes: 0 });
      expected.delete(userId);
    }
    assert.deepEqual([...expected], []);
  }

  async function assertCount(images: number): Promise<void> {
    await assertRight();
    assert.equal((await readyRows()).length, images);
  }

  async function assertNothingLeft(): Promise<void> {
    await assertCount(0);
    await sweepLater();
    await cloud().assertEmpty();
    await assertCount(0);
  }

  const failures: Outcome[] = ["refused", "answer lost", "killed", "killed after"];
  // RUNS=500 looks for rarer ones.
  const runs = Number(process.env.RUNS ?? 3);

  /** What may fail at any of its calls, and what it needs to be there. */
  const works: Record<string, (imageId: string) => Promise<(fate: Fate) => Promise<unknown>>> = {
    "an upload": (imageId) => Promise.resolve((fate) => upload(imageId, depsOf(fate))),
    "a delete": async (imageId) => {
      await upload(imageId, depsOf());
      return (fate) => purge(imageId, depsOf(fate));
    },
    "making an image of a direct upload": async (imageId) => {
      const arrived = await sendDirectly(imageId);
      return (fate) => finaliseUpload(arrived, depsOf(fate));
    },
    "rejecting an image": async (imageId) => {
      const { key } = await uploadDamaged(imageId);
      return (fate) => look(key, depsOf(fate));
    },
  };
  for (const [what, prepare] of Object.entries(works)) {
    it(`are right whatever fails of ${what}, and when it is repeated`, async () => {
      await upload(randomUUID(), depsOf());
      for (const failure of failures) {
        let calls = 0;
        do {
          const imageId = randomUUID();
          const work = await prepare(imageId);
          await assertRight();
          await succeeds(work(fated([...Array<Outcome>(calls).fill("done"), failure])));
          await assertRight();
          await succeeds(work(fated([])));
          await assertRight();
          await purge(imageId, depsOf());
          await assertCount(1);
          calls++;
        } while (calls < 6);
      }
    });
  }

  it("are right after every step, however often and however far an upload and its delete come", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(outcomes, { minLength: 4, maxLength: 4 }), async (fates) => {
        const imageId = randomUUID();
        const steps = [
          (fate: Fate) => upload(imageId, depsOf(fate)),
          (fate: Fate) => purge(imageId, depsOf(fate)),
          (fate: Fate) => upload(imageId, depsOf(fate)),
          (fate: Fate) => sweepLater(fate),
        ];
        for (const [index, step] of steps.entries()) {
          await succeeds(step(fated(fates[index] ?? [])));
          await assertRight();
        }
        await purge(imageId, depsOf());
        await assertNothingLeft();
      }),
      { numRuns: runs },
    );
  });

  for (const [what, isHindered] of [
    ["", false],
    [", and others are in its way then", true],
  ] as const) {
    it(`are right when the SDK repeats a transaction whose answer was lost${what}`, async () => {
      const [imageId, bad] = [randomUUID(), randomUUID()];
      await upload(imageId, losingAnswers(depsOf(), isHindered));
      await assertCount(1);
      const { key } = await uploadDamaged(bad);
      await look(key, losingAnswers(depsOf(), isHindered));
      await assertCount(1);
      // It is hidden, from where it can be recovered.
      assert.equal((await cloud().versions()).filter((found) => found === key).length, 2);
      for (const id of [imageId, bad]) {
        await purge(id, losingAnswers(depsOf(), isHindered));
      }
      await assertNothingLeft();
    });
  }

  it("are right when a user's images are uploaded, deleted, rejected and swept at once", async () => {
    await fc.assert(
      fc.asyncProperty(choices, async (turns) => {
        const [old, made, direct, bad] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
        await upload(old, depsOf());
        const arrived = await sendDirectly(direct);
        const { key } = await uploadDamaged(bad);
        const succeeded = await interleaved(
          turns,
          (fate) => upload(made, depsOf(fate)),
          (fate) => purge(old, depsOf(fate)),
          (fate) => purge(old, depsOf(fate)),
          (fate) => finaliseUpload(arrived, depsOf(fate)),
          (fate) => finaliseUpload(arrived, depsOf(fate)),
          (fate) => look(key, depsOf(fate)),
          (fate) => purge(bad, depsOf(fate)),
          (fate) => sweepLater(fate),
        );
        assert.ok(succeeded[1] && succeeded[2] && succeeded[6]);
        await assertRight();
        for (const imageId of [made, direct, old, bad]) {
          await purge(imageId, depsOf());
        }
        await assertNothingLeft();
      }),
      { numRuns: runs },
    );
  });

  const rooms: [string, () => Partial<UserLimits>][] = [
    ["one image", () => ({ maxImages: 2 })],
    ["the bytes of one image", () => ({ maxBytes: 3 * png.length - 1 })],
  ];
  for (const [what, limitsOf] of rooms) {
    it(`let one of several uploads at once in where there is room for ${what}, and nothing is left of the others`, async () => {
      await fc.assert(
        fc.asyncProperty(choices, async (turns) => {
          const [old, ...ids] = Array.from({ length: 4 }, () => randomUUID());
          assert.ok(old);
          await upload(old, depsOf());
          const refusals: unknown[] = [];
          const succeeded = await interleaved(
            turns,
            ...ids.map(
              (imageId) => (fate: Fate) =>
                upload(imageId, depsOf(fate, limitsOf())).catch((error: unknown) => {
                  refusals.push(error);
                  throw error;
                }),
            ),
          );
          assert.equal(succeeded.filter(Boolean).length, 1);
          for (const refusal of refusals) {
            assert.ok(refusal instanceof ApiError);
            assert.deepEqual([refusal.statusCode, refusal.code], [403, "UserLimitReached"]);
          }
          await assertCount(2);
          assert.equal((await cloud().versions()).length, 2);
          assert.equal((await cloud().tagEntries()).length, 4);
          for (const { imageId } of await readyRows()) {
            await purge(imageId, depsOf());
          }
          await assertNothingLeft();
        }),
        { numRuns: runs },
      );
    });
  }

  it("let in one of several direct uploads at once, and reject the others with nothing left", async () => {
    await fc.assert(
      fc.asyncProperty(choices, async (turns) => {
        const arrivals = await Promise.all(
          Array.from({ length: 3 }, () => sendDirectly(randomUUID())),
        );
        const limits = { maxImages: 1 };
        // Each event comes twice.
        const succeeded = await interleaved(
          turns,
          ...[...arrivals, ...arrivals].map(
            (arrived) => (fate: Fate) => finaliseUpload(arrived, depsOf(fate, limits)),
          ),
        );
        // Lambda sends an event again that others were in the way of for too long.
        for (const [index, arrived] of [...arrivals, ...arrivals].entries()) {
          if (!succeeded[index]) {
            await finaliseUpload(arrived, depsOf(undefined, limits));
          }
        }
        await assertCount(1);
        const rows = await cloud().rows();
        const rejections = rows.flatMap((row) => (row.state === "rejected" ? row : []));
        assert.deepEqual(
          rejections.map(({ rejection }) => rejection.code),
          ["UserLimitReached", "UserLimitReached"],
        );
        const [made] = await readyRows();
        assert.deepEqual(await cloud().versions(), [made?.key]);
        // The events of what was copied come later.
        for (const { key } of rows) {
          await look(key, depsOf());
        }
        assert.deepEqual(await cloud().versions(), [made?.key]);
        for (const { imageId } of rows) {
          await purge(imageId, depsOf());
        }
        await assertNothingLeft();
      }),
      { numRuns: runs },
    );
  });

  it("reject a direct upload wholly although an attempt before has stored its image, whatever fails", async () => {
    for (const failure of failures) {
      for (let calls = 0; calls < 10; calls++) {
        const imageId = randomUUID();
        const arrived = await sendDirectly(imageId);
        const cut = fated([...Array<Outcome>(calls).fill("done"), failure]);
        await succeeds(finaliseUpload(arrived, depsOf(cut)));
        if ((await readyRows()).length === 0) {
          const other = randomUUID();
          await upload(other, depsOf());
          const limits = { maxImages: 1 };
          const cutAgain = fated([...Array<Outcome>(calls).fill("done"), failure]);
          await succeeds(finaliseUpload(arrived, depsOf(cutAgain, limits)));
          await finaliseUpload(arrived, depsOf(undefined, limits));
          await assertCount(1);
          assert.equal((await cloud().row(imageId))?.state, "rejected");
          assert.equal((await cloud().versions()).length, 1);
          await purge(other, depsOf());
        }
        await purge(imageId, depsOf());
        await assertNothingLeft();
      }
    }
  });

  it("do not refuse the repetition of an upload that has taken the last room", async () => {
    const imageId = randomUUID();
    const limits = { maxImages: 1, maxBytes: png.length };
    const metadata = await upload(imageId, depsOf(undefined, limits));
    assert.deepEqual(await upload(imageId, depsOf(undefined, limits)), metadata);
    await assertCount(1);
  });

  it("let in again what was deleted", async () => {
    const limits = { maxImages: 1 };
    for (let round = 0; round < 3; round++) {
      const imageId = randomUUID();
      await upload(imageId, depsOf(undefined, limits));
      assert.equal(await succeeds(upload(randomUUID(), depsOf(undefined, limits))), false);
      await purge(imageId, depsOf());
      await assertCount(0);
    }
  });

  for (const hindrance of ["TransactionConflict", "ThrottlingError"]) {
    it(`are right after waiting for others: ${hindrance}`, async () => {
      const [imageId, bad] = [randomUUID(), randomUUID()];
      await upload(imageId, hinderedAt(depsOf(), usersTable.TableName, hindrance, 11));
      const { key } = await uploadDamaged(bad);
      await assertCount(2);
      await look(key, hinderedAt(depsOf(), usersTable.TableName, hindrance, 11));
      await assertCount(1);
      await purge(imageId, hinderedAt(depsOf(), usersTable.TableName, hindrance, 11));
      await assertCount(0);
    });
  }

  it("are left alone, and clients told to come again, when others are in the way for long", async () => {
    const busy = (deps: Deps) =>
      hinderedAt(deps, usersTable.TableName, "TransactionConflict", Infinity);
    const error = { statusCode: 503, code: "UserBusy", headers: { "Retry-After": "1" } };
    await assert.rejects(upload(randomUUID(), busy(depsOf())), error);
    await assertNothingLeft();
    const imageId = randomUUID();
    await upload(imageId, depsOf());
    await assert.rejects(purge(imageId, busy(depsOf())), error);
    await assertCount(1);
    const arrived = await sendDirectly(randomUUID());
    await assert.rejects(finaliseUpload(arrived, busy(depsOf())), error);
    await finaliseUpload(arrived, depsOf());
    await assertCount(2);
  });

  it("are no reason where others change the image itself", async () => {
    const imageId = randomUUID();
    await upload(imageId, depsOf());
    const deps = hinderedAt(depsOf(), settings.IMAGES_TABLE, "TransactionConflict", Infinity);
    await assert.rejects(purge(imageId, deps), /changed by others again and again/);
    await assertCount(1);
  });

  it("are nobody's of images from before users were counted", async () => {
    const before = randomUUID();
    await upload(before, { ...imageDeps(), findings: depsOf().findings, patienceMs: 0 });
    await upload(randomUUID(), depsOf());
    await purge(before, depsOf());
    await assertCount(1);
  });

  it("are not those of a table that was there before this one", async () => {
    const [before, after] = [randomUUID(), randomUUID()];
    await upload(before, depsOf());
    await cloud().documents.send(
      new UpdateCommand({
        TableName: settings.IMAGES_TABLE,
        Key: { imageId: before },
        UpdateExpression: "SET countedIn = :other",
        ExpressionAttributeValues: { ":other": `${usersTable.TableName}-0` },
      }),
    );
    await cloud().documents.send(
      new DeleteCommand({ TableName: usersTable.TableName, Key: { userId: "u" } }),
    );
    await upload(after, depsOf());
    await purge(before, depsOf());
    await assertCount(1);
  });

  it("do not keep an image from being deleted that they were restored to before", async () => {
    const imageId = randomUUID();
    await upload(imageId, depsOf());
    const nothing = { userId: "u", images: 0, bytes: 0 };
    await cloud().documents.send(
      new PutCommand({ TableName: usersTable.TableName, Item: nothing }),
    );
    await purge(imageId, depsOf());
    assert.deepEqual(await users(), [nothing]);
    await assertNothingLeft();
  });

  /**
   * The answer to the first transaction is lost on its way to the SDK.
   *
   * @param isHindered whether the next one is in conflict with others.
   */
  function losingAnswers(deps: Deps, isHindered: boolean): Deps {
    let made = 0;
    deps.dynamoDb.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName !== "TransactWriteItemsCommand") {
            return await next(args);
          }
          made++;
          if (made === 2 && isHindered) {
            throw cancelled(["TransactionConflict"]);
          }
          const output = await next(args);
          if (made === 1) {
            throw Object.assign(new Error("lost"), { name: "TimeoutError" });
          }
          return output;
        },
      { step: "deserialize" },
    );
    return deps;
  }

  function cancelled(codes: readonly string[]): Error {
    const CancellationReasons = codes.map((Code) => ({ Code }));
    return new TransactionCanceledException({ message: "", $metadata: {}, CancellationReasons });
  }

  /** Others are in the way of so many transactions, at the item that they write of a table. */
  function hinderedAt(deps: Deps, table: string, Code: string, times: number): Deps {
    let left = times;
    deps.dynamoDb.middlewareStack.add(
      (next) => async (args) => {
        const { TransactItems = [] } = args.input as {
          TransactItems?: Record<string, { TableName: string }>[];
        };
        const tables = TransactItems.map((action) => Object.values(action)[0]?.TableName);
        if (!tables.includes(table) || left-- <= 0) {
          return await next(args);
        }
        throw cancelled(tables.map((name) => (name === table ? Code : "None")));
      },
      { step: "initialize" },
    );
    return deps;
  }
});
