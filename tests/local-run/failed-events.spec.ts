import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "../../scripts/redrive/connect";
import { redrive } from "../../scripts/redrive/redrive";
import { call } from "../e2e/support/api";
import { outcomeOf } from "../e2e/support/direct-uploads";
import { storedImages } from "../e2e/support/stack";
import { waitUntil } from "../e2e/support/wait-until";
import { type FailingRun, sharedRun } from "../support/failing-run";
import { failDirectUpload } from "../support/failures";

describe("an upload that no attempt can finalise", function () {
  this.timeout(120_000);
  let run: FailingRun;

  before(async () => {
    run = await sharedRun();
  });

  function mails(): string[] {
    const inbox = join(run.dataDir, "inbox");
    return readdirSync(inbox).map((name) => readFileSync(join(inbox, name), "utf8"));
  }

  it("raises the alarm of the failure queue, and becomes an image when it is redriven", async () => {
    const created = await failDirectUpload(run);
    const { uploadId } = created;
    const pending = await call(run.stack, `/uploads/${uploadId}`);
    assert.equal(pending.body.status, "pending");
    await waitUntil(() =>
      Promise.resolve(mails().some((mail) => /^Subject: ALARM: .*failures-messages/m.test(mail))),
    );

    const lines: string[] = [];
    const { redriven } = await redrive({
      ...connect({ data: run.dataDir }),
      dryRun: false,
      signal: new AbortController().signal,
      print: (line) => lines.push(line),
    });

    // The event of the upload, and those of the six copies that were made of it. Other tests may have
    // left messages that are no events.
    assert.equal(redriven, 7, lines.join("\n"));
    assert.equal((await outcomeOf(run.stack, created)).status, "ready");
    assert.equal((await call(run.stack, `/images/${uploadId}`)).status, 200);
    // The row, the object and the entry of its tag, however often it was copied.
    assert.equal((await storedImages(run.stack, uploadId)).length, 3);
  });
});
