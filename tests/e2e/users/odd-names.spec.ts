import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { call, postJson } from "../support/api";
import { listImages, metadataOf, tryUpload } from "../support/images";
import { type Stack, withToken } from "../support/stack";
import { useIssuerStack } from "./support/issuer-stack";
import { imageFields } from "./support/things";

const suffix = randomUUID();

/** Ids that might be taken for each other, or for more than an id. */
const names = [
  `ada-${suffix}`,
  `Ada-${suffix}`,
  `ada-${suffix} `,
  `ada-${suffix}%20`,
  `é-${suffix}`,
  `e\u0301-${suffix}`,
  `🎨"\\'<${suffix}`,
  `__proto__`,
  `${suffix}#ada:b,c;d=e&userId=ada-${suffix}`,
];

describe("users whose ids are odd", function () {
  this.timeout(60_000);
  const stack = useIssuerStack();

  it("have their own image each, and that alone", async () => {
    const users = new Map<string, { user: Stack; imageId: string }>();
    for (const [index, name] of names.entries()) {
      const user = withToken(stack(), await stack().token(name));
      const me = await call(user, "/me");
      assert.deepEqual([me.status, me.body.userId], [200, name]);
      const isNamed = index % 2 === 0;
      const { userId, imageId } = metadataOf(
        isNamed
          ? await tryUpload(user, { userId: name })
          : await postJson(user, "/images", await imageFields()),
      );
      assert.equal(userId, name);
      users.set(name, { user, imageId });
    }
    for (const [name, { user, imageId }] of users) {
      const queries: Record<string, string>[] = [{}, { userId: name }];
      for (const query of queries) {
        const { images } = await listImages(user, query);
        const listed = images.map((image) => image.imageId);
        assert.deepEqual(listed, [imageId], name);
      }
      assert.deepEqual((await call(user, "/me")).body.images, { count: 1 }, name);
      const others = names.filter((other) => other !== name);
      for (const other of others.slice(0, 3)) {
        const query = new URLSearchParams({ userId: other }).toString();
        const { status, body } = await call(user, `/images?${query}`);
        assert.deepEqual([status, body.code], [403, "NotYourUser"], `${name}: ${other}`);
      }
    }
  });
});
