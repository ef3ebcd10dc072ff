import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdir, mkdtemp, rm, stat, truncate } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DescribeKeyCommand,
  type DryRunOperationException,
  EncryptCommand,
  GenerateMacCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
  ListKeyRotationsCommand,
  type ListKeyRotationsCommandInput,
  ListKeyPoliciesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  VerifyMacCommand,
} from "@aws-sdk/client-kms";
import { close, listen } from "../../../aws/http";
import { Iam } from "../../../aws/iam/iam";
import type { Credentials, Principal } from "../../../aws/iam/types";
import { KeyMaterial } from "../../../aws/kms/key-material";
import { Kms } from "../../../aws/kms/kms";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };
const keyId = "11111111-2222-4333-8444-555555555555";
const otherId = "99999999-2222-4333-8444-555555555555";
const Message = Buffer.from("cursor");

describe("Kms", () => {
  let dataDir: string;
  let iam: Iam;
  let kms: Kms;
  let lines: string[];
  const clients: KMSClient[] = [];

  const open = async () => {
    const common = { account, notify: (line: string) => lines.push(line), clock: () => new Date() };
    iam = new Iam({ ...common, dataDir: join(dataDir, "iam") });
    kms = new Kms({
      ...common,
      dataDir: join(dataDir, "kms"),
      authenticator: iam,
      authorizer: iam,
    });
    await kms.start();
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "kms-"));
    await mkdir(join(dataDir, "kms"));
    lines = [];
    await open();
  });

  afterEach(async () => {
    for (const client of clients.splice(0)) {
      client.destroy();
    }
    await kms.stop();
    await rm(dataDir, { recursive: true });
  });

  function client(credentials: Credentials = iam.administrator): KMSClient {
    const made = new KMSClient({ endpoint: kms.url, region: account.region, credentials });
    clients.push(made);
    return made;
  }

  /** A role's client, and the role's policy for the actions given. */
  function roleClient(...actions: string[]): KMSClient {
    const trust = {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    const { arn } = iam.createRole({
      name: "list-images",
      assumeRolePolicy: JSON.stringify({ Statement: trust }),
    });
    if (actions.length > 0) {
      const Statement = { Effect: "Allow", Action: actions, Resource: keyArn(keyId) };
      iam.putRolePolicy("list-images", "keys", JSON.stringify({ Statement }));
    }
    const service = "lambda.amazonaws.com";
    return client(iam.assumeRole({ roleArn: arn, sessionName: "list", service }));
  }

  function keyArn(id: string): string {
    return `arn:aws:kms:eu-west-1:123456789012:key/${id}`;
  }

  function createMacKey(change: object = {}) {
    return kms.createKey({
      keyId,
      keyUsage: "GENERATE_VERIFY_MAC",
      keySpec: "HMAC_256",
      ...change,
    });
  }

  const generate = (
    KeyId = keyId,
    MacAlgorithm: "HMAC_SHA_256" | "HMAC_SHA_512" = "HMAC_SHA_256",
  ) => new GenerateMacCommand({ KeyId, Message, MacAlgorithm });

  it("says of a reference to no key what is wrong with it", async () => {
    const multiRegionId = `mrk-${"d3b95762".repeat(4)}`;
    for (const [KeyId, message] of [
      ["nope", "Invalid keyId 'nope'"],
      ["mrk-nope", "Invalid keyId 'mrk-nope'"],
      [multiRegionId, `Key '${keyArn(multiRegionId)}' does not exist`],
      [keyArn(keyId).replace("eu-west-1", "us-east-1"), "Invalid arn us-east-1"],
      [keyId, `Key '${keyArn(keyId)}' does not exist`],
      ["alias/none", "Alias 'arn:aws:kms:eu-west-1:123456789012:alias/none' does not exist"],
    ] as const) {
      const describeKey = client().send(new DescribeKeyCommand({ KeyId }));
      await assert.rejects(describeKey, { name: "NotFoundException", message });
    }
  });

  it("takes aliases for the use of keys alone, and to describe them", async () => {
    kms.createKey({ keyId });
    kms.createAlias("alias/data", keyId);
    const KeyId = "alias/data";
    const { KeyMetadata } = await client().send(new DescribeKeyCommand({ KeyId }));
    assert.equal(KeyMetadata?.KeyId, keyId);
    const invalid = { name: "NotFoundException", message: "Invalid keyId 'alias/data'" };
    for (const command of [
      new GetKeyPolicyCommand({ KeyId }),
      new GetKeyRotationStatusCommand({ KeyId }),
      new ListAliasesCommand({ KeyId }),
      new ListGrantsCommand({ KeyId }),
      new ListResourceTagsCommand({ KeyId }),
    ]) {
      await assert.rejects(client().send(command as GetKeyPolicyCommand), invalid);
    }
    const arn = "arn:aws:kms:eu-west-1:123456789012:alias/data";
    const byArn = new GetKeyPolicyCommand({ KeyId: arn });
    await assert.rejects(client().send(byArn), { name: "InvalidArnException" });
  });

  it("says of input that breaks a rule which rule that is", async () => {
    const refused = "1 validation error detected: Value";
    await assert.rejects(client().send(new ListKeysCommand({ Limit: 1001 })), {
      name: "ValidationException",
      message: `${refused} '1001' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 1000`,
    });
    kms.createKey({ keyId });
    const send = async (command: object) => client().send(command as DescribeKeyCommand);
    const policy = new GetKeyPolicyCommand({ KeyId: keyId, PolicyName: "no name" });
    await assert.rejects(send(policy), { message: /at 'policyName' failed to satisfy/ });
    const marked = { KeyId: keyId, Marker: "never-given" };
    for (const command of [new ListGrantsCommand(marked), new ListKeyPoliciesCommand(marked)]) {
      await assert.rejects(send(command), { name: "InvalidMarkerException" });
    }
    const token = new DescribeKeyCommand({ KeyId: keyId, GrantTokens: ["token"] });
    await assert.rejects(send(token), { name: "NotImplemented" });
    await send(new DescribeKeyCommand({ KeyId: keyId, GrantTokens: [] }));
    const empty = new DescribeKeyCommand({ KeyId: keyId, GrantTokens: [""] });
    await assert.rejects(send(empty), { name: "ValidationException" });
    await assert.rejects(client().send(new DescribeKeyCommand({ KeyId: undefined })), {
      name: "ValidationException",
      message: `${refused} null at 'keyId' failed to satisfy constraint: Member must not be null`,
    });
  });

  describe("MACs", () => {
    for (const bits of [224, 256, 384, 512] as const) {
      it(`are HMACs with SHA-${bits}`, async () => {
        createMacKey({ keySpec: `HMAC_${bits}` });
        const MacAlgorithm = `HMAC_SHA_${bits}` as const;
        const output = await client().send(
          new GenerateMacCommand({ KeyId: keyId, Message, MacAlgorithm }),
        );
        const material = new KeyMaterial(join(dataDir, "kms")).of(keyId, bits / 8);
        const expected = createHmac(`sha${bits}`, material).update(Message).digest();
        assert.deepEqual(Buffer.from(output.Mac ?? []), expected);
        assert.equal(output.KeyId, keyArn(keyId));
        assert.equal(output.MacAlgorithm, MacAlgorithm);
      });
    }

    it("are verified by id, ARN and alias of the key", async () => {
      createMacKey();
      kms.createAlias("alias/cursors", keyId);
      const { Mac } = await client().send(generate());
      const alias = "arn:aws:kms:eu-west-1:123456789012:alias/cursors";
      for (const KeyId of [keyId, keyArn(keyId), "alias/cursors", alias]) {
        const command = new VerifyMacCommand({ KeyId, Message, Mac, MacAlgorithm: "HMAC_SHA_256" });
        const output = await client().send(command);
        assert.equal(output.MacValid, true);
      }
    });

    it("are refused when message, MAC or key is another", async () => {
      createMacKey();
      createMacKey({ keyId: otherId });
      const { Mac = new Uint8Array() } = await client().send(generate());
      const valid = { KeyId: keyId, Message, Mac, MacAlgorithm: "HMAC_SHA_256" } as const;
      for (const change of [
        { Message: Buffer.from("Cursor") },
        { Mac: Buffer.from(Mac).fill(0, 0, 1) },
        { Mac: Mac.slice(1) },
        { KeyId: otherId },
      ]) {
        const command = new VerifyMacCommand({ ...valid, ...change });
        await assert.rejects(client().send(command), {
          name: "KMSInvalidMacException",
          message: "UnknownError",
        });
      }
    });

    it("are the same after a restart", async () => {
      createMacKey();
      const { Mac } = await client().send(generate());
      await kms.stop();
      await open();
      createMacKey();
      assert.deepEqual((await client().send(generate())).Mac, Mac);
      assert.equal((await stat(join(dataDir, "kms", "root-key"))).mode & 0o777, 0o600);
    });

    it("are of no root key that has lost a part", async () => {
      await truncate(join(dataDir, "kms", "root-key"), 7);
      assert.throws(() => new KeyMaterial(join(dataDir, "kms")), {
        name: "DamagedFileError",
        message: /root-key is damaged, it has 7 bytes instead of 32\. Put back/,
      });
    });

    it("need a message of 1 to 4,096 bytes", async () => {
      createMacKey();
      const send = (size: number) =>
        client().send(
          new GenerateMacCommand({
            KeyId: keyId,
            Message: Buffer.alloc(size),
            MacAlgorithm: "HMAC_SHA_256",
          }),
        );
      await send(4096);
      await assert.rejects(send(4097), { name: "ValidationException" });
      await assert.rejects(send(0), { name: "ValidationException" });
    });

    it("need a key of that spec and usage that is enabled", async () => {
      createMacKey();
      await assert.rejects(client().send(generate(keyId, "HMAC_SHA_512")), {
        name: "InvalidKeyUsageException",
      });
      await assert.rejects(client().send(generate(keyId, "NONE" as "HMAC_SHA_256")), {
        name: "ValidationException",
        message:
          "1 validation error detected: Value 'NONE' at 'macAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [HMAC_SHA_384, HMAC_SHA_256, HMAC_SHA_224, HMAC_SHA_512]",
      });
      kms.createKey({ keyId: otherId });
      await assert.rejects(client().send(generate(otherId)), { name: "InvalidKeyUsageException" });
      const disabledId = keyId.replace("1", "2");
      createMacKey({ keyId: disabledId, enabled: false });
      await assert.rejects(client().send(generate(disabledId)), { name: "DisabledException" });
    });

    it("are not made in a dry run", async () => {
      createMacKey();
      const command = new GenerateMacCommand({
        KeyId: keyId,
        Message,
        MacAlgorithm: "HMAC_SHA_256",
        DryRun: true,
      });
      await assert.rejects(client().send(command), (error: DryRunOperationException) => {
        assert.equal(error.name, "DryRunOperationException");
        assert.equal(error.$metadata.httpStatusCode, 400);
        return true;
      });
    });
  });

  describe("access", () => {
    it("is for roles whose policies the default key policy leaves it to", async () => {
      createMacKey();
      const role = roleClient("kms:GenerateMac");
      const { Mac } = await role.send(generate());
      const verify = new VerifyMacCommand({
        KeyId: keyId,
        Message,
        Mac,
        MacAlgorithm: "HMAC_SHA_256",
      });
      await assert.rejects(role.send(verify), {
        name: "AccessDeniedException",
        message: /assumed-role\/list-images\/list is not authorized to perform: kms:VerifyMac/,
      });
      assert.match(lines.at(-1) ?? "", /^Refused: list by list-images: kms:VerifyMac on /);
    });

    it("is refused to a role that the account allows and the key's policy does not", async () => {
      const root = "arn:aws:iam::123456789012:root";
      const Statement = {
        Effect: "Allow",
        Principal: { AWS: root },
        Action: "kms:Put*",
        Resource: "*",
      };
      createMacKey({ policy: JSON.stringify({ Statement }) });
      const denied = { name: "AccessDeniedException" };
      await assert.rejects(roleClient("kms:*").send(generate()), denied);
      await assert.rejects(client().send(generate()), denied);
    });

    it("tells the conditions of the use", async () => {
      const Statement = {
        Effect: "Allow",
        Action: "kms:GenerateMac",
        Resource: "*",
        Condition: {
          Bool: { "aws:SecureTransport": true },
          StringEquals: {
            "kms:MacAlgorithm": "HMAC_SHA_256",
            "kms:KeySpec": "HMAC_256",
            "kms:KeyUsage": "GENERATE_VERIFY_MAC",
            "kms:CallerAccount": account.accountId,
            "kms:RequestAlias": "alias/cursors",
          },
        },
      };
      createMacKey();
      kms.createAlias("alias/cursors", keyId);
      const role = roleClient();
      iam.putRolePolicy("list-images", "conditions", JSON.stringify({ Statement }));
      await role.send(generate("alias/cursors"));
      await assert.rejects(role.send(generate(keyId)), { name: "AccessDeniedException" });
    });

    it("needs a signature that is right", async () => {
      createMacKey();
      const forged = { ...iam.administrator, secretAccessKey: "guess" };
      await assert.rejects(client(forged).send(generate()), { name: "InvalidSignatureException" });
      const headers = { "x-amz-target": "TrentService.GenerateMac" };
      const response = await fetch(kms.url, { method: "POST", body: "{}", headers });
      assert.equal(response.status, 400);
      assert.match(await response.text(), /MissingAuthenticationTokenException/);
    });

    it("of services is asked by other services", () => {
      const cloudwatch: Principal = { kind: "service", service: "cloudwatch.amazonaws.com" };
      const root = { AWS: "arn:aws:iam::123456789012:root" };
      const Action = "kms:*";
      const policy = JSON.stringify({
        Statement: [
          { Effect: "Allow", Principal: root, Action, Resource: "*" },
          {
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
          },
        ],
      });
      kms.createKey({ keyId, policy });
      const use = { principal: cloudwatch, keyId, action: "kms:GenerateDataKey" };
      assert.equal(kms.authorizeUse(use).allowed, true);
      assert.equal(kms.authorizeUse({ ...use, action: "kms:Encrypt" }).allowed, false);
    });

    it("to SNS's own key is for the account, through SNS, and never for CloudWatch", () => {
      const context = { "kms:ViaService": "sns.eu-west-1.amazonaws.com" };
      const use = { keyId: "alias/aws/sns", action: "kms:Decrypt", context };
      const root: Principal = { kind: "root", arn: "arn:aws:iam::123456789012:root" };
      const service: Principal = { kind: "service", service: "cloudwatch.amazonaws.com" };
      assert.equal(kms.authorizeUse({ ...use, principal: root }).allowed, true);
      assert.equal(kms.authorizeUse({ ...use, principal: root, context: {} }).allowed, false);
      assert.equal(kms.authorizeUse({ ...use, principal: service }).allowed, false);
    });
  });

  describe("keys", () => {
    it("describe themselves", async () => {
      createMacKey({ description: "Signs cursors" });
      const { KeyMetadata } = await client().send(new DescribeKeyCommand({ KeyId: keyId }));
      assert.equal(KeyMetadata?.Arn, keyArn(keyId));
      assert.equal(KeyMetadata.Description, "Signs cursors");
      assert.equal(KeyMetadata.KeyState, "Enabled");
      assert.deepEqual(KeyMetadata.MacAlgorithms, ["HMAC_SHA_256"]);
      assert.ok(KeyMetadata.CreationDate instanceof Date);
    });

    const rotations = async (
      input: Partial<ListKeyRotationsCommandInput>,
      kmsClient = client(),
    ) => {
      const command = new ListKeyRotationsCommand({ KeyId: keyId, ...input });
      const { Rotations, Truncated } = await kmsClient.send(command);
      assert.equal(Truncated, false);
      return Rotations;
    };

    const currentMaterial = async (KeyId: string) => {
      const { KeyMetadata } = await client().send(new DescribeKeyCommand({ KeyId }));
      return KeyMetadata?.CurrentKeyMaterialId;
    };

    it("have been rotated never, and have their first material", async () => {
      kms.createKey({ keyId, enableKeyRotation: true });
      assert.deepEqual(await rotations({}), []);
      assert.deepEqual(await rotations({ IncludeKeyMaterial: "ROTATIONS_ONLY" }), []);
      const all = { IncludeKeyMaterial: "ALL_KEY_MATERIAL" } as const;
      const [first, ...others] = (await rotations(all)) ?? [];
      assert.deepEqual(others, []);
      const { KeyMaterialId = "", ...shown } = first ?? {};
      assert.deepEqual(shown, { KeyId: keyId, KeyMaterialState: "CURRENT" });
      assert.match(KeyMaterialId, /^[\da-f]{64}$/);
      assert.equal(await currentMaterial(keyId), KeyMaterialId);
      kms.createKey({ keyId: otherId });
      const [ofOther] = (await rotations({ ...all, KeyId: keyArn(otherId) })) ?? [];
      assert.equal(ofOther?.KeyId, otherId);
      assert.notEqual(ofOther.KeyMaterialId, KeyMaterialId);
    });

    it("of AWS's own are always rotated, others where that is asked for", async () => {
      const isRotated = async (KeyId: string) =>
        (await client().send(new GetKeyRotationStatusCommand({ KeyId }))).KeyRotationEnabled;
      const describe = new DescribeKeyCommand({ KeyId: "alias/aws/sns" });
      const { KeyMetadata } = await client().send(describe);
      assert.equal(await isRotated(KeyMetadata?.KeyId ?? ""), true);
      kms.createKey({ keyId });
      kms.createKey({ keyId: otherId, enableKeyRotation: true });
      assert.deepEqual([await isRotated(keyId), await isRotated(otherId)], [false, true]);
    });

    it("tell when they will be rotated, if they are", async () => {
      const next = async (KeyId: string) =>
        (await client().send(new GetKeyRotationStatusCommand({ KeyId }))).NextRotationDate;
      kms.createKey({ keyId });
      assert.equal(await next(keyId), undefined);
      const { createdAt } = kms.createKey({
        keyId: otherId,
        enableKeyRotation: true,
        rotationPeriodInDays: 90,
      });
      const days = ((await next(otherId))?.getTime() ?? 0) - createdAt.getTime();
      assert.equal(Math.round(days / (24 * 60 * 60 * 1000)), 90);
    });

    it("that make MACs have no rotations, nor material to choose", async () => {
      createMacKey();
      assert.deepEqual(await rotations({}), []);
      assert.equal(await currentMaterial(keyId), undefined);
      for (const IncludeKeyMaterial of ["ALL_KEY_MATERIAL", "ROTATIONS_ONLY"] as const) {
        const name = "UnsupportedOperationException";
        await assert.rejects(rotations({ IncludeKeyMaterial }), { name });
      }
    });

    it("show rotations to those who may see them, of keys that there are", async () => {
      kms.createKey({ keyId });
      kms.createKey({ keyId: otherId });
      const reader = roleClient("kms:ListKeyRotations");
      assert.deepEqual(await rotations({}, reader), []);
      const refused = { name: "AccessDeniedException" };
      await assert.rejects(rotations({ KeyId: otherId }, reader), refused);
      kms.deleteKey(keyId);
      await assert.rejects(rotations({}), { name: "NotFoundException" });
      const IncludeKeyMaterial = "ALL" as "ALL_KEY_MATERIAL";
      await assert.rejects(rotations({ IncludeKeyMaterial }), { name: "ValidationException" });
      await assert.rejects(rotations({ KeyId: otherId, Marker: "x" }), {
        name: "InvalidMarkerException",
      });
    });

    it("that do not exist are not found, nor are those of another region", async () => {
      const elsewhere = keyArn(keyId).replace("eu-west-1", "us-east-1");
      createMacKey();
      for (const KeyId of [otherId, elsewhere, "alias/none", `key/${keyId}`]) {
        await assert.rejects(client().send(generate(KeyId)), { name: "NotFoundException" }, KeyId);
      }
    });

    it("are refused when usage, spec or rotation cannot be", () => {
      const code = (change: object) => {
        try {
          createMacKey(change);
        } catch (error) {
          return (error as { code: string }).code;
        }
        return "created";
      };
      assert.equal(code({ keyUsage: "ENCRYPT_DECRYPT" }), "ValidationException");
      assert.equal(code({ keySpec: "RSA_2048" }), "UnsupportedOperationException");
      assert.equal(code({ enableKeyRotation: true }), "UnsupportedOperationException");
      assert.equal(code({ policy: "{" }), "MalformedPolicyDocumentException");
      const Statement = {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "kms:*",
        Resource: "*",
      };
      const lockout = JSON.stringify({ Statement });
      assert.equal(code({ policy: lockout }), "MalformedPolicyDocumentException");
      assert.equal(code({ policy: lockout, bypassPolicyLockoutSafetyCheck: true }), "created");
      assert.equal(code({}), "AlreadyExistsException");
    });

    it("have aliases of valid names, each once", () => {
      createMacKey();
      const create = (name: string, target: string) => () => {
        kms.createAlias(name, target);
      };
      for (const name of ["cursors", "alias/", "alias/aws/mine", "alias/a b"]) {
        assert.throws(create(name, keyId), { code: "InvalidAliasNameException" });
      }
      assert.throws(create("alias/a", otherId), { code: "NotFoundException" });
      create("alias/a", keyId)();
      assert.throws(create("alias/a", keyId), { code: "AlreadyExistsException" });
    });
  });

  it("does not pretend to encrypt", async () => {
    kms.createKey({ keyId });
    const command = new EncryptCommand({ KeyId: keyId, Plaintext: Message });
    await assert.rejects(client().send(command), {
      name: "NotImplemented",
      message: "The local cloud does not emulate Encrypt of KMS.",
    });
  });

  it("frees its port when it stops, any number of times", async () => {
    const port = Number(new URL(kms.url).port);
    await kms.stop();
    await kms.stop();
    const server = createServer();
    assert.equal(await listen(server, port), port);
    await close(server);
  });
});
