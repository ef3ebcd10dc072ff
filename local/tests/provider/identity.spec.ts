import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Identity } from "../../provider/identity";

describe("Identity", () => {
  const hex = "0123456789abcdef";
  const urn = "urn:pulumi:local::project::aws:s3/bucket:Bucket::media";
  let dataDir = "";

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), "identity-"));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  it("appends seven hex digits to the logical name", () => {
    const name = new Identity(dataDir).physicalName(urn, "media", {}, "bucket");
    assert.match(name, /^media-[0-9a-f]{7}$/);
  });

  it("keeps a name that the program gives", () => {
    const identity = new Identity(dataDir);
    assert.equal(identity.physicalName(urn, "media", { bucket: "mine" }, "bucket"), "mine");
  });

  it("gives the same identifiers again on the same folder", () => {
    const first = new Identity(dataDir).stableId(urn, "id", 40, hex);
    assert.equal(new Identity(dataDir).stableId(urn, "id", 40, hex), first);
  });

  it("gives other identifiers for another resource, purpose or folder", () => {
    const identity = new Identity(dataDir);
    const other = mkdtempSync(join(tmpdir(), "identity-"));
    const ids = new Set([
      identity.stableId(urn, "id", 40, hex),
      identity.stableId(`${urn}2`, "id", 40, hex),
      identity.stableId(urn, "value", 40, hex),
      new Identity(other).stableId(urn, "id", 40, hex),
    ]);
    rmSync(other, { recursive: true });
    assert.equal(ids.size, 4);
  });

  it("draws identifiers of any length from the alphabet alone", () => {
    assert.match(new Identity(dataDir).stableId(urn, "id", 300, "xyz"), /^[xyz]{300}$/);
  });

  it("lets only its owner read the seed", () => {
    new Identity(dataDir);
    assert.equal(statSync(join(dataDir, "seed")).mode & 0o777, 0o600);
  });
});
