import assert from "node:assert/strict";
import { largestDirectUploadBytes } from "../../../components/config/stack-config";
import type { UserSettings } from "../../../components/config/user-config";
import { Ingest } from "../../../components/functions/ingest";
import { functionPolicy } from "../../../components/policies/function-policy";
import { keepFailures } from "../../../components/policies/grants";
import {
  describeImageStatements,
  finaliseUploadStatements,
  sweepImagesStatements,
} from "../../../components/policies/upload-statements";
import { countImagesStatements } from "../../../components/policies/user-statements";
import { Storage } from "../../../components/storage/storage";
import { mockAccount, type MockedRun, mockRenditions, runMocked } from "../../support/pulumi";

const functionType = "aws:lambda/function:Function";
const permissionType = "aws:lambda/permission:Permission";
const configType = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const bucketArn = "arn:mock:aws:s3/bucket:Bucket:test-images";
const queueArn = "arn:mock:aws:sqs/queue:Queue:test-failures";

const operations = ["finalise-upload", "describe-image", "sweep-images"] as const;

async function create(users?: UserSettings): Promise<MockedRun> {
  const { run } = await runMocked(() => {
    const storage = new Storage("test", {
      resultsLockDays: 1,
      renditionExpireDays: 90,
      protectData: false,
      allowedOrigins: ["*"],
      hasUsers: users !== undefined,
    });
    return new Ingest("test", {
      storage,
      renditions: mockRenditions(),
      maxImagePixels: 3000,
      stripLocation: true,
      users,
      logRetentionDays: 30,
    });
  });
  return run;
}

