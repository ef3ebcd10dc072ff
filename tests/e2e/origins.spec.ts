import { strict as assert } from "node:assert";
import { callOnce, download, postJson } from "./support/api";
import { uploadImage } from "./support/images";
import { signUrl } from "./support/renditions";
import { useUsers } from "./support/use-users";

const app = "https://app.example.com";
const admin = "https://admin.example.com";
const others = ["https://example.com", `${app}.example.org`, "http://app.example.com", "null"];

const allowed = "access-control-allow-origin";

/** What an answer says of who may read it. */
type Readers = Readonly<Record<"origin" | "vary", string | undefined>>;

/** What a browser sends for a page, before its request or with it. */
function headersOf(origin: string, method: string): Record<string, string> {
  return method === "OPTIONS" ? { origin, "access-control-request-method": "GET" } : { origin };
}

describe("pages of some origins", () => {
  const stack = useUsers({
    allowApiKeys: "true",
    "allowedOrigins[0]": app,
    "allowedOrigins[1]": admin,
  });

  /** An answer of the API, whose preflights and errors are the gateway's. */
  async function ask(origin: string, path: string, method = "GET"): Promise<Readers> {
    const { headers } = await callOnce(stack(), path, {
      method,
      headers: headersOf(origin, method),
    });
    return { origin: headers.get(allowed) ?? undefined, vary: headers.get("vary") ?? undefined };
  }

  /** An answer of S3 or of the edge. */
  async function fetchFrom(origin: string, url: string, method = "GET"): Promise<Readers> {
    const options = { method, headers: headersOf(origin, method) };
    const { headers } = await download(stack(), url, options);
    return { origin: headers[allowed] as string | undefined, vary: String(headers.vary) };
  }

  async function assertAllows(read: (origin: string) => Promise<Readers>): Promise<void> {
    for (const origin of [app, admin]) {
      const readers = await read(origin);
      assert.equal(readers.origin, origin);
      assert.match(readers.vary ?? "", /\borigin\b/i);
    }
    for (const origin of others) {
      assert.equal((await read(origin)).origin, undefined, origin);
    }
  }

  for (const [method, path, what] of [
    ["GET", "/health", "the health"],
    ["GET", "/openapi.json", "the contract"],
    ["OPTIONS", "/images", "a preflight"],
    ["OPTIONS", "/nothing", "a preflight of a path that is not there"],
    ["PUT", "/images", "a method that the path does not have"],
    ["GET", "/images", "a list"],
    ["HEAD", "/images", "a list, without its body"],
    ["GET", "/images/none", "an error of a function"],
  ] as const) {
    it(`read ${what}, and no others do`, async () => {
      await assertAllows((origin) => ask(origin, path, method));
    });
  }

  it("read errors of the gateway, as any page does, which tell nothing that it would not tell anybody", async () => {
    for (const origin of [app, admin, ...others]) {
      const headers = { "x-api-key": "unknown", ...headersOf(origin, "GET") };
      const { status, headers: answered } = await callOnce(stack(), "/images", { headers });
      assert.equal(status, 403);
      assert.equal(answered.get(allowed), origin);
      assert.equal(answered.get("vary"), "Origin");
    }
  });

  it("read originals in the bucket, and send some there", async () => {
    const { imageId } = await uploadImage(stack(), { userId: "origins" });
    const { body } = await callOnce(stack(), `/images/${imageId}?url=true`);
    for (const method of ["GET", "OPTIONS"]) {
      await assertAllows((origin) => fetchFrom(origin, String(body.url), method));
    }
  });

  it("read renditions at the edge, and are told so before", async () => {
    const { imageId } = await uploadImage(stack(), { userId: "origins" });
    const url = await signUrl(stack(), imageId, "?width=4");
    for (const method of ["GET", "OPTIONS"]) {
      await assertAllows((origin) => fetchFrom(origin, url, method));
    }
  });

  it("read results at the edge, and are told so before", async () => {
    const { body } = await postJson(stack(), "/process", { id: "origins" });
    for (const method of ["GET", "OPTIONS"]) {
      await assertAllows((origin) => fetchFrom(origin, String(body.url), method));
    }
  });
});
