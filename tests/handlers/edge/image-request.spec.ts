import assert from "node:assert/strict";
import { readQueryOperations } from "../../../handlers/renditions/renditions";
import { settings } from "../renditions/settings";
import { type GivenFields, imageId, runRequest } from "./run-edge-function";

const chrome = { accept: "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8" };

/** The path by which CloudFront goes on, of the operations in one. */
async function pathOf(text: string, headers: GivenFields = chrome): Promise<string> {
  const result = await runRequest(`/i/${imageId}/${text}`, { headers });
  assert.ok("uri" in result, JSON.stringify(result));
  return result.uri;
}

/** The answer to a path, with its body as it is meant. */
async function answerTo(uri: string, options: Parameters<typeof runRequest>[1] = {}) {
  const result = await runRequest(uri, options);
  assert.ok("statusCode" in result, JSON.stringify(result));
  return {
    ...result,
    body: JSON.parse(result.body?.data ?? "null") as {
      error: string;
      code: string;
      details?: object[];
    },
  };
}

describe("the CloudFront Function image-request", () => {
  it("brings operations into their normal form, and picks the format", async () => {
    assert.equal(
      await pathOf("height-480_fit-cover_width-320_dpr-2"),
      `/i/${imageId}/width-640_height-960_format-auto.avif`,
    );
    assert.equal(
      await pathOf("width-320", { accept: "image/webp,*/*" }),
      `/i/${imageId}/width-320_format-auto.webp`,
    );
    assert.equal(await pathOf("width-320", {}), `/i/${imageId}/width-320_format-auto.none`);
    assert.equal(await pathOf("width-320_format-png"), `/i/${imageId}/width-320_format-png`);
  });

  it("lets a preset stand for its operations", async () => {
    assert.equal(await pathOf("thumb"), await pathOf("width-240_height-240"));
  });

  it("decides anew what a path says of the viewer", async () => {
    assert.equal(
      await pathOf("width-320_format-auto.avif", {}),
      `/i/${imageId}/width-320_format-auto.none`,
    );
  });

  it("lays the watermark over of now, whichever it was when the URL was signed", async () => {
    assert.equal(
      await pathOf("format-png_watermark-northx0.5x0.2x99999999"),
      `/i/${imageId}/format-png_watermark-northx0.5x0.2x0123abcd`,
    );
  });

  it("goes by all lines of Accept", async () => {
    assert.equal(
      await pathOf("width-320", { accept: ["image/avif", "image/webp"] }),
      `/i/${imageId}/width-320_format-auto.avif`,
    );
  });

  it("writes again what it has written", async () => {
    const written = await pathOf("rotate-180_flip-true_width-3_dpr-1.5_quality-80_format-webp");
    assert.equal(await pathOf(written.slice(`/i/${imageId}/`.length)), written);
  });

  it("drops the query but for the download's name, which the answer needs", async () => {
    const query = { Expires: "1", Signature: "s", "Key-Pair-Id": "k", download: "a%20b" };
    const result = await runRequest(`/i/${imageId}/thumb`, { query });
    assert.deepEqual("querystring" in result && result.querystring, {
      download: { value: "a%20b" },
    });
    const other = await runRequest(`/i/${imageId}/thumb`, { query: { Expires: "1" } });
    assert.deepEqual("querystring" in other && other.querystring, {});
  });

  for (const uri of [
    "/",
    "/i/",
    `/i/${imageId}`,
    `/i/${imageId}/`,
    `/i/${imageId}/thumb/`,
    `/i/${imageId}//thumb`,
    `//i/${imageId}/thumb`,
    `/i/${imageId}/width-9/thumb`,
    `/i/${imageId}/width-9/../thumb`,
    `/i/x/${imageId}/thumb`,
    `/i/${imageId}/../${imageId}/thumb`,
    `/i/../i/${imageId}/thumb`,
    `/i/${imageId}/width-9%2Fthumb`,
    `/i/${imageId}/width-9%2f..%2fthumb`,
    `/i/${imageId}/thum%62`,
    `/i/${imageId}/%`,
    `/i/${imageId.toUpperCase()}/thumb`,
    `/i/${imageId}0/thumb`,
    "/i/thumb/thumb",
    `/I/${imageId}/thumb`,
    `/i/${imageId}/${"a".repeat(501)}`,
    `/i/${imageId}/thumb\n/x`,
  ]) {
    it(`has no image at ${JSON.stringify(uri).slice(0, 90)}`, async () => {
      const { statusCode, body } = await answerTo(uri);
      assert.equal(statusCode, 404);
      assert.deepEqual(body, {
        error: "There is no image at this path.",
        code: "ImageNotFound",
        requestId: "the-request",
      });
    });
  }

  it("lets no path through to a public preset's pattern that asks for anything else", async () => {
    // What the pattern /i/*/thumb matches, to which an asterisk is any characters.
    const texts = ["thumb", "width-9/thumb", "../thumb", "./thumb", "width-9%2fthumb", "/thumb"];
    const passed = await Promise.all(
      texts.map((text) => runRequest(`/i/${imageId}/${text}`, { headers: chrome })),
    );
    const uris = passed.flatMap((result) => ("uri" in result ? [result.uri] : []));
    assert.deepEqual(uris, [`/i/${imageId}/width-240_height-240_format-auto.avif`]);
  });

  it("refuses what breaks the contract, in the shape of the API's errors", async () => {
    const answer = await answerTo(`/i/${imageId}/width-0_hieght-3_quality-80_format-png`);
    assert.equal(answer.statusCode, 400);
    assert.deepEqual(answer.headers, {
      "access-control-allow-origin": { value: "*" },
      "cache-control": { value: "no-store" },
      "content-type": { value: "application/json" },
      "x-content-type-options": { value: "nosniff" },
    });
    const details = [
      { field: "width", problem: 'must be a whole number from 1 to 8192, not "0"' },
      { field: "hieght", problem: "is not accepted (did you mean height?)" },
      { field: "quality", problem: "has no effect with format png" },
    ];
    assert.deepEqual(answer.body, {
      error: `${details.map(({ field, problem }) => `${field} ${problem}`).join("; ")}.`,
      code: "InvalidRequest",
      requestId: "the-request",
      details: details.map((problem) => ({ pointer: `/${problem.field}`, ...problem })),
    });
  });

  it("tells of operations what the API tells", async () => {
    const query =
      "width=0x10&crop=1,2&gravity=up&blur=NaN&flip=yes&background=red&dpr=5&fits=cover";
    const pairs = [...new URLSearchParams(query)] as const;
    const reading = readQueryOperations(pairs, settings);
    const text = pairs.map(([name, value]) => `${name}-${value.replace(",", "x")}`).join("_");
    const { body } = await answerTo(`/i/${imageId}/${text}`);
    assert.ok("problems" in reading);
    assert.deepEqual(
      body.details,
      reading.problems.map(({ field, problem }) => ({
        pointer: `/${field}`,
        field,
        problem: problem.replace("1,2", "1x2"),
      })),
    );
  });

  it("refuses a preset that there is none of", async () => {
    const { statusCode, body } = await answerTo(`/i/${imageId}/tumb`);
    assert.equal(statusCode, 400);
    assert.equal(
      body.error,
      'preset must be one of large, small, thumb, not "tumb" (did you mean thumb?).',
    );
  });

  it("refuses operations where presets are all that is accepted", async () => {
    const strict = { settings: { ...settings, presetsOnly: true } };
    const { statusCode, body } = await answerTo(`/i/${imageId}/width-240`, strict);
    assert.equal(statusCode, 400);
    assert.equal(body.error, "operations are not accepted, only large, small, thumb.");
    assert.ok("uri" in (await runRequest(`/i/${imageId}/thumb`, strict)));
  });

  it("refuses what would be too large", async () => {
    const { statusCode, body } = await answerTo(`/i/${imageId}/width-8192_height-8192`);
    assert.equal(statusCode, 413);
    assert.deepEqual(body, {
      error: "The rendition would have 67108864 pixels, of 33177600 at most.",
      code: "RenditionTooLarge",
      limit: "pixels",
      maxPixels: 33177600,
      requestId: "the-request",
    });
  });

  it("answers preflights itself", async () => {
    const result = await runRequest(`/i/${imageId}/thumb`, { method: "OPTIONS" });
    assert.deepEqual(result, {
      statusCode: 204,
      cookies: {},
      headers: {
        "access-control-allow-origin": { value: "*" },
        "access-control-allow-methods": { value: "GET, HEAD" },
        "access-control-allow-headers": { value: "*" },
        "access-control-max-age": { value: "3600" },
      },
    });
  });

  it("names the one origin whose pages may read its answers, and any where there are several", async () => {
    const [app, admin] = ["https://app.example.com", "https://admin.example.com"];
    for (const [allowedOrigins, value] of [
      [[app], app],
      [[app, admin], "*"],
    ] as const) {
      for (const [method, text] of [
        ["GET", "width-0"],
        ["OPTIONS", "thumb"],
      ] as const) {
        const options = { method, headers: { origin: admin }, allowedOrigins };
        const { headers } = await runRequest(`/i/${imageId}/${text}`, options);
        assert.deepEqual(headers["access-control-allow-origin"], { value }, text);
      }
    }
  });

  it("answers within the 40 KB of a function's result, however much is wrong", async () => {
    const text = Array.from({ length: 166 }, (_, index) => `q${index % 10}-`).join("_");
    const result = await runRequest(`/i/${imageId}/${text.slice(0, 500)}`);
    assert.ok("statusCode" in result);
    assert.equal(result.statusCode, 400);
    const bytes = JSON.stringify(result).length;
    assert.ok(bytes < 40 * 1024, `${bytes} bytes`);
  });
});
