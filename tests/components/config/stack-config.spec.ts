import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import {
  configKeys,
  requiredKeys,
  largestDirectUploadBytes,
  largestUploadBytes,
  readStackConfig,
} from "../../../components/config/stack-config";

const good: Record<string, string> = {
  prefix: "darkroom",
  environment: "Production",
  alertEmail: "alerts@example.com",
  dynamoReadCapacity: "0",
  dynamoWriteCapacity: "0",
  logRetentionDays: "30",
  xrayTracing: "true",
  detailedMetrics: "false",
  detailedLogs: "false",
  reservedConcurrency: "[]",
  apiKeys: '["1"]',
  dailyRequestQuota: "1000",
  processThrottleRate: "10",
  processThrottleBurst: "20",
  apiThrottleRate: "100",
  apiThrottleBurst: "200",
  maxUploadBytes: "4194304",
  maxDirectUploadBytes: "104857600",
  maxImagePixels: "100000000",
  resultsLockDays: "1",
  bucketAccessLogs: "false",
  bucketAccessLogDays: "90",
  protectData: "true",
  manageApiGatewayAccount: "true",
  permissionsBoundary: "",
  presets: '["thumb?width=240&height=240","small?width=640","large?width=1600"]',
  presetsOnly: "false",
  publicPresets: "[]",
  watermark: "",
  renditionExpireDays: "90",
  maxUrlSeconds: "86400",
  urlWindowSeconds: "900",
  urlSigningKeys: '["1"]',
  originShieldRegion: "",
  stripLocation: "false",
  malwareScan: "false",
  allowedOrigins: '["*"]',
  domainName: "",
  hostedZone: "",
  cdnCertificateArn: "",
  apiCertificateArn: "",
  firewall: "false",
  firewallRateLimit: "10000",
  allowedCountries: "[]",
  deniedCountries: "[]",
  hsts: "host",
  cdnAccessLogs: "false",
  cdnAccessLogDays: "90",
  oidcIssuer: "",
  oidcAudience: "[]",
  oidcUserClaim: "sub",
  oidcAdminClaim: "",
  oidcAdminValue: "",
  allowApiKeys: "false",
  maxImagesPerUser: "0",
  maxBytesPerUser: "0",
  dashboard: "false",
  businessMetrics: "false",
  publishEvents: "true",
  logQueries: "false",
  monthlyBudget: "0",
  budgetScope: "account",
  repositoryUrl: "",
  rollout: "",
};

const withUsers = {
  ...good,
  oidcIssuer: "https://id.example.com",
  oidcAudience: '["darkroom"]',
};

function read(config: Record<string, string>, environment: NodeJS.ProcessEnv = {}) {
  const entries = Object.entries(config).map(([key, value]) => [`darkroom:${key}`, value]);
  pulumi.runtime.setAllConfig(Object.fromEntries(entries) as Record<string, string>);
  return readStackConfig(new pulumi.Config("darkroom"), { stack: "staging", environment });
}

