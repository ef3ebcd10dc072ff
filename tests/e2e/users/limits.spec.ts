import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { makeImage } from "../../support/images";
import { type Answer, assertError, type Call, call } from "../support/api";
import { createUpload, sendImage, outcomeOf, untilTaken } from "../support/direct-uploads";
import { storedImages } from "../support/stack";
import { useUsers } from "../support/use-users";
import { limitedUsers } from "./support/things";

describe("limits of users", () => {
  const stack = useUsers(limitedUsers);
  let png: Buffer;
  before(async () => {
    png = await makeImage("png");
  });

  async function as(user: string, path: string, options: Call = {}): Promise<Answer> {
    const authorization = `Bearer ${await stack().token(user)}`;
    const headers = { authorization, ...options.headers };
    return await call(stack(), path, { ...options, headers, apiKey: null });
  }

  const newUser = () => `limited-${randomUUID()}`;

  function upload(user: string, image = png): Promise<Answer> {
    return as(user, "/images", {
      method: "POST",
      headers: { "content-type": "image/png" },
      body: image,
    });
  }

  async function uploaded(user: string, image = png): Promise<string> {
    const { status, body } = await upload(user, image);
    assert.equal(status, 201, JSON.stringify(body));
    return String(body.imageId);
  }

  async function amounts(user: string): Promise<unknown[]> {
    const { status, headers, body } = await as(user, "/me");
    assert.deepEqual([status, body.userId, body.isAdmin], [200, user, false]);
    assert.equal(headers.get("cache-control"), "private, no-store");
    return [body.images, body.bytes];
  }

  const counted = (images: number, bytes = images * png.length) => [
    { count: images, max: 2 },
    { count: bytes, max: 1000 },
  ];

  async function stored(): Promise<string[]> {
    return await storedImages(stack());
  }

  it("let in as many images as are allowed, each user apart, and again what was deleted", async () => {
    const [user, other] = [newUser(), newUser()];
    assert.deepEqual(await amounts(user), counted(0));
    const imageId = await uploaded(user);
    await uploaded(user);
    const before = await stored();
    const refused = await upload(user);
    assertError(refused, 403, "UserLimitReached");
    const { limit, maxImages, images, maxBytes, bytes, size } = refused.body;
    assert.deepEqual(
      { limit, maxImages, images, maxBytes, bytes, size },
      {
        limit: "images",
        maxImages: 2,
        images: 2,
        maxBytes: 1000,
        bytes: 2 * png.length,
        size: png.length,
      },
    );
    assert.deepEqual(await stored(), before);
    await uploaded(other);
    assert.deepEqual([await amounts(user), await amounts(other)], [counted(2), counted(1)]);
    for (let time = 0; time < 2; time++) {
      const { status } = await as(user, `/images/${imageId}`, { method: "DELETE" });
      assert.equal(status, 204);
      assert.deepEqual(await amounts(user), counted(1));
    }
    await uploaded(user);
  });

  it("refuse more bytes than are allowed, announced ones as well, and store nothing", async () => {
    const user = newUser();
    await uploaded(user);
    const before = await stored();
    const large = Buffer.concat([png, Buffer.alloc(1000 - 2 * png.length + 1)]);
    const announced = { content_type: "image/png", size: large.length };
    for (const answer of [
      await upload(user, large),
      await as(user, "/uploads", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(announced),
      }),
    ]) {
      assertError(answer, 403, "UserLimitReached");
      assert.deepEqual([answer.body.limit, answer.body.bytes], ["bytes", png.length]);
    }
    assert.deepEqual(await stored(), before);
    await uploaded(user, large.subarray(0, -1));
    assert.deepEqual(await amounts(user), counted(2, 1000));
  });

  it("reject a direct upload for which there is no room any more, and keep nothing of it", async () => {
    const user = newUser();
    const created = await createUpload(stack(), { user_id: user, size: png.length });
    await uploaded(user);
    await uploaded(user);
    await sendImage(created, png);
    const { status, reason } = await outcomeOf(stack(), created);
    assert.equal(status, "rejected");
    assert.equal((reason as Record<string, unknown>).code, "UserLimitReached");
    assert.deepEqual(
      await stored().then((all) => all.filter((line) => line.includes(created.uploadId))),
      [`row ${created.uploadId}`],
    );
    assert.deepEqual(await amounts(user), counted(2));
    assertError(await as(user, `/images/${created.uploadId}`), 404, "ImageRejected");
  });

  it("count a direct upload when it is an image, and not before", async () => {
    const user = newUser();
    const created = await createUpload(stack(), { user_id: user, size: png.length });
    assert.deepEqual(await amounts(user), counted(0));
    await sendImage(created, png);
    assert.equal((await outcomeOf(stack(), created)).status, "ready");
    await untilTaken(stack(), created.uploadId);
    assert.deepEqual(await amounts(user), counted(1));
  });

  it("let in one of ten images at once where there is room for one", async () => {
    const user = newUser();
    await uploaded(user);
    const answers = await Promise.all(Array.from({ length: 10 }, () => upload(user)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [
      201,
      ...Array<number>(9).fill(403),
    ]);
    assert.deepEqual(await amounts(user), counted(2));
  });

  it("are those of whom programs with a key upload for; a key has none of its own", async () => {
    const user = newUser();
    const headers = { "content-type": "image/png" };
    const path = `/images?userId=${user}`;
    for (const status of [201, 201, 403]) {
      const answer = await call(stack(), path, { method: "POST", headers, body: png });
      assert.equal(answer.status, status, JSON.stringify(answer.body));
    }
    assert.deepEqual(await amounts(user), counted(2));
    assertError(await call(stack(), "/me"), 403, "NoUser");
  });
});
