import { strict as assert } from "node:assert";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { deflateSync } from "node:zlib";
import { getSignedUrl } from "@aws-sdk/cloudfront-signer";
import sharp from "sharp";
import { pngChunk, pngChunkStart } from "../support/image-files";
import { makeImage } from "../support/images";
import { assertError, call } from "./support/api";
import { tryUpload, uploadImage } from "./support/images";
import { assertEdgeError, renditionsOf, signUrl, view } from "./support/renditions";
import { storedImages } from "./support/stack";
import { useStack } from "./support/use-stack";
import { waitUntil } from "./support/wait-until";

describe("the edge refuses", () => {
  const stack = useStack();
  let imageId: string;
  let signed: URL;
  let stored: string[] = [];

  before(async () => {
    ({ imageId } = await uploadImage(stack(), { userId: "e2e-refusals" }));
    signed = new URL(await signUrl(stack(), imageId, "?width=4&format=png"));
    stored = await storedImages(stack(), imageId);
  });
  afterEach("nothing is left behind", async () => {
    assert.deepEqual(await storedImages(stack(), imageId), stored);
  });

  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });

  /** The URL with something changed after it was signed. */
  function tampered(change: (url: URL) => void): URL {
    const url = new URL(signed);
    change(url);
    return url;
  }

  /** As if it were signed by another's key. */
  function forged(keyPairId: string, path = signed.pathname): URL {
    return new URL(
      getSignedUrl({
        url: `${signed.origin}${path}`,
        keyPairId,
        privateKey,
        dateLessThan: new Date(Date.now() + 60_000).toISOString(),
        algorithm: "SHA256",
      }),
    );
  }

  const parameter = (name: string) => signed.searchParams.get(name) ?? "";

  const unsigned: Record<string, () => URL> = {
    "no signature": () => tampered((url) => (url.search = "")),
    "no signature for an image that there is none of": () =>
      new URL(`${signed.origin}/i/${randomUUID()}/thumb`),
    "no signature for operations that there are none of": () =>
      new URL(`${signed.origin}/i/${imageId}/size-1`),
    "no signature for what is no image": () => new URL(`${signed.origin}/secret.txt`),
    "no signature for the list of all": () => new URL(`${signed.origin}/?list-type=2`),
    "a page of errors that there is none of": () => new URL(`${signed.origin}/errors/none.json`),
    "an image below the pages of errors": () =>
      new URL(`${signed.origin}/errors/i/${imageId}/width-4_format-png`),
    "a signature that is cut off": () =>
      tampered(({ searchParams }) => {
        searchParams.set("Signature", parameter("Signature").slice(0, -8));
      }),
    "an empty signature": () =>
      tampered(({ searchParams }) => {
        searchParams.set("Signature", "");
      }),
    "a later end than was signed": () =>
      tampered(({ searchParams }) => {
        searchParams.set("Expires", String(Number(parameter("Expires")) + 1));
      }),
    "an end that has come": () =>
      tampered(({ searchParams }) => {
        searchParams.set("Expires", "1700000000");
      }),
    "another size than was signed": () =>
      tampered((url) => (url.pathname = url.pathname.replace("width-4", "width-5"))),
    "the preset of the same image": () => tampered((url) => (url.pathname = `/i/${imageId}/thumb`)),
    "another image than was signed": () =>
      tampered((url) => (url.pathname = url.pathname.replace(imageId, randomUUID()))),
    "a name of a download that was not signed": () =>
      tampered((url) => (url.search = `?download=a.exe&${url.search.slice(1)}`)),
    "an algorithm that was not signed with": () =>
      tampered(({ searchParams }) => {
        searchParams.set("Hash-Algorithm", "SHA1");
      }),
    "a key that nobody trusts": () => forged("K2JCJMDEHXQW5F"),
    "a trusted key's name with another key": () => forged(parameter("Key-Pair-Id")),
  };

  for (const [what, url] of Object.entries(unsigned)) {
    it(`${what}: 403`, async () => {
      assertEdgeError(await view(stack(), url().href), 403, "InvalidSignature");
    });
  }

  it("methods that change something: 403", async () => {
    for (const method of ["PUT", "POST", "DELETE", "PATCH"]) {
      assert.equal((await view(stack(), signed.href, { method })).status, 403, method);
    }
  });
});

describe("what is signed but cannot be made", () => {
  const stack = useStack();

  /** Uploads an image and asks for a rendition of it. */
  async function ask(image: Buffer, query: string, contentType = "image/png") {
    const upload = { userId: "e2e-refusals", image, contentType };
    const { imageId } = await uploadImage(stack(), upload);
    const answer = await view(stack(), await signUrl(stack(), imageId, query));
    return { ...answer, imageId };
  }

  it("is a part that lies beside the image: 400", async () => {
    const answer = await ask(await makeImage("png"), "?crop=100,100,10,10&format=png");
    assertEdgeError(answer, 400, "InvalidRequest");
    assert.deepEqual(await renditionsOf(stack(), answer.imageId), []);
  });

  it("is an image whose pixels are damaged, which is rejected: 404", async () => {
    const png = await makeImage("png");
    const image = Buffer.concat([
      png.subarray(0, pngChunkStart(png, "IDAT")),
      pngChunk("IDAT", Buffer.from("no pixels")),
      png.subarray(pngChunkStart(png, "IEND")),
    ]);
    const { body } = await tryUpload(stack(), { userId: "e2e-refusals", image });
    const path = `/images/${String(body.imageId)}`;
    await waitUntil(async () => (await call(stack(), path)).status === 404);
    for (const route of [path, `${path}/url?width=4`, `${path}?preset=thumb`]) {
      assertError(await call(stack(), route), 404, "ImageRejected");
    }
    assert.deepEqual(await renditionsOf(stack(), String(body.imageId)), []);
  });

  it("is not a few bytes of 99 million pixels, which are made small", async () => {
    const bomb = whitePng(9900, 10_000);
    assert.ok(bomb.length < 100_000);
    const { status, bytes } = await ask(bomb, "?width=99&format=png");
    assert.equal(status, 200);
    assert.equal((await sharp(bytes).metadata()).height, 100);
  });

  it("is not an animation of 10,000 frames, of which the first is taken", async () => {
    const gif = await makeImage("gif");
    // Its header and colours, its one frame, and the end.
    const start = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0]));
    const frame = gif.subarray(start, -1);
    const frames = Buffer.concat(Array.from({ length: 10_000 }, () => frame));
    const long = Buffer.concat([gif.subarray(0, start), frames, gif.subarray(-1)]);
    const { status, headers, bytes } = await ask(long, "?width=4&format=gif", "image/gif");
    assert.deepEqual([status, headers["content-type"]], [200, "image/gif"]);
    const { width, pages = 1 } = await sharp(bytes).metadata();
    assert.deepEqual([width, pages], [4, 1]);
  });
});

/** A PNG of one bit a pixel, all of them white, which compresses to next to nothing. */
function whitePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const row = Buffer.alloc(1 + Math.ceil(width / 8), 0xff).fill(0, 0, 1);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}