/** A value of a YAML file as programs get it. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A list of this many different texts of this length, as JSON. */
function list(count: number, length = 3): string {
  return JSON.stringify(
    Array.from({ length: count }, (_, index) => String(index).padEnd(length, "a")),
  );
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
      dynamoReadCapacity: 0,
      dynamoWriteCapacity: 0,
      recordsCapacity: undefined,
      logRetentionDays: 30,
      xrayTracing: true,
      detailedMetrics: false,
      detailedLogs: false,
      reservedConcurrency: {},
      apiKeys: ["1"],
      dailyRequestQuota: 1000,
      processThrottleRate: 10,
      processThrottleBurst: 20,
      apiThrottleRate: 100,
      apiThrottleBurst: 200,
      maxUploadBytes: 4_194_304,
      maxDirectUploadBytes: 104_857_600,
      maxImagePixels: 100_000_000,
      resultsLockDays: 1,
      bucketAccessLogs: false,
      bucketAccessLogDays: 90,
      protectData: true,
      manageApiGatewayAccount: true,
      permissionsBoundary: "",
      presets: ["thumb?width=240&height=240", "small?width=640", "large?width=1600"],
      presetsOnly: false,
      publicPresets: [],
      watermark: "",
      renditionExpireDays: 90,
      maxUrlSeconds: 86_400,
      urlWindowSeconds: 900,
      urlSigningKeys: ["1"],
      originShieldRegion: "",
      stripLocation: false,
      malwareScan: false,
      allowedOrigins: ["*"],
      domainName: "",
      hostedZone: "",
      cdnCertificateArn: "",
      apiCertificateArn: "",
      firewall: false,
      firewallRateLimit: 10_000,
      allowedCountries: [],
      deniedCountries: [],
      hsts: "host",
      cdnAccessLogs: false,
      cdnAccessLogDays: 90,
      edge: { hsts: "host" },
      oidcIssuer: "",
      oidcAudience: [],
      oidcUserClaim: "sub",
      oidcAdminClaim: "",
      oidcAdminValue: "",
      allowApiKeys: false,
      maxImagesPerUser: 0,
      maxBytesPerUser: 0,
      dashboard: false,
      businessMetrics: false,
      publishEvents: true,
      logQueries: false,
      monthlyBudget: 0,
      budgetScope: "account",
      repositoryUrl: "",
      rollout: "",
      users: undefined,
      renditions: {
        presets: {
          thumb: "width-240_height-240_format-auto",
          small: "width-640_format-auto",
          large: "width-1600_format-auto",
        },
        presetsOnly: false,
        publicPresets: [],
        watermark: undefined,
      },
    });
  });

  it("tells of each preset what is wrong with it, beside problems of other keys", () => {
    const [alert, ...listed] = problems({
      ...good,
      alertEmail: "nobody",
      presets: '["Thumb?width=1","small?width=0","large?width=1&wdith=2","large"]',
      publicPresets: '["tiny"]',
      watermark: "logo?opacity=2",
    });
    assert.equal(alert, '  darkroom:alertEmail is "nobody"; accepted: an e-mail address');
    assert.deepEqual(
      listed.map((line) => line.split("; accepted: ")[0]),
      [
        "  darkroom:presets has Thumb, whose name is not of 1 to 32 letters and digits, beginning with a small letter",
        '  darkroom:presets has small, whose width must be a whole number from 1 to 8192, not "0"',
        "  darkroom:presets has large, whose wdith is not accepted (did you mean width?)",
        "  darkroom:presets has large twice",
        "  darkroom:publicPresets has tiny, which is none of presets",
        "  darkroom:watermark must begin with the id of an image, in small letters",
        '  darkroom:watermark must have as opacity a number from 0.01 to 1, not "2"',
      ],
    );
    assert.ok(listed.every((line) => line.includes("; accepted: ")));
  });

  it("tells what does not go together at the edge, beside problems of other keys", () => {
    const listed = problems({
      ...good,
      alertEmail: "nobody",
      hostedZone: "example.com",
      allowedCountries: '["DE"]',
      deniedCountries: '["KP"]',
    });
    assert.deepEqual(
      listed.map((line) => line.split("; accepted: ")[0]),
      [
        '  darkroom:alertEmail is "nobody"',
        '  darkroom:hostedZone is "example.com" without a domainName',
        '  darkroom:deniedCountries is "[\\"KP\\"]" beside allowedCountries',
      ],
    );
    assert.ok(listed.every((line) => line.includes("; accepted: ")));
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
      '  darkroom:dynamoReadCapacity is "4"; accepted: an integer from 5 to 40000, or 0 for on demand',
      '  darkroom:protectData is "yes"; accepted: true or false',
    ]);
  });

  it("says how to set what has no default, in the same message as all else", () => {
    assert.deepEqual([...requiredKeys], ["alertEmail"]);
    const withoutAlertEmail = Object.fromEntries(
      Object.entries(good).filter(([key]) => key !== "alertEmail"),
    );
    for (const unset of [{ ...good, alertEmail: "" }, withoutAlertEmail]) {
      assert.deepEqual(problems({ ...unset, protectData: "yes" }), [
        "  darkroom:alertEmail is not set; accepted: an e-mail address; " +
          "set it: pulumi config set --stack staging alertEmail <value>",
        '  darkroom:protectData is "yes"; accepted: true or false',
      ]);
    }
  });

  it("provisions a table of which either capacity is given, and has it on demand else", () => {
    const capacity = (read: string, write: string) => ({
      ...good,
      dynamoReadCapacity: read,
      dynamoWriteCapacity: write,
    });
    assert.deepEqual(read(capacity("5", "40000")).recordsCapacity, {
      readCapacity: 5,
      writeCapacity: 40_000,
    });
    assert.deepEqual(read(capacity("0", "9")).recordsCapacity, {
      readCapacity: 5,
      writeCapacity: 9,
    });
    assert.deepEqual(read(capacity("7", "0")).recordsCapacity, {
      readCapacity: 7,
      writeCapacity: 5,
    });
    assert.equal(read(capacity("0", "0")).recordsCapacity, undefined);
  });

  it("knows what is kept for each function", () => {
    const reservedConcurrency = '["render-image=20","sweep-images=0","upload-image=50"]';
    assert.deepEqual(read({ ...good, reservedConcurrency }).reservedConcurrency, {
      "render-image": 20,
      "sweep-images": 0,
      "upload-image": 50,
    });
  });

  it("tells of each function that nothing can be kept for why that is so", () => {
    const reservedConcurrency = JSON.stringify([
      ...["render-imag=1", "get-me=1", "authorize=2", "get-image=3", "get-image=3", "xyz=1"],
    ]);
    const listed = problems({ ...good, reservedConcurrency });
    assert.deepEqual(
      listed.map((line) => line.split("; accepted: ")[0]),
      [
        "has render-imag, which is no function of the stack (did you mean render-image?)",
        "has get-me, which there is only with an oidcIssuer",
        "has authorize, which there is only with an oidcIssuer",
        "has get-image twice",
        "has xyz, which is no function of the stack",
      ].map((problem) => `  darkroom:reservedConcurrency ${problem}`),
    );
    assert.ok(listed.every((line) => line.includes("such as render-image=20")));
  });

  it("tells of a function that is kept executions where events are not published", () => {
    const reservedConcurrency = '["publish-events=2","get-me=1"]';
    const lacking = (name: string, key: string) =>
      `  darkroom:reservedConcurrency has ${name}, which there is only with ${key}`;
    const told = (config: Record<string, string>) =>
      problems({ ...config, publishEvents: "false", reservedConcurrency }).map(
        (line) => line.split("; accepted: ")[0],
      );
    const silent = lacking("publish-events", "publishEvents");
    assert.deepEqual(told(good), [silent, lacking("get-me", "an oidcIssuer")]);
    assert.deepEqual(told(withUsers), [silent]);
    assert.deepEqual(told({ ...good, xrayTracing: "yes" }).slice(1), [
      silent,
      lacking("get-me", "an oidcIssuer"),
    ]);
  });

  it("does not suggest a function that there is not without events", () => {
    const reservedConcurrency = '["publish-event=2"]';
    const [told] = problems({ ...good, publishEvents: "false", reservedConcurrency });
    assert.match(told ?? "", / has publish-event, which is no function of the stack; accepted: /);
  });

  it("keeps executions for the function of events where they are published", () => {
    const reservedConcurrency = '["publish-events=2"]';
    assert.deepEqual(
      read({ ...good, publishEvents: "true", reservedConcurrency }).reservedConcurrency,
      {
        "publish-events": 2,
      },
    );
  });

  it("keeps executions for the functions of users where there are users", () => {
    const reservedConcurrency = '["authorize=100","get-me=1"]';
    assert.deepEqual(read({ ...withUsers, reservedConcurrency }).reservedConcurrency, {
      authorize: 100,
      "get-me": 1,
    });
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
    ["xrayTracing", ["yes", ""]],
    ["detailedMetrics", ["1"]],
    ["detailedLogs", ["INFO"]],
    ["dynamoReadCapacity", ["1", "4", "5.5", "5e1", "-5", "05", "five", "", "40001"]],
    ["dynamoWriteCapacity", ["4", "5.0", " 5", "Infinity", "40001"]],
    ["logRetentionDays", ["0", "2", "31", "30.0", "-1"]],
    ["reservedConcurrency", ["", "render-image=1", '["render-image"]', '["render-image=-1"]']],
    ["reservedConcurrency", ['["render-image=1.5"]', '["render-image= 1"]', '["=1"]', "[1]"]],
    ["apiKeys", ["", "[]", '["a","a"]', '["A"]', '["1","2","3","4","5","6"]']],
    ["dailyRequestQuota", ["0", "-1", "1.5"]],
    ["processThrottleRate", ["0", "10001"]],
    ["processThrottleBurst", ["0", "5001"]],
    ["apiThrottleRate", ["0", "10001"]],
    ["apiThrottleBurst", ["0", "5001"]],
    ["maxUploadBytes", ["0", String(largestUploadBytes + 1)]],
    ["maxDirectUploadBytes", ["0", String(largestDirectUploadBytes + 1)]],
    ["maxImagePixels", ["0", "2147483648"]],
    ["resultsLockDays", ["-1", "0.5", "36501"]],
    ["bucketAccessLogs", ["yes", ""]],
    ["bucketAccessLogDays", ["0", "1.5", "36501"]],
    ["protectData", ["True", "1", ""]],
    ["manageApiGatewayAccount", ["no"]],
    ["permissionsBoundary", ["boundary", "arn:aws:iam::123456789012:role/a"]],
    ["presets", ["", "thumb", '"thumb"', "{}", "[1]", "["]],
    ["presetsOnly", ["yes"]],
    ["publicPresets", ["", "thumb", "[null]", JSON.stringify(Array(11).fill("thumb"))]],
    ["watermark", ["logo"]],
    ["renditionExpireDays", ["0", "36501"]],
    ["maxUrlSeconds", ["59", "604801"]],
    ["urlWindowSeconds", ["0", "604801"]],
    ["urlSigningKeys", ["", "[]", '["a","a"]', '["A"]', '["1","2","3","4","5","6"]']],
    ["originShieldRegion", ["eu-north-1", "us"]],
    ["stripLocation", ["yes"]],
    ["malwareScan", ["yes", ""]],
    [
      "oidcAudience",
      ["", '"darkroom"', "[1]", '[""]', '["a","a"]', list(11), list(1, 129), '["a b"]', '["ä"]'],
    ],
    ["oidcUserClaim", ["", "/sub", "a\nb", "a".repeat(129)]],
    ["allowApiKeys", ["yes", ""]],
    ["maxImagesPerUser", ["-1", "1.5", "2147483648"]],
    ["maxBytesPerUser", ["-1", "1e3", "9007199254740992"]],
    ["dashboard", ["yes", "1", ""]],
    ["businessMetrics", ["yes", "1", ""]],
    ["publishEvents", ["yes", "1", ""]],
    ["logQueries", ["yes", "1", ""]],
    ["monthlyBudget", ["-1", "0.5", "$20", "", "1000001"]],
    ["budgetScope", ["", "Stack", "project"]],
    [
      "rollout",
      [
        ...["allAtOnce", "LambdaAllAtOnce", "CodeDeployDefault.LambdaAllAtOnce", "OneAtATime"],
        ...["Canary10Percent20Minutes", "Linear10PercentEvery1Minutes", "true", " "],
      ],
    ],
    [
      "repositoryUrl",
      [
        ...["github.com/acme/darkroom", "http://github.com/acme/darkroom", "https://github.com"],
        ...["https://github.com/acme/darkroom/", "https://github.com/acme/darkroom.git"],
        ...["https://user:token@github.com/acme/darkroom", "https://github.com/acme/darkroom?a=b"],
        ...["https://github.com/acme/darkroom#readme", "https://github.com:443/acme/darkroom"],
        ...["https://github.com/acme/../darkroom", "https://GitHub.com/acme/darkroom", " "],
        ...["git@github.com:acme/darkroom", `https://github.com/${"a".repeat(200)}`],
      ],
    ],
  ];
  for (const [key, values] of refused) {
    it(`refuses ${key} that is out of bounds`, () => {
      for (const value of values) {
        assert.equal(problems({ ...good, [key]: value }).length, 1, `accepted "${value}"`);
      }
    });
  }

  it("says of a user's claim that is a pointer that it may be none", () => {
    const [problem] = problems({ ...good, oidcUserClaim: "/realm/user" });
    assert.match(String(problem), /not beginning with a slash/);
  });

  const origins = {
    refused: [
      ...["", "*", "[]", '["*","https://a.example"]', '["https://a.example","https://a.example"]'],
      ...["https://a.example/", "https://A.example", "https://a.example:443", "a.example", "null"],
      ...["http://a.example", "http://127.0.0.1.example", "http://localhost.example"],
      ...["https://*.example", "https://u@a.example", "https://a.example?b", "https://a_b.example"],
      ...[
        "https://a.example.",
        "ftp://a.example",
        "file://",
        "https://-a.example",
        "https://[::2]",
      ],
      JSON.stringify(Array.from({ length: 21 }, (_, index) => `https://${index}.example`)),
      JSON.stringify(
        Array.from({ length: 20 }, (_, index) => `https://${index}${"a".repeat(90)}.example`),
      ),
    ],
    accepted: [
      ...["https://app.example.com", "https://xn--bcher-kva.example", "https://a.example:8443"],
      ...[
        "http://localhost:3000",
        "http://app.localhost",
        "http://127.0.0.1:5173",
        "http://[::1]:8080",
      ],
      ...["https://localhost", "https://10.0.0.1"],
    ],
  };
  /** The value of a list, or of what is to be its only text. */
  const asList = (text: string) => (/^(\[.*|\*|)$/.test(text) ? text : JSON.stringify([text]));

  for (const text of origins.refused) {
    it(`refuses ${text || "nothing"} as origins of pages`, () => {
      const [problem = "", ...others] = problems({ ...good, allowedOrigins: asList(text) });
      assert.match(
        problem,
        /^ {2}darkroom:allowedOrigins is ".*"; accepted: \["\*"\] for all, or a/,
      );
      assert.deepEqual(others, []);
    });
  }

  for (const text of origins.accepted) {
    it(`accepts ${text} as origin of pages`, () => {
      assert.deepEqual(read({ ...good, allowedOrigins: asList(text) }).allowedOrigins, [text]);
    });
  }

  it("refuses to say what counts in a budget that there is not", () => {
    assert.deepEqual(problems({ ...good, budgetScope: "stack" }), [
      '  darkroom:budgetScope is "stack" without a monthlyBudget; ' +
        "accepted: account, or stack beside a monthlyBudget",
    ]);
  });

  it("accepts the bounds themselves", () => {
    const bounds = {
      prefix: `d${"0".repeat(29)}`,
      environment: "Dev / Test: a_b.c=d+e-f@g",
      resultsLockDays: "0",
      maxUploadBytes: String(largestUploadBytes),
      maxDirectUploadBytes: String(largestDirectUploadBytes),
      maxImagePixels: "2147483647",
      logRetentionDays: "3653",
      oidcIssuer: `https://id.example/`.padEnd(255, "a"),
      oidcAudience: list(10, 128),
      oidcUserClaim: "a".repeat(128),
      oidcAdminClaim: `/${"a".repeat(127)}`,
      oidcAdminValue: "ä".repeat(128),
      maxImagesPerUser: "2147483647",
      maxBytesPerUser: "9007199254740991",
      monthlyBudget: "1000000",
      budgetScope: "stack",
      rollout: "Linear10PercentEvery10Minutes",
      repositoryUrl: `https://git.example:8443/${"a".repeat(175)}`,
      allowedOrigins: JSON.stringify(
        Array.from({ length: 20 }, (_, index) => `https://${index}.example`),
      ),
    };
    assert.doesNotThrow(() => read({ ...good, ...bounds }));
  });

  it("limits uploads to what a Lambda event holds as base64, with room for the rest", () => {
    const eventBytes = 6 * 1024 * 1024;
    const base64Bytes = Math.ceil(largestUploadBytes / 3) * 4;
    assert.equal(eventBytes - base64Bytes, 256 * 1024);
  });
});

