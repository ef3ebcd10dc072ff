import assert from "node:assert/strict";
import { bcryptHash } from "../../provider/bcrypt";
import { randomResources } from "../../provider/random";
import { randomBelow, shuffled } from "../../provider/random-values";
import type { PlannedResource, Properties, ResourceRequest } from "../../provider/resource";

async function plan(
  name: string,
  inputs: Properties,
  existing?: ResourceRequest["existing"],
): Promise<PlannedResource> {
  const type = `random:index/random${name}:Random${name}`;
  const planner = randomResources[type] ?? assert.fail(type);
  return planner({
    type,
    name: "value",
    urn: `urn:pulumi:local::darkroom::${type}::value`,
    inputs,
    projectDir: "",
    physicalName: () => assert.fail("a value has no name"),
    stableId: () => assert.fail("a value is random"),
    ...(existing && { existing }),
  });
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe("randomResources", () => {
  it("draw a password with the provider's defaults, its hash, and an id that tells nothing", async () => {
    const { id, outputs, secretOutputs } = await plan("Password", { length: 40 });
    const { result, bcryptHash: hash, ...rest } = outputs as Record<string, string>;
    assert.equal(id, "none");
    assert.match(result ?? "", /^[A-Za-z0-9!@#$%&*()\-_=+[\]{}<>:?]{40}$/);
    assert.match(hash ?? "", /^\$2a\$10\$[./A-Za-z0-9]{53}$/);
    assert.notEqual(hash, bcryptHash(result ?? ""));
    assert.deepEqual(rest, {
      length: 40,
      lower: true,
      minLower: 0,
      minNumeric: 0,
      minSpecial: 0,
      minUpper: 0,
      number: true,
      numeric: true,
      special: true,
      upper: true,
    });
    assert.deepEqual(secretOutputs, ["bcryptHash", "result"]);
  });

  it("draw a text of what is asked for, and at least so much of each kind", async () => {
    const inputs = {
      ...{ length: 12, upper: false, overrideSpecial: "~€" },
      ...{ minLower: 3, minNumeric: 4, minSpecial: 4, minUpper: 1 },
    };
    const { id, outputs, secretOutputs } = await plan("String", inputs);
    const text = String(outputs.result);
    assert.equal(id, text);
    assert.equal(text.replace(/[^a-z]/g, "").length, 3);
    assert.equal(text.replace(/[^0-9]/g, "").length, 4);
    assert.equal(text.replace(/[^~€]/g, "").length, 4);
    assert.equal(text.replace(/[^A-Z]/g, "").length, 1);
    assert.deepEqual(secretOutputs, []);
    const digits = await plan("String", { length: 9, special: false, upper: false, lower: false });
    assert.match(String(digits.outputs.result), /^\d{9}$/);
    const noDigits = await plan("String", { length: 200, special: false, number: false });
    assert.match(String(noDigits.outputs.result), /^[A-Za-z]{200}$/);
    assert.equal(noDigits.outputs.numeric, false);
  });

  it("fail where there is nothing to draw from", async () => {
    const inputs = { length: 1, special: false, upper: false, lower: false, numeric: false };
    await assert.rejects(plan("String", inputs), /the character set specified is empty/);
  });

  it("draw bytes, which are secret", async () => {
    const { id, outputs, secretOutputs } = await plan("Bytes", { length: 16 });
    const bytes = Buffer.from(String(outputs.base64), "base64");
    assert.equal(bytes.length, 16);
    assert.equal(outputs.hex, bytes.toString("hex"));
    assert.equal(id, outputs.base64);
    assert.deepEqual(secretOutputs, ["base64", "hex"]);
  });

  it("draw an id in four ways to write it", async () => {
    const { id, outputs } = await plan("Id", { byteLength: 5, prefix: "p-" });
    const bytes = Buffer.from(id, "base64url");
    assert.equal(bytes.length, 5);
    assert.deepEqual(outputs, {
      b64Std: `p-${bytes.toString("base64")}`,
      b64Url: `p-${bytes.toString("base64url")}`,
      byteLength: 5,
      dec: `p-${bytes.readUIntBE(0, 5)}`,
      hex: `p-${bytes.toString("hex")}`,
      prefix: "p-",
    });
  });

  it("draw a whole number, the ends included", async () => {
    const results = new Set<unknown>();
    for (let round = 0; round < 200; round++) {
      const { id, outputs } = await plan("Integer", { min: -1, max: 1 });
      assert.equal(id, String(outputs.result));
      results.add(outputs.result);
    }
    assert.deepEqual([...results].sort(), [-1, 0, 1]);
    const { outputs } = await plan("Integer", { min: 5, max: 5 });
    assert.equal(outputs.result, 5);
  });

  it("draw UUIDs, with a version where the type names one", async () => {
    assert.match((await plan("Uuid", {})).id, uuid);
    const four = await plan("Uuid4", {});
    assert.match(four.id, uuid);
    assert.equal(four.id[14], "4");
    const seven = await plan("Uuid7", {});
    assert.match(seven.id, uuid);
    assert.equal(seven.id[14], "7");
    assert.equal(seven.outputs.result, seven.id);
  });

  it("draw names of pets", async () => {
    assert.match((await plan("Pet", {})).id, /^[a-z]+-[a-z]+$/);
    assert.match((await plan("Pet", { length: 1 })).id, /^[a-z]+$/);
    const four = await plan("Pet", { length: 4, separator: ".", prefix: "my" });
    assert.match(four.id, /^my(\.[a-z]+){4}$/);
    assert.deepEqual(four.outputs, { length: 4, separator: ".", prefix: "my" });
    assert.equal((await plan("Pet", {})).outputs.length, 2);
  });

  it("shuffle a list, again and again until there are enough", async () => {
    const inputs = ["a", "b", "c"];
    const all = await plan("Shuffle", { inputs });
    assert.equal(all.id, "-");
    assert.deepEqual([...(all.outputs.results as string[])].sort(), inputs);
    const { results } = (await plan("Shuffle", { inputs, resultCount: 7 })).outputs;
    const list = results as string[];
    assert.equal(list.length, 7);
    assert.deepEqual(list.slice(0, 3).sort(), inputs);
    assert.deepEqual(list.slice(3, 6).sort(), inputs);
    assert.deepEqual((await plan("Shuffle", { inputs: [], resultCount: 7 })).outputs.results, []);
  });

  it("keep what there is", async () => {
    for (const [name, inputs] of Object.entries<Properties>({
      Bytes: { length: 8 },
      Id: { byteLength: 8 },
      Integer: { min: 0, max: 1_000_000_000 },
      Password: { length: 20 },
      Pet: { length: 9 },
      Shuffle: { inputs: Array.from("abcdefghijklmnopqrstuvwxyz") },
      String: { length: 20 },
      Uuid: {},
      Uuid4: {},
      Uuid7: {},
    })) {
      const first = await plan(name, inputs);
      const again = await plan(name, inputs, first);
      assert.deepEqual([again.id, again.outputs], [first.id, first.outputs], name);
      const other = await plan(name, inputs);
      assert.notDeepEqual(other.outputs, name === "Pet" ? undefined : first.outputs, name);
    }
  });

  it("refuse a seed", async () => {
    const seeded = { Integer: { min: 0, max: 1 }, Shuffle: { inputs: ["a"] } };
    for (const [name, inputs] of Object.entries(seeded)) {
      await assert.rejects(
        plan(name, { ...inputs, seed: "s" }),
        /value: the local cloud does not emulate seed/,
      );
    }
  });
});

describe("randomBelow", () => {
  it("draws every number of a range that is no power of two about as often", () => {
    const counts = [0, 0, 0];
    for (let round = 0; round < 3000; round++) {
      const drawn = Number(randomBelow(3n));
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    assert.ok(
      counts.every((count) => count > 800 && count < 1200),
      counts.join(),
    );
  });
});

describe("shuffled", () => {
  it("keeps every item once", () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    assert.deepEqual(
      shuffled(items).sort((one, other) => one - other),
      items,
    );
  });
});
