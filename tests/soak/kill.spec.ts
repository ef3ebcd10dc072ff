import assert from "node:assert/strict";
import { kill } from "../../scripts/soak/kill";
import { parseSoakOptions } from "../../scripts/soak/options";

describe("npm run soak -- --only kill", function () {
  this.timeout(420_000);

  it("finds everything that was acknowledged after a local run was killed under load", async () => {
    const options = parseSoakOptions(["--operations", "40", "--kills", "1", "--seed", "3"]);
    const { figures, failures } = await kill(options, () => undefined);
    assert.deepEqual(failures, []);
    for (const found of ["answers replayed", "images kept", "records kept", "events delivered"]) {
      assert.ok(Number(figures[found]) > 0, found);
    }
  });
});
