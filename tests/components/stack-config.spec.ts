import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import {
  configKeys,
  largestDirectUploadBytes,
  largestUploadBytes,
  readStackConfig,
} from "../../components/stack-config";

const good: Record<string, string> = {
  prefix: "darkroom",
  environment: "Production",
  alertEmail: "alerts@example.com",
  dynamoReadCapacity: "5",
  dynamoWriteCapacity: "5",
  logRetentionDays: "30",
  dailyRequestQuota: "1000",
  processThrottleRate: "10",
  processThrottleBurst: "20",
  apiThrottleRate: "100",
  apiThrottleBurst: "200",
  maxUploadBytes: "4194304",
  maxDirectUploadBytes: "104857600",
  maxImagePixels: "100000000",
  resultsLockDays: "1",
  protectData: "true",
  manageApiGatewayAccount: "true",
};

function read(config: Record<string, string>) {
  const entries = Object.entries(config).map(([key, value]) => [`darkroom:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(entries) as Record<string, string>);
  return readStackConfig(new pulumi.Config("darkroom"));
}

/** The lines after the first of what `config` is refused with. */
function problems(config: Record<string, string>): string[] {
  let message = "";
  assert.throws(
    () => read(config),
    (error) => {
      assert.ok(pulumi.RunError.isInstance(error));
      message = error.message;
      return true;
    },
  );
  return message.split("\n").slice(1);
}

describe("readStackConfig", () => {
  it("types every value", () => {
    assert.deepEqual(read(good), {
      prefix: "darkroom",
      environment: "Production",
      alertEmail: "alerts@example.com",
      dynamoReadCapacity: 5,
      dynamoWriteCapacity: 5,
      logRetentionDays: 30,
      dailyRequestQuota: 1000,
      processThrottleRate: 10,
      processThrottleBurst: 20,
      apiThrottleRate: 100,
      apiThrottleBurst: 200,
      maxUploadBytes: 4_194_304,
      maxDirectUploadBytes: 104_857_600,
      maxImagePixels: 100_000_000,
      resultsLockDays: 1,
      protectData: true,
      manageApiGatewayAccount: true,
    });
  });

  it("lists every problem, each with key, value given and values accepted", () => {
    const listed = problems({
      ...good,
      alertEmail: "nobody",
      dynamoReadCapacity: "4",
      protectData: "yes",
    });
    assert.deepEqual(listed, [
      '  darkroom:alertEmail is "nobody"; accepted: an e-mail address',
      '  darkroom:dynamoReadCapacity is "4"; accepted: an integer from 5 to 40000',
      '  darkroom:protectData is "yes"; accepted: true or false',
    ]);
  });

  it("says what is not set, and has no default of its own", () => {
    const listed = problems({});
    assert.equal(listed.length, configKeys.length);
    assert.ok(listed.every((line) => line.includes(" is not set; accepted: ")));
  });

  const refused: [string, string[]][] = [
    [
      "prefix",
      ["", "d", "Darkroom", "1room", "dark_room", "dark-", "xn--a", "sthree-a", "d".repeat(31)],
    ],
    ["environment", ["", " Production", "Production ", "a;b", "a".repeat(257)]],
    ["alertEmail", ["", "a@", "@b.example", "a b@c.example"]],
    ["dynamoReadCapacity", ["4", "5.5", "5e1", "-5", "05", "five", "", "40001"]],
    ["dynamoWriteCapacity", ["4", "5.0", " 5", "Infinity", "40001"]],
    ["logRetentionDays", ["0", "2", "31", "30.0", "-1"]],
    ["dailyRequestQuota", ["0", "-1", "1.5"]],
    ["processThrottleRate", ["0", "10001"]],
    ["processThrottleBurst", ["0", "5001"]],
    ["apiThrottleRate", ["0", "10001"]],
    ["apiThrottleBurst", ["0", "5001"]],
    ["maxUploadBytes", ["0", String(largestUploadBytes + 1)]],
    ["maxDirectUploadBytes", ["0", String(largestDirectUploadBytes + 1)]],
    ["maxImagePixels", ["0", "2147483648"]],
    ["resultsLockDays", ["-1", "0.5", "36501"]],
    ["protectData", ["True", "1", ""]],
    ["manageApiGatewayAccount", ["no"]],
  ];
  for (const [key, values] of refused) {
    it(`refuses ${key} that is out of bounds`, () => {
      for (const value of values) {
        assert.equal(problems({ ...good, [key]: value }).length, 1, `accepted "${value}"`);
      }
    });
  }

  it("accepts the bounds themselves", () => {
    const bounds = {
      prefix: `d${"0".repeat(29)}`,
      environment: "Dev / Test: a_b.c=d+e-f@g",
      resultsLockDays: "0",
      maxUploadBytes: String(largestUploadBytes),
      maxDirectUploadBytes: String(largestDirectUploadBytes),
      maxImagePixels: "2147483647",
      logRetentionDays: "3653",
    };
    assert.doesNotThrow(() => read({ ...good, ...bounds }));
  });

  it("limits uploads to what a Lambda event holds as base64, with room for the rest", () => {
    const eventBytes = 6 * 1024 * 1024;
    const base64Bytes = Math.ceil(largestUploadBytes / 3) * 4;
    assert.equal(eventBytes - base64Bytes, 256 * 1024);
  });
});

describe("Pulumi.yaml", () => {
  interface Declaration {
    type: string;
    default?: string | number | boolean;
    description?: string;
  }
  const project = parse(readFileSync("Pulumi.yaml", "utf8")) as {
    runtime: string;
    config: Record<string, Declaration>;
  };
  const { "aws:region": region, ...declared } = project.config;

  it("declares exactly the keys that the program reads, each with type and description", () => {
    assert.deepEqual(Object.keys(declared).sort(), [...configKeys].sort());
    for (const [key, { type, description }] of Object.entries(declared)) {
      assert.match(type, /^(string|integer|boolean)$/, key);
      assert.ok(description, key);
    }
  });

  it("has an accepted default for every key but the address of alerts", () => {
    const defaults = Object.entries(declared)
      .filter(([, { default: value }]) => value !== undefined)
      .map(([key, { default: value }]) => [key, String(value)]);
    const config = Object.fromEntries(defaults) as Record<string, string>;
    assert.deepEqual(read({ alertEmail: "alerts@example.com", ...config }), read(good));
    assert.equal("alertEmail" in config, false);
  });

  it("puts stacks into us-east-1 unless they say otherwise", () => {
    assert.deepEqual(region, { value: "us-east-1" });
  });

  for (const stack of ["local", "production"]) {
    it(`is followed by a config of the stack ${stack} that is accepted`, () => {
      const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as {
        config: Record<string, unknown>;
      };
      const own = Object.entries(config).map(([key, value]) => [
        key.replace("darkroom:", ""),
        String(value),
      ]);
      assert.doesNotThrow(() =>
        read({ ...good, ...(Object.fromEntries(own) as Record<string, string>) }),
      );
    });
  }
});
