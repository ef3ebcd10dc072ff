import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { call } from "../e2e/support/api";
import { createUpload, outcomeOf, sendImage } from "../e2e/support/direct-uploads";
import { tryUpload, uploadImage } from "../e2e/support/images";
import { signUrl, view } from "../e2e/support/renditions";
import { type FailingRun, sharedRun } from "../support/failing-run";
import { makeImage } from "../support/images";

/** How often the SDK tries a call in a function. */
const [dynamoDbAttempts, s3Attempts] = [3, 2];

describe("the alarms of the stack", function () {
  this.timeout(240_000);
  let run: FailingRun;

  before(async () => {
    run = await sharedRun();
  });

  // Whatever went wrong before is over.
  beforeEach(() => run.afterMinutes(90));

  /** Mails that the composite alarm has sent, unwrapped. */
  function mails(): string[] {
    const inbox = join(run.dataDir, "inbox");
    return readdirSync(inbox)
      .sort()
      .map((name) => readFileSync(join(inbox, name), "utf8").replaceAll(/=\n/g, ""))
      .filter((mail) => mail.includes('Subject: ALARM: "darkroom-local" in US East'));
  }

  /** Expects that something has one mail sent, and that an alarm of this suffix set it off. */
  async function expectMail(suffix: string, happen: () => Promise<void>): Promise<void> {
    const before = mails();
    await happen();
    const [mail = "", ...more] = mails().filter((one) => !before.includes(one));
    assert.deepEqual(more, []);
    const [composite] = run.cloud.services.cloudwatch.composites();
    const [trigger] = composite?.triggers ?? [];
    assert.match(trigger?.arn ?? "", new RegExp(`:alarm:darkroom-${suffix}-[0-9a-f]{7}$`));
    assert.ok(mail.includes(trigger?.arn ?? "?"), mail);
    assert.match(
      mail,
      /^You are receiving this email because your Amazon CloudWatch Alarm "darkroom-local"/m,
    );
  }

  /** Lets something happen in each of three periods of five minutes. */
  async function timeAndAgain(happen: () => Promise<unknown>): Promise<void> {
    for (let period = 0; period < 3; period++) {
      await happen();
      await run.afterMinutes(5);
    }
  }

  /** A request whose function gets an error from DynamoDB. */
  async function failRequest(): Promise<void> {
    run.faults.add("GetItem", "error", dynamoDbAttempts);
    const { status } = await call(run.stack, `/images/${randomUUID()}`);
    assert.equal(status, 500);
  }

  it("mail nothing of one request that fails at night, however often its client repeats it", async () => {
    const before = mails();
    await failRequest();
    await failRequest();
    await failRequest();
    await run.afterMinutes(120);
    assert.deepEqual(mails(), before);
  });

  it("mail of an outage after three minutes, once, and of the next one again", async () => {
    const outage = async () => {
      for (let minute = 0; minute < 3; minute++) {
        for (let request = 0; request < 10; request++) {
          await failRequest();
        }
        await run.afterMinutes(1);
      }
    };
    await expectMail("api-errors", outage);
    await run.afterMinutes(90);
    await expectMail("api-errors", outage);
  });

  it("mail of requests that fail time and again, however few", async () => {
    await expectMail("api-failures", () => timeAndAgain(failRequest));
  });

  it("mail of a function that crashes", async () => {
    await expectMail("api-failures", () =>
      timeAndAgain(async () => {
        run.faults.add("Invoke", "crash", 1);
        assert.equal((await call(run.stack, "/images")).status, 502);
      }),
    );
  });

  it("mail of a function of the API that Lambda does not run", async () => {
    await expectMail("api-failures", () =>
      timeAndAgain(async () => {
        run.faults.add("Invoke", "throttle", 1);
        assert.equal((await call(run.stack, "/images")).status, 500);
      }),
    );
  });

  it("mail of an index that refuses reads", async () => {
    await expectMail("api-failures", () =>
      timeAndAgain(async () => {
        run.faults.add("Query", "throttle", dynamoDbAttempts);
        const { status } = await call(run.stack, "/images?userId=ada");
        assert.ok(status >= 500, String(status));
      }),
    );
  });

  it("mail of tables that refuse writes, also where the SDK's retries make it good", async () => {
    await expectMail("table-throttles", () =>
      timeAndAgain(async () => {
        run.faults.add("PutItem", "throttle", 1);
        const { status } = await tryUpload(run.stack, { userId: "throttled" });
        assert.equal(status, 201);
      }),
    );
  });

  it("mail of a function that Lambda does not run for events, though they are tried again", async () => {
    const image = await makeImage("png");
    await expectMail("function-throttles", () =>
      timeAndAgain(async () => {
        const created = await createUpload(run.stack, { size: image.length });
        run.faults.add("Invoke", "throttle", 1);
        assert.equal((await sendImage(created, image)).status, 204);
        assert.equal((await outcomeOf(run.stack, created)).status, "ready");
      }),
    );
  });

  it("mail of renditions that cannot be made", async () => {
    const { imageId } = await uploadImage(run.stack, { userId: "rendered" });
    const urls = await Promise.all(
      [10, 11, 12].map((width) => signUrl(run.stack, imageId, `?width=${width}`)),
    );
    await expectMail("render-image-errors", () =>
      timeAndAgain(async () => {
        run.faults.add("GetObject", "error", s3Attempts);
        const { status } = await view(run.stack, urls.pop() ?? "");
        assert.ok(status >= 500, String(status));
      }),
    );
  });

  it("mail of requests that take nearly as long as API Gateway waits", async () => {
    // Nobody waits for half a minute here: this is what API Gateway publishes of such requests.
    const { cloudwatch } = run.cloud.services;
    const dimensions = { ApiName: "darkroom-local", Stage: "v1" };
    await expectMail("api-latency", async () => {
      for (let minute = 0; minute < 3; minute++) {
        const datum = { namespace: "AWS/ApiGateway", name: "Latency", dimensions, value: 25_000 };
        cloudwatch.put(datum);
        await run.afterMinutes(1);
      }
    });
  });
});
