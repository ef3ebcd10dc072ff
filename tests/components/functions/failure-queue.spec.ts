import assert from "node:assert/strict";
import { FailureQueue } from "../../../components/functions/failure-queue";
import { type MockedRun, runMocked } from "../../support/pulumi";

describe("FailureQueue", () => {
  let run: MockedRun;

  before(async () => {
    ({ run } = await runMocked(() => new FailureQueue("failures")));
  });

  it("keeps messages for as long as SQS does, encrypted", () => {
    assert.deepEqual(run.inputs("aws:sqs/queue:Queue", "failures"), {
      sqsManagedSseEnabled: true,
      maxMessageSize: 1_048_576,
      messageRetentionSeconds: 1_209_600,
    });
  });

  it("answers over TLS only", () => {
    const { queueUrl, policy } = run.inputs("aws:sqs/queuePolicy:QueuePolicy", "failures-policy");
    assert.equal(queueUrl, "https://sqs.example/failures");
    assert.deepEqual(JSON.parse(String(policy)), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: "arn:mock:aws:sqs/queue:Queue:failures",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });
});
