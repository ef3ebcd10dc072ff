import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListTagsForResourceCommand,
  type ParameterStringFilter,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { Iam } from "../../../aws/iam/iam";
import type { Credentials } from "../../../aws/iam/types";
import { Kms } from "../../../aws/kms/kms";
import type { ParameterDefinition } from "../../../aws/ssm/parameter";
import { Ssm } from "../../../aws/ssm/ssm";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };
const keyId = "11111111-2222-4333-8444-555555555555";
const keyArn = `arn:aws:kms:eu-west-1:123456789012:key/${keyId}`;
const secret: ParameterDefinition = {
  name: "/images/signing-key",
  type: "SecureString",
  value: "a secret",
};
const secretArn = "arn:aws:ssm:eu-west-1:123456789012:parameter/images/signing-key";

describe("Ssm", () => {
  let dataDir: string;
  let iam: Iam;
  let kms: Kms;
  let ssm: Ssm;
  const clients: SSMClient[] = [];

  const open = async () => {
    const common = {
      account,
      notify: () => undefined,
      clock: () => new Date("2030-01-31T12:00:00Z"),
    };
    iam = new Iam({ ...common, clock: () => new Date(), dataDir: join(dataDir, "iam") });
    const access = { authenticator: iam, authorizer: iam };
    kms = new Kms({ ...common, ...access, dataDir: join(dataDir, "kms") });
    ssm = new Ssm({ ...common, ...access, dataDir: join(dataDir, "ssm"), keys: kms });
    await ssm.start();
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "ssm-"));
    await mkdir(join(dataDir, "kms"));
    await open();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) {
      client.destroy();
    }
    await ssm.stop();
    await rm(dataDir, { recursive: true });
  });

  function client(credentials: Credentials = iam.administrator): SSMClient {
    const made = new SSMClient({
      endpoint: ssm.url,
      region: account.region,
      credentials,
      maxAttempts: 1,
    });
    clients.push(made);
    return made;
  }

  /** A client of a role that these statements allow something. */
  function roleClient(...statements: { Action: string[]; Resource: string }[]): SSMClient {
    const trust = {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    const name = `sign-${clients.length}`;
    const { arn } = iam.createRole({
      name,
      assumeRolePolicy: JSON.stringify({ Statement: trust }),
    });
    const Statement = statements.map((statement) => ({ Effect: "Allow", ...statement }));
    iam.putRolePolicy(name, "parameters", JSON.stringify({ Statement }));
    const service = "lambda.amazonaws.com";
    return client(iam.assumeRole({ roleArn: arn, sessionName: "sign", service }));
  }

  const read = (Name = secret.name, WithDecryption?: boolean) =>
    new GetParameterCommand({ Name, WithDecryption });

  it("gives a SecureString in clear to who asks for its decryption, and to nobody else", async () => {
    ssm.createParameter(secret);
    const { Parameter } = await client().send(read(secret.name, true));
    assert.deepEqual(Parameter, {
      ARN: secretArn,
      DataType: "text",
      LastModifiedDate: new Date("2030-01-31T12:00:00Z"),
      Name: secret.name,
      Type: "SecureString",
      Value: "a secret",
      Version: 1,
    });
    for (const command of [read(secret.name, false), read()]) {
      const { Parameter: encrypted } = await client().send(command);
      assert.match(encrypted?.Value ?? "", /^[A-Za-z0-9+/]{200,}={0,2}$/);
    }
  });

  it("gives a parameter of another type in clear in any case", async () => {
    ssm.createParameter({ name: "mode", type: "String", value: "fast" });
    for (const decrypt of [true, false]) {
      const { Parameter } = await client().send(read("mode", decrypt));
      assert.equal(Parameter?.Value, "fast");
      assert.equal(Parameter.ARN, "arn:aws:ssm:eu-west-1:123456789012:parameter/mode");
    }
  });

  it("finds a parameter by name, ARN and version", async () => {
    ssm.createParameter(secret);
    ssm.putParameter({ ...secret, value: "another" });
    ssm.createParameter({ name: "mode", type: "String", value: "fast" });
    const valueOf = async (name: string) => (await client().send(read(name, true))).Parameter;
    assert.equal((await valueOf(secret.name))?.Value, "another");
    assert.equal((await valueOf(secretArn))?.Value, "another");
    assert.equal((await valueOf(ssm.arn("mode")))?.Value, "fast");
    const first = await valueOf(`${secret.name}:1`);
    assert.equal(first?.Value, "a secret");
    assert.equal(first.Selector, ":1");
    assert.equal((await valueOf(`${secretArn}:2`))?.Version, 2);
    await assert.rejects(valueOf(`${secret.name}:3`), { name: "ParameterVersionNotFound" });
    await assert.rejects(valueOf(`${secret.name}:latest`), { name: "ParameterVersionNotFound" });
    await assert.rejects(valueOf("/images/other"), { name: "ParameterNotFound" });
  });

  it("refuses what cannot be a name or a path, and does not know AWS's own parameters", async () => {
    const get = async (Name: string) => client().send(new GetParameterCommand({ Name }));
    const invalid = { name: "ValidationException", message: /sub-paths divided by slash symbol/ };
    for (const name of ["/images//key", "images/key", "{images}-key"]) {
      await assert.rejects(get(name), invalid);
    }
    for (const name of ["/images/key", ssm.arn("/images/key"), `${ssm.arn("/images/key")}:1`]) {
      await assert.rejects(get(name), { name: "ParameterNotFound" });
    }
    const list = async (Path: string) => client().send(new GetParametersByPathCommand({ Path }));
    // However long it is, it is read once.
    for (const path of ["images", "//", "/images//key", `/${"n".repeat(2000)}!`]) {
      await assert.rejects(list(path), {
        name: "ValidationException",
        message: /^The parameter doesn't meet the parameter name requirements\. .* \\"aws\\" or/,
      });
    }
    await assert.rejects(get("n".repeat(2049)), {
      name: "ValidationException",
      message: /at 'name' failed to satisfy constraint: .* less than or equal to 2048$/,
    });
    const ResourceType = "Stack" as "Parameter";
    const tags = new ListTagsForResourceCommand({ ResourceType, ResourceId: "images" });
    await assert.rejects(client().send(tags), { name: "ValidationException" });
    const unknown = { name: "NotImplemented" };
    await assert.rejects(get("/aws/service/global-infrastructure/version"), unknown);
    await assert.rejects(get(ssm.arn("/aws/service/global-infrastructure/version")), unknown);
    await assert.rejects(list("/aws/service"), unknown);
  });

  it("gives several at once, and names those that are not there", async () => {
    ssm.createParameter(secret);
    ssm.createParameter({ name: "mode", type: "StringList", value: "a,b" });
    const output = await client().send(
      new GetParametersCommand({
        Names: ["none", "mode", secret.name, "mode:9"],
        WithDecryption: true,
      }),
    );
    assert.deepEqual(
      output.Parameters?.map(({ Name, Value }) => [Name, Value]),
      [
        ["mode", "a,b"],
        [secret.name, "a secret"],
      ],
    );
    assert.deepEqual(output.InvalidParameters, ["none", "mode:9"]);
    const Names = Array.from({ length: 11 }, (_, index) => `p${index}`);
    await assert.rejects(client().send(new GetParametersCommand({ Names })), {
      name: "ValidationException",
      message: /at 'names' failed/,
    });
  });

  it("asks IAM for every operation and every parameter", async () => {
    ssm.createParameter(secret);
    ssm.createParameter({ ...secret, name: "/images/other" });
    const allowed = roleClient({ Action: ["ssm:GetParameter"], Resource: secretArn });
    assert.equal((await allowed.send(read(secret.name, true))).Parameter?.Value, "a secret");
    await assert.rejects(allowed.send(read("/images/other")), {
      name: "AccessDeniedException",
      message: /is not authorized to perform: ssm:GetParameter on resource: .*images\/other/,
    });
    await assert.rejects(allowed.send(new GetParametersCommand({ Names: [secret.name] })), {
      name: "AccessDeniedException",
      message: /ssm:GetParameters/,
    });
    // Nor does it tell who may not read a parameter whether there is one.
    await assert.rejects(allowed.send(read("/none")), { name: "AccessDeniedException" });
  });

  it("asks the key's policy before it decrypts with a key of the account's own", async () => {
    kms.createKey({ keyId });
    ssm.createParameter({ ...secret, keyId });
    const reading = { Action: ["ssm:GetParameter"], Resource: secretArn };
    await assert.rejects(roleClient(reading).send(read(secret.name, true)), {
      name: "AccessDeniedException",
      message: /kms:Decrypt/,
    });
    const decrypting = { Action: ["kms:Decrypt"], Resource: keyArn };
    const { Parameter } = await roleClient(reading, decrypting).send(read(secret.name, true));
    assert.equal(Parameter?.Value, "a secret");
  });

  it("takes no key that is not there, or that does not encrypt", () => {
    assert.throws(() => {
      ssm.createParameter({ ...secret, keyId });
    }, /does not exist/);
    kms.createKey({ keyId, keyUsage: "GENERATE_VERIFY_MAC", keySpec: "HMAC_256" });
    assert.throws(() => {
      ssm.createParameter({ ...secret, keyId });
    }, /key usage is GENERATE_VERIFY_MAC/);
    assert.equal(ssm.versionOf(secret), 1);
  });

  it("refuses wrong signatures and operations that are not emulated", async () => {
    ssm.createParameter(secret);
    const wrong = { ...iam.administrator, secretAccessKey: "wrong" };
    await assert.rejects(client(wrong).send(read()), { name: "InvalidSignatureException" });
    const put = new PutParameterCommand({ Name: "p", Value: "v", Type: "String" });
    await assert.rejects(client().send(put), {
      name: "NotImplemented",
      message: "The local cloud does not emulate PutParameter of SSM.",
    });
  });

  it("describes parameters by page and filter, without their values", async () => {
    for (const name of ["/app/b", "/app/a", "/app/deep/c"]) {
      ssm.createParameter({ name, type: "String", value: name, tags: { Team: "one" } });
    }
    ssm.createParameter(secret);
    const first = await client().send(new DescribeParametersCommand({ MaxResults: 3 }));
    const { NextToken } = first;
    const second = await client().send(new DescribeParametersCommand({ MaxResults: 3, NextToken }));
    const all = [...(first.Parameters ?? []), ...(second.Parameters ?? [])];
    assert.deepEqual(
      all.map(({ Name, Type, Version }) => [Name, Type, Version]),
      [
        ["/app/a", "String", 1],
        ["/app/b", "String", 1],
        ["/app/deep/c", "String", 1],
        [secret.name, "SecureString", 1],
      ],
    );
    assert.equal(second.NextToken, undefined);
    assert.doesNotMatch(JSON.stringify(all), /"Value"/);
    assert.ok(all[0]?.LastModifiedDate instanceof Date);
    assert.equal(all[0].LastModifiedUser, "arn:aws:iam::123456789012:root");

    const filter = { Key: "Name", Option: "BeginsWith", Values: ["/app/deep"] };
    const found = await client().send(
      new DescribeParametersCommand({ ParameterFilters: [filter] }),
    );
    assert.deepEqual(
      found.Parameters?.map(({ Name }) => Name),
      ["/app/deep/c"],
    );
    await assert.rejects(client().send(new DescribeParametersCommand({ NextToken: "forged" })), {
      name: "InvalidNextToken",
    });
  });

  it("filters by path, key, type and tags, each once and by what it can be compared with", async () => {
    for (const name of ["root", "/app/a", "/app/deep/c"]) {
      const tags = { Team: name.length > 6 ? "two" : "one" };
      const isTagged = name !== "root";
      ssm.createParameter({ name, type: "String", value: name, ...(isTagged && { tags }) });
    }
    ssm.createParameter({ ...secret, name: "/secret" });
    const found = async (...ParameterFilters: ParameterStringFilter[]) => {
      const command = new DescribeParametersCommand({ ParameterFilters });
      return (await client().send(command)).Parameters?.map(({ Name }) => Name);
    };
    const path = (Option: string, ...Values: string[]) => ({ Key: "Path", Option, Values });
    assert.deepEqual(await found(path("OneLevel", "/")), ["/secret", "root"]);
    assert.deepEqual(await found(path("Recursive", "/app/")), ["/app/a", "/app/deep/c"]);
    assert.equal((await found(path("Recursive", "/")))?.length, 4);
    assert.deepEqual(await found({ Key: "KeyId", Values: ["alias/aws/ssm"] }), ["/secret"]);
    assert.deepEqual(await found({ Key: "tag:Team" }), ["/app/a", "/app/deep/c"]);
    assert.deepEqual(await found({ Key: "tag:Team", Values: ["two"] }), ["/app/deep/c"]);
    const name = { Key: "Name", Values: ["root"] };
    const refusals: [ParameterStringFilter[], string, RegExp][] = [
      [[name, name], "InvalidFilterKey", /^The following filter is duplicated .*: Name\. /],
      [[{ Key: "Name" }], "InvalidFilterValue", /values are missing : null for filter key Name$/],
      [
        [path("Equals", "/app")],
        "InvalidFilterOption",
        /: Equals\. .*: \[Recursive, OneLevel\]\.$/,
      ],
      [[{ Key: "Label", Values: ["x"] }], "InvalidFilterKey", /: Label\. .*: \[Path, Name, Type,/],
      [[{ Key: "Value", Values: ["x"] }], "ValidationException", /member\.key' failed to satisfy/],
    ];
    for (const [filters, error, message] of refusals) {
      await assert.rejects(found(...filters), { name: error, message });
    }
    await assert.rejects(
      client().send(
        new DescribeParametersCommand({ Filters: [{ Key: "Name", Values: ["root"] }] }),
      ),
      { name: "NotImplemented", message: /the parameter Filters of DescribeParameters of SSM/ },
    );
  });

  it("reads a path, alone or with all that is below it, and the history and tags", async () => {
    for (const name of ["/app/a", "/app/deep/c", "/other"]) {
      ssm.createParameter({ name, type: "String", value: "old", tags: { Team: "one" } });
    }
    ssm.putParameter({ name: "/app/a", type: "String", value: "new" });
    const namesBelow = async (input: { Path: string; Recursive?: boolean }) => {
      const { Parameters = [] } = await client().send(new GetParametersByPathCommand(input));
      return Parameters.map(({ Name, Value }) => [Name, Value]);
    };
    assert.deepEqual(await namesBelow({ Path: "/app" }), [["/app/a", "new"]]);
    assert.deepEqual(await namesBelow({ Path: "/app/", Recursive: true }), [
      ["/app/a", "new"],
      ["/app/deep/c", "old"],
    ]);
    const ofType = async (Key: string, ...Values: string[]) => {
      const filters = { Path: "/", Recursive: true, ParameterFilters: [{ Key, Values }] };
      const { Parameters = [] } = await client().send(new GetParametersByPathCommand(filters));
      return Parameters.length;
    };
    assert.equal(await ofType("Type", "String"), 3);
    assert.equal(await ofType("Type", "StringList", "SecureString"), 0);
    await assert.rejects(ofType("Label", "live"), { name: "NotImplemented" });
    const history = await client().send(new GetParameterHistoryCommand({ Name: "/app/a" }));
    assert.deepEqual(
      history.Parameters?.map(({ Version, Value }) => [Version, Value]),
      [
        [1, "old"],
        [2, "new"],
      ],
    );
    const tags = new ListTagsForResourceCommand({
      ResourceType: "Parameter",
      ResourceId: "/other",
    });
    assert.deepEqual((await client().send(tags)).TagList, [{ Key: "Team", Value: "one" }]);
  });

  it("counts a version for each change, and none where nothing changes", async () => {
    ssm.createParameter(secret);
    ssm.putParameter(secret);
    assert.equal(ssm.versionOf(secret), 1);
    assert.equal(ssm.versionOf({ ...secret, value: "b" }), 2);
    ssm.putParameter({ ...secret, description: "Signs" });
    assert.equal((await client().send(read())).Parameter?.Version, 2);
  });

  it("keeps values over restarts in files that their owner alone may read", async () => {
    ssm.createParameter(secret);
    ssm.createParameter({ name: "old", type: "String", value: "v" });
    await ssm.stop();
    await open();
    // What nobody declares any more is not there.
    await assert.rejects(client().send(read("old")), { name: "ParameterNotFound" });
    ssm.createParameter({ ...secret, value: "b" });
    const { Parameter } = await client().send(read(secret.name, true));
    assert.equal(Parameter?.Version, 2);
    const folder = join(dataDir, "ssm/parameters");
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    for (const file of await readdir(folder)) {
      assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600);
    }
  });

  it("creates no parameter twice, unless it is to be overwritten", () => {
    ssm.createParameter(secret);
    assert.throws(() => {
      ssm.createParameter({ ...secret, value: "b" });
    }, /The parameter already exists/);
    ssm.createParameter({ ...secret, value: "b" }, true);
    assert.equal(ssm.versionOf({ ...secret, value: "b" }), 2);
  });

  it("forgets a parameter that is deleted, with all its versions", async () => {
    ssm.createParameter(secret);
    ssm.deleteParameter(secret.name);
    await assert.rejects(client().send(read()), { name: "ParameterNotFound" });
    ssm.createParameter(secret);
    assert.equal((await client().send(read())).Parameter?.Version, 1);
    assert.deepEqual((await readdir(join(dataDir, "ssm/parameters"))).length, 1);
  });

  const refused: Record<string, [Partial<ParameterDefinition>, string, RegExp]> = {
    "a value above 4 KB": [
      { value: "x".repeat(4097) },
      "ValidationException",
      /Standard tier parameters support a maximum parameter value of 4096 characters/,
    ],
    "a value above 8 KB": [
      { value: "x".repeat(8193), tier: "Advanced" },
      "ValidationException",
      /Advanced .* 8192 characters; this one has 8193/,
    ],
    "no value": [{ value: "" }, "ValidationException", /greater than or equal to 1/],
    "a space in a name": [{ name: "a b" }, "ValidationException", /only a-zA-Z0-9_.-/],
    "a path without a slash in front": [{ name: "a/b" }, "ValidationException", /slash in front/],
    "a name of AWS": [{ name: "/aws/b" }, "ValidationException", /can't be prefixed/],
    "a name of SSM": [{ name: "SSM-b" }, "ValidationException", /can't be prefixed/],
    "16 levels": [
      { name: "/a".repeat(16) },
      "HierarchyLevelLimitExceededException",
      /maximum of 15/,
    ],
    "a value that the pattern does not allow": [
      { allowedPattern: "\\d+" },
      "ParameterPatternMismatchException",
      /allowedPattern: \\d\+/,
    ],
    "a pattern that is none": [{ allowedPattern: "(" }, "InvalidAllowedPatternException", /\(/],
  };
  for (const [what, [change, code, message]] of Object.entries(refused)) {
    it(`refuses ${what}, and does not tell the value`, () => {
      assert.throws(
        () => {
          ssm.createParameter({ ...secret, ...change });
        },
        (error: Error & { code?: string }) => {
          assert.equal(error.code, code);
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /a secret|xxx/);
          return true;
        },
      );
    });
  }

  it("takes values up to the limit of their tier", () => {
    ssm.createParameter({ ...secret, value: "x".repeat(4096) });
    ssm.putParameter({ ...secret, value: "x".repeat(8192), tier: "Advanced" });
    ssm.putParameter({ ...secret, value: "x".repeat(8192), tier: "Intelligent-Tiering" });
  });
});
