import assert from "node:assert/strict";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { createDynamoDb } from "../../../handlers/aws/clients";
import { isUnmet, transact } from "../../../handlers/aws/transactions";
import type { ImageItem } from "../../../handlers/images/images-table";
import { createUserCounts, UserCounts, type UserLimits } from "../../../handlers/users/user-counts";
import { useDynamoDb } from "../dynamodb";
import { usersTable } from "../image-tables";
import { readyItem } from "../ready-item";
import { useSdkSettings } from "../support";

describe("user counts", () => {
  useSdkSettings();
  useDynamoDb(usersTable);
  const table = usersTable.TableName;
  const none: UserLimits = { maxImages: 0, maxBytes: 0 };

  function countsWith(limits: Partial<UserLimits> = {}): UserCounts {
    return new UserCounts(createDynamoDb(), table, { ...none, ...limits });
  }

  /** Counts an image. @returns the refusal, if there is one. */
  async function add(size: number, limits?: Partial<UserLimits>, userId = "u") {
    const counts = countsWith(limits);
    const reasons = await transact(createDynamoDb(), [counts.adding({ userId, size })]);
    assert.ok(!reasons || isUnmet(reasons[0]));
    return reasons?.[0] && counts.refusal(reasons[0], { userId, size });
  }

  async function remove(item: ImageItem): Promise<boolean> {
    const action = countsWith().removing(item);
    assert.ok(action);
    return !(await transact(createDynamoDb(), [action]));
  }

  async function row(userId = "u") {
    const get = new GetCommand({ TableName: table, Key: { userId } });
    return (await createDynamoDb().send(get)).Item;
  }

  it("are nothing for who has never had an image", async () => {
    assert.deepEqual(await countsWith().read("u"), { images: 0, bytes: 0 });
    assert.equal(await row(), undefined);
  });

  it("add up, for each user apart", async () => {
    assert.deepEqual([await add(5), await add(7), await add(1, {}, "v")], Array(3).fill(undefined));
    assert.deepEqual(await row(), { userId: "u", images: 2, bytes: 12 });
    assert.deepEqual(await countsWith().read("v"), { images: 1, bytes: 1 });
  });

  it("go down with what was counted, and never below nothing", async () => {
    await add(5);
    assert.equal(await remove(readyItem({ size: 6, countedIn: table })), false);
    assert.equal(await remove(readyItem({ size: 5, countedIn: table })), true);
    assert.equal(await remove(readyItem({ size: 0, countedIn: table })), false);
    assert.deepEqual(await row(), { userId: "u", images: 0, bytes: 0 });
  });

  it("let alone what is not counted, or was by another table", () => {
    const ready = readyItem();
    const pending = { ...ready, state: "pending", countedIn: table } as unknown as ImageItem;
    for (const item of [ready, pending, readyItem({ countedIn: `${table}-0` })]) {
      assert.equal(countsWith().removing(item), undefined);
    }
  });

  const full = { images: 2, bytes: 12 };
  const refusals: [string, Partial<UserLimits>, number, Record<string, unknown>, RegExp][] = [
    [
      "one image more than are allowed",
      { maxImages: 2 },
      1,
      { limit: "images", maxImages: 2, ...full, size: 1 },
      /^The user has 2 images, and may have 2: delete some first\.$/,
    ],
    [
      "an image when fewer are allowed than are there",
      { maxImages: 1, maxBytes: 100 },
      1,
      { limit: "images", maxImages: 1, ...full, maxBytes: 100, size: 1 },
      /has 2 images, and may have 1/,
    ],
    [
      "one byte more than are allowed",
      { maxBytes: 20 },
      9,
      { limit: "bytes", ...full, maxBytes: 20, size: 9 },
      /^The user's images have 12 bytes, and may have 20: there is no room for 9 more\.$/,
    ],
    [
      "an image that is too large by itself",
      { maxImages: 10, maxBytes: 20 },
      21,
      { limit: "bytes", maxImages: 10, ...full, maxBytes: 20, size: 21 },
      /no room for 21 more/,
    ],
  ];
  for (const [what, limits, size, details, message] of refusals) {
    it(`refuse ${what}, before it is stored and for good`, async () => {
      await add(5);
      await add(7);
      const refusal = await add(size, limits);
      assert.ok(refusal);
      assert.deepEqual(
        [refusal.statusCode, refusal.code, refusal.details],
        [403, "UserLimitReached", details],
      );
      assert.match(refusal.message, message);
      await assert.rejects(countsWith(limits).requireRoom({ userId: "u", size }), refusal);
      assert.deepEqual(await row(), { userId: "u", ...full });
    });
  }

  it("refuse who has nothing yet an image that is too large by itself", async () => {
    const details = { limit: "bytes", images: 0, maxBytes: 20, bytes: 0, size: 21 };
    assert.deepEqual((await add(21, { maxBytes: 20 }))?.details, details);
    const early = countsWith({ maxBytes: 20 }).requireRoom({ userId: "u", size: 21 });
    await assert.rejects(early, { code: "UserLimitReached", details });
    assert.equal(await row(), undefined);
  });

  it("take exactly as much as is allowed", async () => {
    const limits = { maxImages: 2, maxBytes: 20 };
    for (const size of [12, 8]) {
      await countsWith(limits).requireRoom({ userId: "u", size });
      assert.equal(await add(size, limits), undefined);
    }
    assert.deepEqual(await row(), { userId: "u", images: 2, bytes: 20 });
  });

  describe("as the environment names them", () => {
    const settings = {
      USERS_TABLE: table,
      MAX_IMAGES_PER_USER: "3",
      MAX_BYTES_PER_USER: "0",
    };

    it("are none without a table, whatever the limits", () => {
      const { USERS_TABLE, ...limits } = settings;
      assert.equal(USERS_TABLE, table);
      assert.equal(createUserCounts(limits, createDynamoDb(), "limited"), undefined);
    });

    it("have the limits", () => {
      const counts = createUserCounts(settings, createDynamoDb(), "limited");
      assert.deepEqual(counts?.limits, { maxImages: 3, maxBytes: 0 });
    });

    it("have no limits, nor need any, where images are only withdrawn", () => {
      const counts = createUserCounts({ USERS_TABLE: table }, createDynamoDb(), "unlimited");
      assert.deepEqual(counts?.limits, none);
    });

    for (const [name, value] of [
      ["MAX_IMAGES_PER_USER", undefined],
      ["MAX_BYTES_PER_USER", ""],
      ["MAX_IMAGES_PER_USER", "-1"],
      ["MAX_BYTES_PER_USER", "1.5"],
    ] as const) {
      it(`are refused at the start with ${name} ${JSON.stringify(value)}`, () => {
        assert.throws(
          () => createUserCounts({ ...settings, [name]: value }, createDynamoDb(), "limited"),
          new RegExp(name),
        );
      });
    }
  });
});
