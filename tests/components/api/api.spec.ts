import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Api, type ApiArgs } from "../../../components/api/api";
import type { UserSettings } from "../../../components/config/user-config";
import { CustomDomain } from "../../../components/edge/custom-domain";
import { gatewayDocument } from "../../../components/openapi/gateway";
import {
  mapOperations,
  methodsOf,
  type Operation,
  operationsOf,
  routes,
} from "../../../components/openapi/routes";
import { functionPolicy } from "../../../components/policies/function-policy";
import {
  deleteImageStatements,
  getImageContentStatements,
  getImageStatements,
  getImageUrlStatements,
  listImagesStatements,
  updateImageStatements,
} from "../../../components/policies/image-statements";
import {
  deleteRecordStatements,
  getRecordStatements,
  listResultsStatements,
  processDataStatements,
  putRecordStatements,
} from "../../../components/policies/process-statements";
import {
  createUploadStatements,
  getUploadStatements,
  uploadImageStatements,
} from "../../../components/policies/upload-statements";
import {
  countImagesStatements,
  readCountsStatements,
} from "../../../components/policies/user-statements";
import { Storage } from "../../../components/storage/storage";
import { type MockedRun, mockRenditions, outputValue, runMocked } from "../../support/pulumi";

/** An operation that there is without users. */
type OwnOperation = Exclude<Operation, "get-me">;

const renditionSettings = {
  presets: { thumb: "width-240_format-auto" },
  presetsOnly: false,
  publicPresets: [],
};

const settings: Omit<ApiArgs, "storage" | "renditions" | "manageAccount"> = {
  cdnUrl: "https://cdn.example",
  urls: {
    edgeUrl: "https://images.example",
    signingKey: { name: pulumi.output("signing-key"), arn: pulumi.output("arn:mock:signing-key") },
    renditions: renditionSettings,
    maxSeconds: 86_400,
    windowSeconds: 900,
  },
  maxUploadBytes: 1000,
  maxDirectUploadBytes: 2000,
  maxImagePixels: 3000,
  stripLocation: true,
  allowedOrigins: ["https://app.example.com", "https://admin.example.com"],
  logRetentionDays: 30,
  apiKeyNames: ["1"],
  dailyRequestQuota: 1000,
  throttle: { rateLimit: 100, burstLimit: 200 },
  processThrottle: { rateLimit: 10, burstLimit: 20 },
};

async function create(
  name: string,
  manageAccount: boolean,
  {
    users,
    ownDomain = false,
    ...others
  }: Partial<
    Pick<ApiArgs, "users" | "apiKeyNames" | "tracing" | "detailedMetrics" | "detailedLogs" | "hsts">
  > & {
    ownDomain?: boolean;
  } = {},
) {
  return await runMocked(() => {
    const storage = new Storage(name, {
      resultsLockDays: 1,
      renditionExpireDays: 90,
      protectData: false,
      allowedOrigins: ["*"],
      hasUsers: users !== undefined,
    });
    const renditions = mockRenditions();
    const domain = ownDomain
      ? new CustomDomain("own", { domainName: "api.example.com", zoneId: "Z1" })
      : undefined;
    return new Api(name, {
      ...settings,
      ...others,
      domain,
      users,
      storage,
      renditions,
      manageAccount,
    });
  });
}

const accountType = "aws:apigateway/account:Account";
const stageType = "aws:apigateway/stage:Stage";

