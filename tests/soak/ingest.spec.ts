import assert from "node:assert/strict";
import { ingest } from "../../scripts/soak/ingest";
import { parseSoakOptions } from "../../scripts/soak/options";

describe("npm run soak -- --only ingest", function () {
  this.timeout(300_000);

  it("loses nothing and leaves nothing over while calls fail and functions crash", async () => {
    const options = parseSoakOptions(["--operations", "120", "--patience", "10", "--seed", "4"]);
    const { figures, failures } = await ingest(options, () => undefined);
    assert.deepEqual(failures, []);
    for (const done of [
      "client retries",
      "renditions viewed",
      "swept",
      "images kept",
      "renditions kept",
      "results kept",
      "records kept",
      "changes of records",
      "events delivered",
    ]) {
      assert.ok(Number(figures[done]) > 0, done);
    }
  });
});
