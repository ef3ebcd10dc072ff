import assert from "node:assert/strict";
import { join } from "node:path";
import { readPackConfig, reconcileConfig } from "../../engine/policy-config";
import type { PackConfig, PolicyInfo } from "../../engine/policy-types";
import { temporaryProject } from "./temporary-project";

/** The config in a file of this content. */
async function read(content: string): Promise<PackConfig> {
  const { dir, remove } = await temporaryProject({ "config.json": content });
  try {
    return await readPackConfig(join(dir, "config.json"));
  } finally {
    await remove();
  }
}

async function assertUnreadable(content: string, message: RegExp): Promise<void> {
  await assert.rejects(read(content), { name: "ConfigurationError", message });
}

describe("The config file of a policy pack", () => {
  it("gives each policy a level, or a level and values", async () => {
    assert.deepEqual(
      await read('{ "all": "advisory", "one": { "enforcementLevel": "mandatory", "limit": 5 } }'),
      {
        all: { level: "advisory", properties: {} },
        one: { level: "mandatory", properties: { limit: 5 } },
      },
    );
  });

  it("may be empty", async () => {
    assert.deepEqual(await read(" \n"), {});
  });

  it("is refused when it cannot be read, or is no object", async () => {
    await assert.rejects(readPackConfig("/nowhere.json"), {
      name: "ConfigurationError",
      message: /^The policy pack config \/nowhere\.json cannot be read: ENOENT/,
    });
    await assertUnreadable("{", /cannot be read: .*JSON/);
    await assertUnreadable("[]", /must be a JSON object$/);
  });

  it("is refused when a policy's config is neither a level nor an object", async () => {
    await assertUnreadable(
      '{ "one": 1 }',
      /the config of 'one' must be an enforcement level or an/,
    );
    await assertUnreadable(
      '{ "one": "strict" }',
      /"strict" is not a valid enforcement level of 'one'; the levels are advisory, mandatory,/,
    );
    await assertUnreadable('{ "one": { "enforcementLevel": 2 } }', /2 is not a valid/);
  });
});

describe("reconcileConfig", () => {
  const one: PolicyInfo = {
    name: "one",
    description: "",
    level: "advisory",
    tags: [],
    configSchema: {
      properties: {
        limit: { type: "integer", default: 10, minimum: 1 },
        unit: { type: "string", enum: ["cm", "m"] },
      },
      required: [],
    },
  };
  const two: PolicyInfo = { name: "two", description: "", level: "mandatory", tags: [] };

  function reconcile(initial: PackConfig, given: PackConfig) {
    return reconcileConfig([one, two], initial, given);
  }

  it("begins with the defaults of the policies", () => {
    assert.deepEqual(reconcile({}, {}), {
      one: { level: "advisory", properties: { limit: 10 } },
      two: { level: "mandatory", properties: {} },
    });
  });

  it("lets the given config go before the pack's, and a policy's own before that of all", () => {
    assert.deepEqual(
      reconcile(
        { all: { level: "disabled" }, one: { properties: { limit: 5, unit: "m" } } },
        { one: { level: "mandatory", properties: { limit: 7 } } },
      ),
      {
        one: { level: "mandatory", properties: { limit: 7, unit: "m" } },
        two: { level: "disabled", properties: {} },
      },
    );
    assert.equal(
      reconcile({ two: { level: "advisory" } }, { all: { level: "disabled" } }).two?.level,
      "disabled",
    );
  });

  it("names every value that a policy does not have, and what was probably meant", () => {
    const given = {
      ones: { level: "mandatory" as const },
      one: { properties: { limitt: 1, colour: "red" } },
      all: { properties: { limit: 1 } },
    };
    assert.throws(() => reconcile({}, given), {
      name: "ConfigurationError",
      message:
        "invalid policy pack config:\n" +
        "  ones: the policy pack has no such policy; did you mean one?\n" +
        "  one: it has no value limitt; did you mean limit?\n" +
        "  one: it has no value colour\n" +
        "  all: it has no value limit",
    });
  });

  it("names every policy that there is not, and every value that a policy does not accept", () => {
    assert.throws(
      () =>
        reconcile(
          {},
          { three: { level: "mandatory" }, one: { properties: { limit: 0, unit: "km" } } },
        ),
      {
        name: "ConfigurationError",
        message:
          "invalid policy pack config:\n" +
          "  three: the policy pack has no such policy\n" +
          "  one: limit must be >= 1\n" +
          "  one: unit must be equal to one of the allowed values: cm, m",
      },
    );
  });

  it("names values that are required and missing", () => {
    const strict = { ...one, configSchema: { properties: {}, required: ["owner"] } };
    assert.throws(() => reconcileConfig([strict], {}, {}), {
      message: /one: must have required property 'owner'$/,
    });
  });
});