describe("Api", () => {
  let run: MockedRun;
  let api: Api;
  /**
   * Of an API of another name with two keys, whose account is set elsewhere, without traces, with
   * metrics of each method and logs of every request.
   */
  let otherRun: MockedRun;
  let otherApi: Api;

  before(async function () {
    // Serialises the functions of two APIs.
    this.timeout(120_000);
    ({ run, result: api } = await create("test", true));
    ({ run: otherRun, result: otherApi } = await create("other", false, {
      apiKeyNames: ["2", "1"],
      tracing: false,
      detailedMetrics: true,
      detailedLogs: true,
    }));
  });

  it("gives the values of all API keys by name, and keeps them secret", async () => {
    assert.deepEqual(await outputValue(otherApi.apiKeys), {
      2: "other-key-2-value",
      1: "other-key-value",
    });
    assert.equal(await pulumi.isSecret(otherApi.apiKeys), true);
  });

  it("makes a regional REST API of the document, whose binary types it names", () => {
    const { body, ...inputs } = run.inputs("aws:apigateway/restApi:RestApi", "test-api");
    const invokeArns = mapOperations(
      operationsOf(false),
      (operation) => `arn:mock:invoke:test-${operation}`,
    );
    assert.equal(body, JSON.stringify(gatewayDocument(invokeArns, settings)));
    assert.deepEqual(inputs, {
      name: "test-test",
      binaryMediaTypes: [
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/jpg",
        "image/pjpeg",
        "image/x-png",
        "image/apng",
        "image/vnd.mozilla.apng",
        "application/octet-stream",
        "binary/octet-stream",
        "image/avif",
        "image/*",
        "multipart/form-data",
      ],
      endpointConfiguration: { types: "REGIONAL" },
    });
  });

  it("deploys anew when the document changes, as with its functions", () => {
    const version = (made: MockedRun, name: string) =>
      made.inputs("aws:apigateway/deployment:Deployment", name).variables;
    assert.match(JSON.stringify(version(run, "test-api")), /^\{"version":"[0-9a-f]+"\}$/);
    assert.notDeepEqual(version(run, "test-api"), version(otherRun, "other-api"));
  });

  it("makes a stage with an access log of JSON lines and with traces", () => {
    const { accessLogSettings, ...inputs } = run.inputs(stageType, "test-api");
    assert.deepEqual(inputs, {
      restApi: "test-api-id",
      deployment: "test-api-id",
      stageName: "v1",
      xrayTracingEnabled: true,
    });
    const { destinationArn, format } = accessLogSettings as Record<string, string>;
    assert.equal(destinationArn, "arn:mock:aws:cloudwatch/logGroup:LogGroup:/aws/apigateway/test");
    const line = JSON.parse(format ?? "") as Record<string, string>;
    assert.ok(Object.values(line).every((value) => /^\$context\.[\w.]+$/.test(value)));
    assert.equal(line.requestId, "$context.requestId");
    assert.equal(Object.values(line).includes("$context.identity.apiKey"), false);
    assert.doesNotMatch(format ?? "", /authorizer/);
  });

  it("logs what fails of every method, without bodies and keys, measures the stage, and throttles those without a key", () => {
    assert.deepEqual(run.inputs("aws:apigateway/methodSettings:MethodSettings", "test-methods"), {
      restApi: "test-api-id",
      stageName: "v1",
      methodPath: "*/*",
      settings: {
        loggingLevel: "ERROR",
        metricsEnabled: false,
        dataTraceEnabled: false,
        throttlingRateLimit: 100,
        throttlingBurstLimit: 200,
      },
    });
  });

  it("measures each method, logs each step and traces nothing, where that is asked for", () => {
    const { settings: methods } = otherRun.inputs(
      "aws:apigateway/methodSettings:MethodSettings",
      "other-methods",
    );
    const { metricsEnabled, loggingLevel, dataTraceEnabled } = methods as Record<string, unknown>;
    assert.deepEqual([metricsEnabled, loggingLevel, dataTraceEnabled], [true, "INFO", false]);
    assert.equal(otherRun.inputs(stageType, "other-api").xrayTracingEnabled, false);
    const functions = otherRun.ofType("aws:lambda/function:Function");
    assert.ok(functions.length > 0);
    for (const { inputs } of functions) {
      assert.deepEqual(inputs.tracingConfig, { mode: "PassThrough" });
    }
    assert.ok(!JSON.stringify(otherRun.ofType("aws:iam/policy:Policy")).includes("xray:"));
  });

  it("makes the execution log before logging starts, with retention", () => {
    const type = "aws:cloudwatch/logGroup:LogGroup";
    assert.deepEqual(run.inputs(type, "test-execution-log"), {
      name: "API-Gateway-Execution-Logs_test-api-id/v1",
      retentionInDays: 30,
    });
    const settingsType = "aws:apigateway/methodSettings:MethodSettings";
    assert.ok(run.waits(`${settingsType} test-methods`, `${type} test-execution-log`));
  });

  it("gives every log group the retention", () => {
    const groups = run.ofType("aws:cloudwatch/logGroup:LogGroup");
    // One of each function, and those of what the gateway logs: access and execution.
    assert.equal(groups.length, operationsOf(false).length + 2);
    assert.ok(groups.every(({ inputs }) => inputs.retentionInDays === 30));
  });

  it("lets the gateway invoke each function by its route alone", () => {
    const permissions = run.ofType("aws:lambda/permission:Permission");
    const granted = permissions.map(({ inputs }) => [inputs.function, inputs.sourceArn]);
    const execution = "arn:mock:execute-api:test-api";
    const expected = operationsOf(false).flatMap((operation) =>
      methodsOf(operation).map((method) => {
        const path = routes[operation].path.replace("{id}", "*");
        return [`test-${operation}-name`, `${execution}/*/${method}${path}`];
      }),
    );
    assert.deepEqual(granted.sort(), expected.sort());
    const example = ["test-get-image-url-name", `${execution}/*/HEAD/images/*/url`];
    assert.ok(granted.some((grant) => isDeepStrictEqual(grant, example)));
    for (const { inputs } of permissions) {
      assert.equal(inputs.action, "lambda:InvokeFunction");
      assert.equal(inputs.principal, "apigateway.amazonaws.com");
    }
  });

  it("tells each function what it works with, and nothing else", () => {
    const images = { IMAGES_BUCKET: "test-images-bucket", IMAGES_TABLE: "test-images-name" };
    const tags = { TAGS_TABLE: "test-image-tags-name" };
    const answers = { IDEMPOTENCY_TABLE: "test-idempotency-name" };
    const urls = {
      EDGE_URL: "https://images.example",
      SIGNING_KEY_PARAMETER: "signing-key",
      RENDITION_SETTINGS: JSON.stringify(renditionSettings),
      MAX_URL_SECONDS: "86400",
      URL_WINDOW_SECONDS: "900",
    };
    const renditions = { RENDITIONS_BUCKET: "renditions", DISTRIBUTION_ID: "images" };
    const records = { RECORDS_TABLE: "test-records-name" };
    const results = { RESULTS_TABLE: "test-results-name", CDN_URL: "https://cdn.example" };
    const expected: Readonly<Record<OwnOperation, Record<string, string>>> = {
      "upload-image": {
        ...images,
        ...tags,
        ...answers,
        MAX_UPLOAD_BYTES: "1000",
        MAX_IMAGE_PIXELS: "3000",
        STRIP_LOCATION: "true",
      },
      "create-upload": { ...images, ...answers, MAX_DIRECT_UPLOAD_BYTES: "2000" },
      "get-upload": { IMAGES_TABLE: "test-images-name" },
      "list-images": { ...images, ...tags, ...urls },
      "get-image": { ...images, ...urls },
      "get-image-url": { IMAGES_TABLE: "test-images-name", ...urls },
      "get-image-content": images,
      "update-image": { IMAGES_TABLE: "test-images-name", ...tags, ...renditions },
      "delete-image": { ...images, ...tags, ...renditions },
      "process-data": {
        ...answers,
        ...records,
        ...results,
        RESULTS_BUCKET: "test-results-bucket",
      },
      "list-results": results,
      "put-record": records,
      "get-record": records,
      "delete-record": records,
    };
    for (const [operation, variables] of Object.entries(expected)) {
      const inputs = run.inputs("aws:lambda/function:Function", `test-${operation}`);
      assert.deepEqual(inputs.environment, {
        variables: {
          POWERTOOLS_SERVICE_NAME: operation,
          POWERTOOLS_LOG_LEVEL: "INFO",
          CALLERS: "anyone",
          ALLOWED_ORIGINS: '["https://app.example.com","https://admin.example.com"]',
          ...variables,
        },
      });
    }
  });

  it("grants each function what its operation does, and nothing else", () => {
    const bucket = "arn:mock:aws:s3/bucket:Bucket:test-";
    const table = "arn:mock:aws:dynamodb/table:Table:test-";
    const arns = {
      imagesBucket: `${bucket}images`,
      imagesTable: `${table}images`,
      tagsTable: `${table}image-tags`,
      idempotencyTable: `${table}idempotency`,
      recordsTable: `${table}records`,
      resultsBucket: `${bucket}results`,
      resultsTable: `${table}results`,
      signingKey: "arn:mock:signing-key",
      renditionsBucket: "arn:mock:renditions",
      imageDistribution: "arn:mock:images",
    };
    const expected: Readonly<Record<OwnOperation, aws.iam.PolicyStatement[]>> = {
      "upload-image": uploadImageStatements(arns),
      "create-upload": createUploadStatements(arns),
      "get-upload": getUploadStatements(arns),
      "list-images": listImagesStatements(arns),
      "get-image": getImageStatements(arns),
      "get-image-url": getImageUrlStatements(arns),
      "get-image-content": getImageContentStatements(arns),
      "update-image": updateImageStatements(arns),
      "delete-image": deleteImageStatements(arns),
      "process-data": processDataStatements(arns),
      "list-results": listResultsStatements(arns),
      "put-record": putRecordStatements(arns),
      "get-record": getRecordStatements(arns),
      "delete-record": deleteRecordStatements(arns),
    };
    for (const [operation, statements] of Object.entries(expected)) {
      const { policy } = run.inputs("aws:iam/policy:Policy", `test-${operation}-policy`);
      const group = `arn:mock:aws:cloudwatch/logGroup:LogGroup:/aws/lambda/test-${operation}`;
      assert.deepEqual(JSON.parse(String(policy)), functionPolicy(group, statements), operation);
    }
  });

  it("grants nothing that no function uses", () => {
    const policies = run.ofType("aws:iam/policy:Policy").map(({ inputs }) => inputs.policy);
    for (const action of ["PutObjectAcl", "Scan", '"s3:ListBucket"', '"s3:*"', '"dynamodb:*"']) {
      assert.equal(
        policies.some((policy) => String(policy).includes(action)),
        false,
        action,
      );
    }
  });

  it("makes no key of KMS, each of which would cost a dollar a month", () => {
    assert.deepEqual(run.ofType("aws:kms/key:Key"), []);
  });

  it("keeps no more of its arguments with the usage plan than what this is about", () => {
    assert.deepEqual(run.inputs("darkroom:api:UsagePlan", "test"), {
      apiKeyNames: ["1"],
      dailyRequestQuota: 1000,
      throttle: { rateLimit: 100, burstLimit: 200 },
      processThrottle: { rateLimit: 10, burstLimit: 20 },
    });
  });

  it("meters the key by a usage plan, POST /process by a throttle of its own", () => {
    assert.deepEqual(run.inputs("aws:apigateway/usagePlan:UsagePlan", "test-plan"), {
      apiStages: [
        {
          apiId: "test-api-id",
          stage: "v1",
          throttles: [{ path: "/process/POST", rateLimit: 10, burstLimit: 20 }],
        },
      ],
      quotaSettings: { limit: 1000, period: "DAY" },
      throttleSettings: { rateLimit: 100, burstLimit: 200 },
    });
    assert.deepEqual(run.inputs("aws:apigateway/usagePlanKey:UsagePlanKey", "test-plan-key"), {
      keyId: "test-key-id",
      keyType: "API_KEY",
      usagePlanId: "test-plan-id",
    });
  });

  it("gives the URL with the stage and the key's value, not its id, as a secret", async () => {
    assert.equal(
      await outputValue(api.url),
      "https://test-api.execute-api.us-east-1.amazonaws.com/v1",
    );
    assert.equal(await outputValue(api.apiKey), "test-key-value");
    assert.equal(await pulumi.isSecret(api.apiKey), true);
  });

  it("has as many keys as there are names in the plan, and gives the first one's value", async () => {
    const keyIds = otherRun
      .ofType("aws:apigateway/usagePlanKey:UsagePlanKey")
      .map(({ name, inputs }) => [name, inputs.keyId]);
    assert.deepEqual(keyIds, [
      ["other-plan-key-2", "other-key-2-id"],
      // Named as when there was but one, so that it goes on to be that.
      ["other-plan-key", "other-key-id"],
    ]);
    assert.equal(await outputValue(otherApi.apiKey), "other-key-2-value");
  });

  it("makes nothing for users, who are not known", () => {
    assert.deepEqual(run.ofType("aws:ssm/parameter:Parameter"), []);
    const names = run.ofType("aws:lambda/function:Function").map(({ name }) => name);
    assert.equal(names.includes("test-get-me"), false);
    assert.equal(names.includes("test-authorize"), false);
  });

  describe("whose users are known", () => {
    const users: UserSettings = {
      issuer: "https://id.example.com",
      audience: ["darkroom"],
      userClaim: "sub",
      allowApiKeys: false,
      maxImages: 10,
      maxBytes: 0,
    };
    const table = "arn:mock:aws:dynamodb/table:Table:known-users";
    let known: MockedRun;

    before(async function () {
      this.timeout(120_000);
      ({ run: known } = await create("known", false, {
        users,
        apiKeyNames: ["2", "1"],
      }));
    });

    it("logs what stands for whoever calls, and nothing else of them", () => {
      const formatOf = (made: MockedRun, name: string) => {
        const { accessLogSettings } = made.inputs(stageType, name);
        const { format } = accessLogSettings as { format: string };
        return JSON.parse(format) as Record<string, string>;
      };
      assert.deepEqual(formatOf(known, "known-api"), {
        ...formatOf(run, "test-api"),
        principalId: "$context.authorizer.principalId",
        authorizerLatency: "$context.authorizer.latency",
      });
    });

    it("asks the authorizer, which counts requests to the key", () => {
      const { body } = known.inputs("aws:apigateway/restApi:RestApi", "known-api");
      const invokeArns = mapOperations(
        operationsOf(true),
        (operation) => `arn:mock:invoke:known-${operation}`,
      );
      const authorizer = { invokeArn: "arn:mock:invoke:known-authorize", allowApiKeys: false };
      // Of members that are the same, the order is, too.
      assert.deepEqual(
        JSON.parse(String(body)),
        JSON.parse(JSON.stringify(gatewayDocument(invokeArns, { ...settings, authorizer }))),
      );
      assert.deepEqual(known.inputs("aws:lambda/permission:Permission", "known-authorize-invoke"), {
        action: "lambda:InvokeFunction",
        function: "known-authorize-name",
        principal: "apigateway.amazonaws.com",
        sourceArn: "arn:mock:execute-api:known-api/authorizers/*",
      });
    });

    it("makes the same as where they are not known, and besides what is for them", () => {
      const keysOf = ({ resources }: MockedRun, prefix: string) =>
        resources.map(({ type, name }) => `${type} ${name.replace(prefix, "")}`);
      const common = keysOf(otherRun, "other");
      const further = keysOf(known, "known").filter((key) => !common.includes(key));
      assert.deepEqual(
        common.filter((key) => !keysOf(known, "known").includes(key)),
        [],
      );
      assert.deepEqual(
        further.filter((key) => !/-(get-me|authorize)\b/.test(key)),
        ["aws:dynamodb/table:Table -users"],
      );
    });

    it("lets the gateway invoke GET /me", () => {
      const permissions = known.ofType("aws:lambda/permission:Permission");
      const ofMe = permissions.filter(({ inputs }) => inputs.function === "known-get-me-name");
      assert.deepEqual(
        ofMe.map(({ inputs }) => inputs.sourceArn),
        ["GET", "HEAD"].map((verb) => `arn:mock:execute-api:known-api/*/${verb}/me`),
      );
    });

    it("tells every function that callers are known, and those that count where and how many", () => {
      const counting = { USERS_TABLE: "known-users-name" };
      const limits = { ...counting, MAX_IMAGES_PER_USER: "10", MAX_BYTES_PER_USER: "0" };
      const expected: Partial<Record<string, Record<string, string>>> = {
        "upload-image": limits,
        "create-upload": limits,
        "delete-image": counting,
        "get-me": limits,
      };
      const names = ["USERS_TABLE", "MAX_IMAGES_PER_USER", "MAX_BYTES_PER_USER"];
      for (const operation of operationsOf(true)) {
        const { environment } = known.inputs("aws:lambda/function:Function", `known-${operation}`);
        const { variables } = environment as { variables: Record<string, string> };
        assert.equal(variables.CALLERS, "users", operation);
        const told = Object.entries(variables).filter(([name]) => names.includes(name));
        assert.deepEqual(Object.fromEntries(told), expected[operation] ?? {}, operation);
      }
    });

    it("lets functions count and look at counts as they need to, and no others", () => {
      const expected: Partial<Record<string, object[]>> = {
        "upload-image": [
          ...readCountsStatements({ usersTable: table }),
          ...countImagesStatements({ usersTable: table }),
        ],
        "create-upload": readCountsStatements({ usersTable: table }),
        "delete-image": countImagesStatements({ usersTable: table }),
        "get-me": readCountsStatements({ usersTable: table }),
      };
      for (const operation of operationsOf(true)) {
        const { policy } = known.inputs("aws:iam/policy:Policy", `known-${operation}-policy`);
        const { Statement } = JSON.parse(String(policy)) as { Statement: { Resource: unknown }[] };
        const ofUsers = Statement.filter(({ Resource }) =>
          JSON.stringify(Resource).includes("users"),
        );
        assert.deepEqual(ofUsers, expected[operation] ?? [], operation);
      }
    });
  });

  describe("with a name of its own", () => {
    let named: MockedRun;
    let namedApi: Api;

    before(async function () {
      // Serialises the functions.
      this.timeout(120_000);
      ({ run: named, result: namedApi } = await create("named", false, {
        ownDomain: true,
        hsts: "subdomains",
      }));
    });

    it("is served there, with the stage in the path", async () => {
      assert.equal(await outputValue(namedApi.url), "https://api.example.com/v1");
      assert.equal(
        await outputValue(namedApi.domain?.target),
        "d-named-api-domain.execute-api.us-east-1.amazonaws.com",
      );
      assert.equal(named.ofType("aws:apigateway/basePathMapping:BasePathMapping").length, 1);
      assert.deepEqual(run.ofType("aws:apigateway/domainName:DomainName"), []);
    });

    it("says in every answer that it is to be asked by HTTPS, and else in none", () => {
      const value = "max-age=31536000; includeSubDomains";
      for (const { name, inputs } of named.ofType("aws:lambda/function:Function")) {
        const { variables } = inputs.environment as { variables: Record<string, unknown> };
        assert.equal(variables.STRICT_TRANSPORT_SECURITY, value, name);
      }
      const body = (of: MockedRun, name: string) =>
        String(of.inputs("aws:apigateway/restApi:RestApi", name).body);
      assert.ok(body(named, "named-api").includes(`'${value}'`));
      assert.equal(body(run, "test-api").includes("Strict-Transport-Security"), false);
      for (const { inputs } of run.ofType("aws:lambda/function:Function")) {
        const { variables } = inputs.environment as { variables: Record<string, unknown> };
        assert.equal("STRICT_TRANSPORT_SECURITY" in variables, false);
      }
    });
  });

  describe("the account's role for logs", () => {
    it("is set before the stage is made, and tried only with its policy", () => {
      const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
      assert.ok(run.waits(`${stageType} test-api`, `${accountType} test-gateway`));
      assert.ok(
        run.waits(`${accountType} test-gateway`, `${attachmentType} test-gateway-logging-policy`),
      );
      assert.deepEqual(run.inputs(accountType, "test-gateway"), {
        cloudwatchRoleArn: "arn:mock:aws:iam/role:Role:test-gateway-logging-role",
      });
      assert.deepEqual(run.inputs(attachmentType, "test-gateway-logging-policy"), {
        role: "test-gateway-logging-role-name",
        policyArn: "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
      });
    });

    it("outlives the stack, as other stacks' APIs log by it", () => {
      for (const [type, name] of [
        [accountType, "test-gateway"],
        ["aws:iam/role:Role", "test-gateway-logging-role"],
        ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "test-gateway-logging-policy"],
      ] as const) {
        assert.equal(run.one(type, name).options.retainOnDelete, true);
      }
    });

    it("is left alone where another stack sets it", () => {
      assert.deepEqual(otherRun.ofType(accountType), []);
      const roles = otherRun.ofType("aws:iam/role:Role").map(({ name }) => name);
      assert.ok(!roles.includes("other-gateway-logging-role"));
      assert.equal(otherRun.ofType(stageType).length, 1);
    });
  });
});
