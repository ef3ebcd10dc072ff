import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { specialArchiveSig, specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { withHashedAssets } from "../../engine/assets";

const asset = (content: object) => ({ [specialSigKey]: specialAssetSig, ...content });
const archive = (content: object) => ({ [specialSigKey]: specialArchiveSig, ...content });
/** As Pulumi's engine has it. */
const hashOfHi = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";

describe("withHashedAssets", () => {
  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "assets-"));
    await writeFile(join(dir, "hi.txt"), "hi");
  });

  after(() => rm(dir, { recursive: true }));

  it("adds the hash of a text and of a file", async () => {
    assert.deepEqual(
      await withHashedAssets(
        {
          text: asset({ __pulumiAsset: true, text: "hi" }),
          list: [archive({ assets: { file: asset({ path: "./hi.txt" }) } })],
          other: { a: [1, null, "x"] },
        },
        dir,
      ),
      {
        text: asset({ text: "hi", hash: hashOfHi }),
        list: [archive({ assets: { file: asset({ path: "./hi.txt", hash: hashOfHi }) } })],
        other: { a: [1, null, "x"] },
      },
    );
  });

  it("adds the hash of a file that is read in parts", async () => {
    const content = randomBytes(3_000_000);
    await writeFile(join(dir, "large"), content);
    const hash = createHash("sha256").update(content).digest("hex");
    const { file } = await withHashedAssets({ file: asset({ path: "large" }) }, dir);
    assert.deepEqual(file, asset({ path: "large", hash }));
  });

  it("fetches nothing", async () => {
    const remote = { source: asset({ uri: "https://example.com/a.txt" }) };
    assert.deepEqual(await withHashedAssets(remote, dir), remote);
  });

  const refused: [what: string, value: unknown, message: (dir: string) => string][] = [
    [
      "a file that is not there",
      asset({ path: "nope.txt" }),
      (at) =>
        `failed to compute asset hash at source: failed to open asset file '${at}/nope.txt': ` +
        `open ${at}/nope.txt: no such file or directory`,
    ],
    [
      "a folder as an asset",
      asset({ path: "." }),
      (at) =>
        `failed to compute asset hash at source: asset path '${at}' is a directory; try using an archive`,
    ],
    [
      "an archive that is not there",
      archive({ path: "nope.zip" }),
      (at) =>
        `failed to compute archive hash at source: open ${at}/nope.zip: no such file or directory`,
    ],
    [
      "a file that is no archive",
      archive({ path: "hi.txt" }),
      (at) =>
        `failed to compute archive hash at source: '${at}/hi.txt' is neither a recognized archive type nor a directory`,
    ],
    [
      "a missing file in an archive",
      archive({ assets: { a: asset({ path: "nope" }) } }),
      (at) =>
        `failed to compute asset hash at source.a: failed to open asset file '${at}/nope': ` +
        `open ${at}/nope: no such file or directory`,
    ],
  ];
  for (const [what, value, message] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(withHashedAssets({ source: value }, dir), { message: message(dir) });
    });
  }
});
