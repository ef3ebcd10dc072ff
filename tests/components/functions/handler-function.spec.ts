import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleHandlers } from "../../../components/bundle";
import { HandlerFunction } from "../../../components/functions/handler-function";
import { operationsOf } from "../../../components/openapi/routes";
import { functionPolicy, lambdaTrustPolicy } from "../../../components/policies/function-policy";
import {
  mockAccount,
  type MockedRun,
  type MockResource,
  outputValue,
  runMocked,
} from "../../support/pulumi";

const statement = { Effect: "Allow" as const, Action: "s3:GetObject", Resource: "arn:x" };

const operations = operationsOf(true);

const environment = {
  CALLERS: "anyone",
  ALLOWED_ORIGINS: '["*"]',
  IMAGES_BUCKET: "images",
  IMAGES_TABLE: "images",
  TAGS_TABLE: "tags",
  USERS_TABLE: "users",
  MAX_IMAGES_PER_USER: "0",
  MAX_BYTES_PER_USER: "0",
  IDEMPOTENCY_TABLE: "idempotency",
  MAX_UPLOAD_BYTES: "1000",
  MAX_DIRECT_UPLOAD_BYTES: "1000",
  MAX_IMAGE_PIXELS: "1000",
  RECORDS_TABLE: "records",
  RESULTS_BUCKET: "results",
  RESULTS_TABLE: "results",
  RENDITIONS_BUCKET: "renditions",
  DISTRIBUTION_ID: "images",
  CDN_URL: "https://cdn.example",
  EDGE_URL: "https://images.example",
  SIGNING_KEY_PARAMETER: "key",
  RENDITION_SETTINGS: JSON.stringify({ presets: {}, presetsOnly: false, publicPresets: [] }),
  MAX_URL_SECONDS: "86400",
  URL_WINDOW_SECONDS: "900",
};

/** A request that is bad for every operation. */
const badRequest = {
  httpMethod: "GET",
  headers: { "Content-Type": "image/png" },
  pathParameters: { id: "3f2a9c1e-8b7d-4e5f-9a6b-0c1d2e3f4a5b" },
  queryStringParameters: { unknown: "1" },
  requestContext: { requestId: "request-1" },
};

