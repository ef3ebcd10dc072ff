import { strict as assert } from "node:assert";
import { keyCredentials, tokenCredentials } from "../../../views/images/credentials";

describe("the credentials of the view", () => {
  it("are the API key, asked for once, and again after a failure", async () => {
    const answers: (() => Promise<string>)[] = [
      () => Promise.reject(new Error("lost")),
      () => Promise.resolve("key"),
    ];
    const credentials = keyCredentials(() => (answers.shift() ?? assert.fail("asked again"))());
    await assert.rejects(credentials(false), /lost/);
    assert.deepEqual(await credentials(false), { "x-api-key": "key" });
    assert.deepEqual(await credentials(false), { "x-api-key": "key" });
  });

  it("are another API key, once the one that was read is refused", async () => {
    let count = 0;
    const credentials = keyCredentials(() => Promise.resolve(`key${++count}`));
    assert.deepEqual(await credentials(false), { "x-api-key": "key1" });
    assert.deepEqual(await credentials(true), { "x-api-key": "key2" });
    assert.deepEqual(await credentials(false), { "x-api-key": "key2" });
  });

  it("are a token, asked for anew a minute before it ends", async () => {
    let now = 0;
    let count = 0;
    const credentials = tokenCredentials(
      () => Promise.resolve({ token: `t${++count}`, expiresSeconds: 3600 }),
      () => now,
    );
    const next = async (isRefused = false) => (await credentials(isRefused)).authorization;
    assert.equal(await next(), "Bearer t1");
    now = 3_539_000;
    assert.equal(await next(), "Bearer t1");
    now = 3_540_000;
    assert.equal(await next(), "Bearer t2");
    assert.equal(await next(true), "Bearer t3");
    assert.equal(await next(), "Bearer t3");
  });
});
