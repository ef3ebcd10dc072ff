import assert from "node:assert/strict";
import { Ingest } from "../../../components/functions/ingest";
import {
  scanPolicy,
  scanTrustPolicy,
  unscannedStatements,
} from "../../../components/policies/scan-policy";
import { Storage } from "../../../components/storage/storage";
import { mockAccount, type MockedRun, mockRenditions, runMocked } from "../../support/pulumi";

const functionType = "aws:lambda/function:Function";
const permissionType = "aws:lambda/permission:Permission";
const notificationType = "aws:s3/bucketNotification:BucketNotification";
const planType = "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan";
const bucketArn = "arn:mock:aws:s3/bucket:Bucket:test-images";
const roleArn = "arn:mock:aws:iam/role:Role:test-scan-role";

describe("UploadScanner", () => {
  let run: MockedRun;

  before(async () => {
    ({ run } = await runMocked(() => {
      const storage = new Storage("test", {
        resultsLockDays: 1,
        renditionExpireDays: 90,
        protectData: false,
        allowedOrigins: ["*"],
        scansUploads: true,
      });
      return new Ingest("test", {
        storage,
        renditions: mockRenditions(),
        maxImagePixels: 3000,
        stripLocation: true,
        scansUploads: true,
        logRetentionDays: 30,
      });
    }));
  });

  it("has GuardDuty scan what arrives among uploads, and tag it", () => {
    assert.deepEqual(run.inputs(planType, "test-scan"), {
      role: roleArn,
      protectedResource: {
        s3Bucket: { bucketName: "test-images-id", objectPrefixes: ["uploads/"] },
      },
      actions: [{ taggings: [{ status: "ENABLED" }] }],
    });
  });

  it("has events of the bucket sent to EventBridge, and those of uploads to no function", () => {
    assert.deepEqual(run.inputs(notificationType, "test-uploads"), {
      bucket: "test-images-id",
      lambdaFunctions: [
        {
          lambdaFunctionArn: `arn:mock:${functionType}:test-describe-image`,
          events: ["s3:ObjectCreated:*"],
          filterPrefix: "images/",
        },
      ],
      eventbridge: true,
    });
    const callers = run
      .ofType(permissionType)
      .map(({ inputs }) => [inputs.function, inputs.principal]);
    assert.deepEqual(
      new Map(callers as []),
      new Map([
        ["test-finalise-upload-name", "events.amazonaws.com"],
        ["test-describe-image-name", "s3.amazonaws.com"],
        ["test-sweep-images-name", "events.amazonaws.com"],
      ]),
    );
  });

  it("begins when its role may do all, and when nobody changes the notification any more", () => {
    for (const earlier of [
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment test-scan-policy",
      `${notificationType} test-uploads`,
    ]) {
      assert.ok(run.waits(`${planType} test-scan`, earlier), earlier);
    }
  });

  it("finalises uploads by results of scans alone", () => {
    const { eventPattern, ...rule } = run.inputs(
      "aws:cloudwatch/eventRule:EventRule",
      "test-scan-results",
    );
    assert.deepEqual(rule, { description: "Results of scans of uploads for malware" });
    assert.deepEqual(JSON.parse(eventPattern as string), {
      source: ["aws.guardduty"],
      "detail-type": ["GuardDuty Malware Protection Object Scan Result"],
      detail: {
        s3ObjectDetails: {
          bucketName: ["test-images-bucket"],
          objectKey: [{ prefix: "uploads/" }],
        },
      },
    });
    assert.deepEqual(run.inputs("aws:cloudwatch/eventTarget:EventTarget", "test-scan-results"), {
      rule: "test-scan-results-name",
      arn: `arn:mock:${functionType}:test-finalise-upload`,
    });
    assert.deepEqual(run.inputs(permissionType, "test-scan-results-invoke"), {
      action: "lambda:InvokeFunction",
      function: "test-finalise-upload-name",
      principal: "events.amazonaws.com",
      sourceArn: "arn:mock:aws:cloudwatch/eventRule:EventRule:test-scan-results",
    });
    const { environment } = run.inputs(functionType, "test-finalise-upload") as {
      environment: { variables: Record<string, string> };
    };
    assert.equal(environment.variables.SCAN_UPLOADS, "true");
  });

  it("lets GuardDuty alone take on its role, which may do what AWS says", () => {
    const { assumeRolePolicy } = run.inputs("aws:iam/role:Role", "test-scan-role");
    assert.deepEqual(JSON.parse(assumeRolePolicy as string), scanTrustPolicy);
    const { policy } = run.inputs("aws:iam/policy:Policy", "test-scan-policy");
    const { partition, region, accountId } = mockAccount;
    assert.deepEqual(
      JSON.parse(policy as string),
      scanPolicy({
        bucketArn,
        prefix: "uploads/",
        rulesArn: `arn:${partition}:events:${region}:${accountId}:rule`,
      }),
    );
  });

  it("gives the bucket its one policy: TLS only, and who may read uploads", () => {
    const { policy } = run.inputs("aws:s3/bucketPolicy:BucketPolicy", "test-images-policy");
    const { Statement } = JSON.parse(policy as string) as { Statement: { Sid: string }[] };
    assert.equal(Statement[0]?.Sid, "TlsOnly");
    assert.deepEqual(Statement.slice(1), unscannedStatements(bucketArn, "uploads/", roleArn));
  });
});
