import { strict as assert } from "node:assert";
import { keyCredentials, tokenCredentials } from "../../../views/images/credentials";

describe("the credentials of the view", () => {
  it("are the API key, asked for once, and again after a failure", async () => {
    const answers: (() => Promise<string>)[] = [
      () => Promise.reject(new Error("lost")),
      () => Promise.resolve("key"),
    ];
    const credentials = keyCredentials(() => (answers.shift() ?? assert.fail("asked again"))());
    await assert.rejects(credentials(), /lost/);
    assert.deepEqual(await credentials(), { "x-api-key": "key" });
    assert.deepEqual(await credentials(), { "x-api-key": "key" });
  });

  it("are a token, asked for anew a minute before it ends", async () => {
    let now = 0;
    let count = 0;
    const credentials = tokenCredentials(
      () => Promise.resolve({ token: `t${++count}`, expiresSeconds: 3600 }),
      () => now,
    );
    const next = async () => (await credentials()).authorization;
    assert.equal(await next(), "Bearer t1");
    now = 3_539_000;
    assert.equal(await next(), "Bearer t1");
    now = 3_540_000;
    assert.equal(await next(), "Bearer t2");
  });
});