describe("readStackConfig, of users", () => {
  it("says who they are and what they may have", () => {
    const config = {
      ...withUsers,
      oidcAudience: '["darkroom","https://api.example.com"]',
      oidcUserClaim: "cognito:username",
      oidcAdminClaim: "/realm_access/roles",
      oidcAdminValue: "admin",
      allowApiKeys: "true",
      maxImagesPerUser: "1000",
      maxBytesPerUser: "5000000000",
    };
    assert.deepEqual(read(config).users, {
      issuer: "https://id.example.com",
      audience: ["darkroom", "https://api.example.com"],
      userClaim: "cognito:username",
      admin: { claim: "/realm_access/roles", value: "admin" },
      allowApiKeys: true,
      maxImages: 1000,
      maxBytes: 5_000_000_000,
    });
  });

  it("has no admins and no limits unless it says so", () => {
    assert.deepEqual(read(withUsers).users, {
      issuer: "https://id.example.com",
      audience: ["darkroom"],
      userClaim: "sub",
      allowApiKeys: false,
      maxImages: 0,
      maxBytes: 0,
    });
  });

  const issuers = {
    accepted: [
      ...["https://id.example.com/", "https://id.example.com:8443/realms/darkroom"],
      ...["https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI"],
    ],
    refused: [
      ...["http://id.example.com", "id.example.com", "https://", "https://id.example.com?a=b"],
      ...[
        "https://id.example.com/#",
        "https://u:p@id.example.com",
        "https://id.example.com/{tenant}",
      ],
      ...[" https://id.example.com", "https://id.example.com\n", "https://id.example.com:99999"],
      ...["Local", "https://id.example.com/".padEnd(256, "a")],
    ],
  };
  for (const oidcIssuer of issuers.accepted) {
    it(`takes the issuer ${oidcIssuer} as it is given`, () => {
      assert.equal(read({ ...withUsers, oidcIssuer }).users?.issuer, oidcIssuer);
    });
  }
  for (const oidcIssuer of issuers.refused) {
    it(`refuses the issuer ${JSON.stringify(oidcIssuer).slice(0, 60)}`, () => {
      const [problem = "", ...others] = problems({ ...withUsers, oidcIssuer });
      assert.ok(
        problem.startsWith(`  darkroom:oidcIssuer is ${JSON.stringify(oidcIssuer)}; accepted: `),
      );
      assert.deepEqual(others, []);
    });
  }

  const claims = {
    accepted: [
      "groups",
      "cognito:groups",
      "https://example.com/role",
      "/a~1b/c~0d",
      "/realm_access/roles",
    ],
    refused: ["/", "//", "/a//b", "/a/", "/a~2b", "/a~", "a\u0000", `/${"a".repeat(128)}`],
  };
  for (const oidcAdminClaim of claims.accepted) {
    it(`tells admins by ${oidcAdminClaim}`, () => {
      const config = { ...withUsers, oidcAdminClaim, oidcAdminValue: "admin" };
      assert.deepEqual(read(config).users?.admin, { claim: oidcAdminClaim, value: "admin" });
    });
  }
  for (const oidcAdminClaim of claims.refused) {
    it(`does not tell admins by ${JSON.stringify(oidcAdminClaim)}`, () => {
      const config = { ...withUsers, oidcAdminClaim, oidcAdminValue: "admin" };
      assert.deepEqual(
        problems(config).map((line) => line.split(" is ")[0]),
        ["  darkroom:oidcAdminClaim"],
      );
    });
  }

  it("refuses what would mean nothing without an issuer, each with the value given", () => {
    const idle = {
      oidcAudience: '["darkroom"]',
      oidcUserClaim: "email",
      oidcAdminClaim: "role",
      oidcAdminValue: "admin",
      allowApiKeys: "true",
      maxImagesPerUser: "1",
      maxBytesPerUser: "1",
    };
    const listed = problems({ ...good, ...idle });
    assert.deepEqual(
      listed.map((line) => line.split("; accepted: ")[0]),
      Object.entries(idle).map(
        ([key, value]) => `  darkroom:${key} is ${JSON.stringify(value)} without an oidcIssuer`,
      ),
    );
    assert.ok(listed.every((line) => line.includes("only with an oidcIssuer")));
  });

  it("refuses what is missing with an issuer", () => {
    const lines = (config: Record<string, string>) =>
      problems({ ...withUsers, ...config }).map((line) => line.split("; accepted: ")[0]);
    assert.deepEqual(lines({ oidcAudience: "[]" }), [
      "  darkroom:oidcAudience is empty beside an oidcIssuer",
    ]);
    assert.deepEqual(lines({ oidcAdminClaim: "role" }), [
      "  darkroom:oidcAdminValue is empty beside an oidcAdminClaim",
    ]);
    assert.deepEqual(lines({ oidcAdminValue: "admin" }), [
      "  darkroom:oidcAdminClaim is empty beside an oidcAdminValue",
    ]);
  });

  it("lists problems of users beside those of other keys, in the order of the keys", () => {
    const listed = problems({
      ...good,
      alertEmail: "nobody",
      publicPresets: '["tiny"]',
      allowedOrigins: "[]",
      allowApiKeys: "true",
    });
    assert.deepEqual(
      listed.map((line) => line.split(" ")[2]),
      ["alertEmail", "publicPresets", "allowedOrigins", "allowApiKeys"].map(
        (key) => `darkroom:${key}`,
      ),
    );
  });

  describe("with a local issuer", () => {
    const environment = { LOCAL_OIDC_ISSUER: "http://127.0.0.1:4100" };
    const local = { ...good, oidcIssuer: "local" };

    it("takes its address from the environment, and needs to be told nothing else", () => {
      assert.deepEqual(read(local, environment).users, {
        issuer: "http://127.0.0.1:4100",
        audience: ["darkroom"],
        userClaim: "sub",
        admin: { claim: "role", value: "admin" },
        allowApiKeys: false,
        maxImages: 0,
        maxBytes: 0,
      });
    });

    it("goes by what it is told", () => {
      const told = { oidcAudience: '["mine"]', oidcAdminClaim: "is", oidcAdminValue: "root" };
      const { users } = read({ ...local, ...told }, environment);
      assert.deepEqual(users?.audience, ["mine"]);
      assert.deepEqual(users.admin, { claim: "is", value: "root" });
    });

    it("is refused where none runs", () => {
      for (const nowhere of [{}, { LOCAL_OIDC_ISSUER: "" }]) {
        assert.throws(
          () => read(local, nowhere),
          /darkroom:oidcIssuer is "local", but no LOCAL_OIDC_ISSUER in the environment says where that is; accepted: /,
        );
      }
    });
  });
});