describe("Ingest", () => {
  let run: MockedRun;

  before(async () => {
    run = await create();
  });

  it("counts images of users where they are known: as they are published, and hidden", async () => {
    const users = {
      issuer: "https://id.example.com",
      audience: ["darkroom"],
      userClaim: "sub",
      allowApiKeys: false,
      maxImages: 0,
      maxBytes: 1000,
    };
    const known = await create(users);
    const limits = { MAX_IMAGES_PER_USER: "0", MAX_BYTES_PER_USER: "1000" };
    const counting = { USERS_TABLE: "test-users-name" };
    const expected = {
      "finalise-upload": { ...counting, ...limits },
      "describe-image": counting,
      "sweep-images": {},
    };
    for (const operation of operations) {
      const variablesOf = (made: MockedRun) =>
        (
          made.inputs(functionType, `test-${operation}`).environment as {
            variables: Record<string, string>;
          }
        ).variables;
      assert.deepEqual(variablesOf(known), { ...variablesOf(run), ...expected[operation] });
      const statementsOf = (made: MockedRun) => {
        const { policy } = made.inputs("aws:iam/policy:Policy", `test-${operation}-policy`);
        return (JSON.parse(String(policy)) as { Statement: { Sid: string }[] }).Statement;
      };
      const sids = statementsOf(run).map(({ Sid }) => Sid);
      assert.deepEqual(
        statementsOf(known).filter(({ Sid }) => !sids.includes(Sid)),
        "USERS_TABLE" in expected[operation]
          ? countImagesStatements({ usersTable: "arn:mock:aws:dynamodb/table:Table:test-users" })
          : [],
      );
    }
  });

  it("tells each function what it works with, and nothing else", () => {
    const images = {
      IMAGES_BUCKET: "test-images-bucket",
      IMAGES_TABLE: "test-images-name",
      TAGS_TABLE: "test-image-tags-name",
      POWERTOOLS_LOG_LEVEL: "INFO",
    };
    assert.deepEqual(run.inputs(functionType, "test-finalise-upload").environment, {
      variables: {
        ...images,
        POWERTOOLS_SERVICE_NAME: "finalise-upload",
        MAX_IMAGE_PIXELS: "3000",
        STRIP_LOCATION: "true",
      },
    });
    assert.deepEqual(run.inputs(functionType, "test-describe-image").environment, {
      variables: {
        ...images,
        POWERTOOLS_SERVICE_NAME: "describe-image",
        MAX_IMAGE_PIXELS: "3000",
        RENDITIONS_BUCKET: "renditions",
        DISTRIBUTION_ID: "images",
      },
    });
    assert.deepEqual(run.inputs(functionType, "test-sweep-images").environment, {
      variables: {
        ...images,
        POWERTOOLS_SERVICE_NAME: "sweep-images",
        RENDITIONS_BUCKET: "renditions",
        DISTRIBUTION_ID: "images",
      },
    });
  });

  it("has room for the largest image that is described, in the folder that Lambda gives", () => {
    const { ephemeralStorage } = run.inputs(functionType, "test-describe-image");
    assert.equal(ephemeralStorage, undefined);
    // What Lambda gives then; a twentieth is for what else is there.
    assert.ok(largestDirectUploadBytes < 0.95 * 512 * 1_000_000);
  });

  it("gives the functions time for large objects and long lists, and logs with retention", () => {
    assert.equal(run.inputs(functionType, "test-finalise-upload").timeout, 120);
    assert.equal(run.inputs(functionType, "test-describe-image").timeout, 120);
    assert.equal(run.inputs(functionType, "test-describe-image").memorySize, 1024);
    assert.equal(run.inputs(functionType, "test-sweep-images").timeout, 300);
    for (const operation of operations) {
      const group = run.inputs("aws:cloudwatch/logGroup:LogGroup", `/aws/lambda/test-${operation}`);
      assert.deepEqual(group, { retentionInDays: 30 });
    }
  });

  it("grants each function what it does, and to keep what it fails on", () => {
    const arns = {
      imagesBucket: bucketArn,
      imagesTable: "arn:mock:aws:dynamodb/table:Table:test-images",
      tagsTable: "arn:mock:aws:dynamodb/table:Table:test-image-tags",
      renditionsBucket: "arn:mock:renditions",
      imageDistribution: "arn:mock:images",
    };
    const expected = {
      "finalise-upload": finaliseUploadStatements(arns),
      "describe-image": describeImageStatements(arns),
      "sweep-images": sweepImagesStatements(arns),
    };
    for (const operation of operations) {
      const { policy } = run.inputs("aws:iam/policy:Policy", `test-${operation}-policy`);
      assert.deepEqual(
        JSON.parse(String(policy)),
        functionPolicy(`arn:mock:aws:cloudwatch/logGroup:LogGroup:/aws/lambda/test-${operation}`, [
          ...expected[operation],
          keepFailures(queueArn),
        ]),
      );
    }
  });

  it("tries events three times within six hours, and then keeps them", () => {
    assert.equal(run.ofType(configType).length, operations.length);
    for (const operation of operations) {
      assert.deepEqual(run.inputs(configType, `test-${operation}-failures`), {
        functionName: `test-${operation}-name`,
        maximumRetryAttempts: 2,
        maximumEventAgeInSeconds: 21_600,
        destinationConfig: { onFailure: { destination: queueArn } },
      });
    }
  });

  it("names the queue only when the role may send to it, which Lambda checks", () => {
    for (const operation of operations) {
      const attachment = `aws:iam/rolePolicyAttachment:RolePolicyAttachment test-${operation}-policy`;
      assert.ok(run.waits(`${configType} test-${operation}-failures`, attachment));
    }
  });

  it("makes one queue", () => {
    assert.deepEqual(
      run.ofType("aws:sqs/queue:Queue").map(({ name }) => name),
      ["test-failures"],
    );
  });

  it("finalises whatever arrives among the uploads of the images bucket, and describes images", () => {
    const type = "aws:s3/bucketNotification:BucketNotification";
    assert.equal(run.ofType(type).length, 1);
    assert.deepEqual(run.inputs(type, "test-uploads"), {
      bucket: "test-images-id",
      lambdaFunctions: [
        {
          lambdaFunctionArn: `arn:mock:${functionType}:test-finalise-upload`,
          events: ["s3:ObjectCreated:*"],
          filterPrefix: "uploads/",
        },
        {
          lambdaFunctionArn: `arn:mock:${functionType}:test-describe-image`,
          events: ["s3:ObjectCreated:*"],
          filterPrefix: "images/",
        },
      ],
    });
    for (const operation of ["finalise-upload", "describe-image"]) {
      assert.ok(run.waits(`${type} test-uploads`, `${permissionType} test-${operation}-invoke`));
    }
  });

  it("sweeps every hour", () => {
    assert.deepEqual(run.inputs("aws:cloudwatch/eventRule:EventRule", "test-sweep"), {
      description: "Clears away what was begun and not finished",
      scheduleExpression: "rate(1 hour)",
    });
    assert.deepEqual(run.inputs("aws:cloudwatch/eventTarget:EventTarget", "test-sweep"), {
      rule: "test-sweep-name",
      arn: `arn:mock:${functionType}:test-sweep-images`,
    });
    assert.ok(
      run.waits(
        "aws:cloudwatch/eventTarget:EventTarget test-sweep",
        `${permissionType} test-sweep-images-invoke`,
      ),
    );
  });

  it("lets this bucket of this account, and this rule, invoke one function each", () => {
    assert.equal(run.ofType(permissionType).length, operations.length);
    for (const operation of ["finalise-upload", "describe-image"]) {
      assert.deepEqual(run.inputs(permissionType, `test-${operation}-invoke`), {
        action: "lambda:InvokeFunction",
        function: `test-${operation}-name`,
        principal: "s3.amazonaws.com",
        sourceArn: bucketArn,
        sourceAccount: mockAccount.accountId,
      });
    }
    assert.deepEqual(run.inputs(permissionType, "test-sweep-images-invoke"), {
      action: "lambda:InvokeFunction",
      function: "test-sweep-images-name",
      principal: "events.amazonaws.com",
      sourceArn: "arn:mock:aws:cloudwatch/eventRule:EventRule:test-sweep",
    });
  });
});