describe("HandlerFunction", () => {
  let run: MockedRun;

  before(async () => {
    bundleHandlers(operations);
    ({ run } = await runMocked(() => {
      for (const operation of operations) {
        new HandlerFunction(`f-${operation}`, {
          operation,
          environment,
          statements: [statement],
          logRetentionDays: 30,
        });
      }
    }));
  });

  it("tells a function where to count, if it is to", async () => {
    const metrics = { namespace: "Shop", dimensions: { service: "shop", stage: "test" } };
    const { run: counting } = await runMocked(() => {
      new HandlerFunction("f", {
        operation: "upload-image",
        environment,
        statements: [statement],
        logRetentionDays: 30,
        metrics,
      });
    });
    const told = counting.inputs("aws:lambda/function:Function", "f").environment;
    assert.deepEqual(told, {
      variables: {
        POWERTOOLS_SERVICE_NAME: "upload-image",
        POWERTOOLS_LOG_LEVEL: "INFO",
        POWERTOOLS_METRICS_NAMESPACE: "Shop",
        METRICS_SERVICE: "shop",
        METRICS_STAGE: "test",
        ...environment,
      },
    });
  });

  it("makes a function with the bundle's runtime, its own role and JSON logs in its own group", () => {
    const { code, ...inputs } = run.inputs("aws:lambda/function:Function", "f-get-image");
    assert.ok(code);
    assert.deepEqual(inputs, {
      handler: "__index.handler",
      role: "arn:mock:aws:iam/role:Role:f-get-image-role",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      memorySize: 512,
      timeout: 30,
      tracingConfig: { mode: "Active" },
      loggingConfig: { logFormat: "JSON", logGroup: "/aws/lambda/f-get-image-name" },
      environment: {
        variables: {
          ...environment,
          POWERTOOLS_SERVICE_NAME: "get-image",
          POWERTOOLS_LOG_LEVEL: "INFO",
        },
      },
    });
  });

  it("stops the function after the time given", async () => {
    const { run: slow } = await runMocked(
      () =>
        new HandlerFunction("slow", {
          operation: "get-image",
          environment,
          statements: [],
          logRetentionDays: 30,
          timeoutSeconds: 300,
        }),
    );
    assert.equal(slow.inputs("aws:lambda/function:Function", "slow").timeout, 300);
  });

  it("publishes versions if it is to, and is invoked by an alias that Pulumi makes and leaves alone", async () => {
    const { run: published, result } = await runMocked(
      () =>
        new HandlerFunction("v", {
          operation: "get-image",
          environment,
          statements: [],
          logRetentionDays: 30,
          versioned: true,
        }),
    );
    assert.equal(published.inputs("aws:lambda/function:Function", "v").publish, true);
    const alias = published.inputs("aws:lambda/alias:Alias", "v-live");
    assert.equal(alias.name, "live");
    assert.equal(alias.functionName, "v-name");
    const { functionName, qualified, arn, invokeArn } = result.target;
    assert.deepEqual(
      await outputValue({ functionName, qualifier: qualified.qualifier, arn, invokeArn }),
      {
        functionName: "v-name",
        qualifier: "live",
        arn: "arn:mock:aws:lambda/alias:Alias:v-live",
        invokeArn: "arn:mock:invoke:v-live",
      },
    );
  });

  it("is kept executions if it is told to be, and none among them", async () => {
    const { run: kept } = await runMocked(() =>
      [0, 20].map(
        (reservedConcurrency) =>
          new HandlerFunction(`kept-${reservedConcurrency}`, {
            operation: "get-image",
            environment,
            statements: [],
            logRetentionDays: 30,
            reservedConcurrency,
          }),
      ),
    );
    for (const reserved of [0, 20]) {
      const inputs = kept.inputs("aws:lambda/function:Function", `kept-${reserved}`);
      assert.equal(inputs.reservedConcurrentExecutions, reserved);
    }
  });

  it("makes the log group first, with retention", () => {
    const name = "/aws/lambda/f-get-image";
    assert.deepEqual(run.inputs("aws:cloudwatch/logGroup:LogGroup", name), { retentionInDays: 30 });
    const group = `aws:cloudwatch/logGroup:LogGroup ${name}`;
    assert.ok(run.waits("aws:lambda/function:Function f-get-image", group));
  });

  it("makes a role that Lambda alone takes on, for this account", () => {
    const { assumeRolePolicy, ...rest } = run.inputs("aws:iam/role:Role", "f-get-image-role");
    assert.deepEqual(rest, {});
    assert.deepEqual(
      JSON.parse(String(assumeRolePolicy)),
      lambdaTrustPolicy(mockAccount.accountId),
    );
  });

  it("attaches one managed policy, before the function can run", () => {
    const { policy } = run.inputs("aws:iam/policy:Policy", "f-get-image-policy");
    const logGroupArn = "arn:mock:aws:cloudwatch/logGroup:LogGroup:/aws/lambda/f-get-image";
    assert.deepEqual(JSON.parse(String(policy)), functionPolicy(logGroupArn, [statement]));
    const attachment = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    assert.deepEqual(run.inputs(attachment, "f-get-image-policy"), {
      role: "f-get-image-role-name",
      policyArn: "arn:mock:aws:iam/policy:Policy:f-get-image-policy",
    });
    assert.ok(
      run.waits("aws:lambda/function:Function f-get-image", `${attachment} f-get-image-policy`),
    );
  });

  it("makes one role, policy and attachment for each function, and no inline policy", () => {
    for (const type of [
      "aws:iam/role:Role",
      "aws:iam/policy:Policy",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      "aws:lambda/function:Function",
    ]) {
      assert.equal(run.ofType(type).length, operations.length, type);
    }
    assert.deepEqual(run.ofType("aws:iam/rolePolicy:RolePolicy"), []);
  });

  describe("the archive", () => {
    for (const operation of operations) {
      it(`of ${operation} holds two files, which answer an event in an empty folder`, async () => {
        const resource = run.one("aws:lambda/function:Function", `f-${operation}`);
        const response = await invokeDeployed(resource, badRequest);
        assert.equal(response.statusCode, 400);
        assert.equal((JSON.parse(response.body) as { requestId: string }).requestId, "request-1");
      });

      it(`of ${operation} has no source map, and refers to none`, async () => {
        const { inputs } = run.one("aws:lambda/function:Function", `f-${operation}`);
        const { assets } = inputs.code as { assets: Promise<Record<string, Asset>> };
        for (const [name, asset] of Object.entries(await assets)) {
          assert.doesNotMatch(name, /\.map$/);
          const file = await asset.path;
          const code = file === undefined ? await asset.text : readFileSync(file, "utf8");
          assert.doesNotMatch(code ?? "", /sourceMappingURL=/);
        }
      });
    }
  });
});

interface Asset {
  text?: Promise<string>;
  path?: Promise<string>;
}

/** Runs a function from nothing but its archive and environment, as Lambda does. */
async function invokeDeployed({ inputs }: MockResource, event: object) {
  const archive = inputs.code as { assets: Promise<Record<string, Asset>> };
  const assets = await archive.assets;
  const { variables } = inputs.environment as { variables: Record<string, string> };
  assert.equal(Object.keys(assets).length, 2);
  const folder = mkdtempSync(path.join(tmpdir(), "darkroom-"));
  try {
    for (const [name, asset] of Object.entries(assets)) {
      await extract(asset, path.join(folder, name));
    }
    const script =
      'require("./__index.js").handler(JSON.parse(process.argv[1]), {})' +
      '.then((response) => console.log("RESPONSE" + JSON.stringify(response)))';
    const output = execFileSync(process.execPath, ["-e", script, JSON.stringify(event)], {
      cwd: folder,
      env: { AWS_REGION: "us-east-1", ...variables },
      encoding: "utf8",
      stdio: "pipe",
    });
    return JSON.parse(output.slice(output.indexOf("RESPONSE") + "RESPONSE".length)) as {
      statusCode: number;
      body: string;
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function extract(asset: Asset, file: string): Promise<void> {
  const [text, source] = await Promise.all([asset.text, asset.path]);
  mkdirSync(path.dirname(file), { recursive: true });
  if (source === undefined) {
    writeFileSync(file, text ?? "");
  } else {
    copyFileSync(source, file);
  }
}