describe("Pulumi.yaml", () => {
  interface Declaration {
    type: string;
    items?: { type: string };
    default?: string | number | boolean | string[];
    description?: string;
  }
  const project = parse(readFileSync("Pulumi.yaml", "utf8")) as {
    runtime: string;
    config: Record<string, Declaration>;
  };
  const { "aws:region": region, ...declared } = project.config;

  it("declares exactly the keys that the program reads, each with type and description", () => {
    assert.deepEqual(Object.keys(declared).sort(), [...configKeys].sort());
    for (const [key, { type, items, description }] of Object.entries(declared)) {
      assert.match(type, /^(string|integer|boolean|array)$/, key);
      assert.deepEqual(items, type === "array" ? { type: "string" } : undefined, key);
      assert.ok(description, key);
    }
  });

  it("has an accepted default for every key but the address of alerts", () => {
    const defaults = Object.entries(declared)
      .filter(([, { default: value }]) => value !== undefined)
      .map(([key, { default: value }]) => [key, asText(value)]);
    const config = Object.fromEntries(defaults) as Record<string, string>;
    assert.deepEqual(read({ ...config, alertEmail: "alerts@example.com" }), read(good));
    assert.equal(config.alertEmail, "");
  });

  it("puts stacks into us-east-1 unless they say otherwise", () => {
    assert.deepEqual(region, { value: "us-east-1" });
  });

  it("is followed by a config of production without examples, so that what is required is asked for", () => {
    const text = readFileSync("Pulumi.production.yaml", "utf8");
    const { config } = parse(text) as { config: Record<string, unknown> };
    assert.deepEqual(
      Object.keys(config).filter((key) => key.startsWith("darkroom:")),
      [],
    );
    assert.doesNotMatch(text, /example/i);
  });

  for (const stack of ["local", "production"]) {
    it(`is followed by a config of the stack ${stack} that is accepted`, () => {
      const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as {
        config: Record<string, unknown>;
      };
      const own = Object.entries(config).map(([key, value]) => [
        key.replace("darkroom:", ""),
        asText(value),
      ]);
      assert.doesNotThrow(() =>
        read({ ...good, ...(Object.fromEntries(own) as Record<string, string>) }),
      );
    });
  }
});
