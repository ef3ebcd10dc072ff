import assert from "node:assert/strict";
import { kill } from "../../scripts/soak/kill";
import { parseSoakOptions } from "../../scripts/soak/options";

describe("npm run soak -- --only kill", function () {
  // Where the kill comes between an upload's object and its image, the event of the object is tried again a minute
  // later, and then two, until the upload counts as cut off: 180 seconds more than else.
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
