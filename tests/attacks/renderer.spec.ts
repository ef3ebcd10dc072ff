import { strict as assert } from "node:assert";
import { randomUUID } from "node:crypto";
import { uploadImage } from "../e2e/support/images";
import { renditionsOf } from "../e2e/support/renditions";
import { signRequest } from "../../local/tests/aws/iam/sign-request";
import { resourceNamed, useTarget } from "./support/target";

describe("the renderer, asked directly", function () {
  this.timeout(60_000);
  const target = useTarget();
  let imageId: string;
  let base: URL;

  before(async () => {
    const { run } = target();
    const url = resourceNamed(run, "aws:lambda/functionUrl:FunctionUrl", "render-image-url");
    base = new URL(String(url.outputs?.functionUrl));
    ({ imageId } = await uploadImage(run.stack, { userId: "attacks" }));
  });
  afterEach("nothing is stored", async () => {
    assert.deepEqual(await renditionsOf(target().run.stack, imageId), []);
  });

  interface Answer {
    status: number;
    body: Record<string, unknown>;
  }

  async function ask(headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(new URL(`/i/${imageId}/width-4_format-png`, base), { headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** As who may do all in the account, or as a function. */
  async function askSigned(
    credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const signed = await signRequest({
      credentials,
      region: target().region,
      date: new Date(),
      service: "lambda",
      path: `/i/${imageId}/width-4_format-png`,
      headers: { host: base.host, ...headers },
    });
    return await ask(signed.headers as Record<string, string>);
  }

  const owner = () => {
    const { accessKeyId = "", secretAccessKey = "" } = target().run.cloud.endpoints as Record<
      string,
      string
    >;
    return { accessKeyId, secretAccessKey };
  };

  it("is closed to who does not sign, whatever secret is given", async () => {
    for (const secret of ["", randomUUID()]) {
      const { status, body } = await ask({ "x-origin-secret": secret });
      assert.equal(status, 403);
      assert.match(String(body.Message), /^Forbidden\. For troubleshooting Function URL/);
    }
  });

  it("is closed to the functions of the API", async () => {
    for (const name of ["get-image", "delete-image", "sweep-images"] as const) {
      const { status } = await askSigned(target().victims[name].credentials);
      assert.equal(status, 403, name);
    }
  });

  it("refuses by itself who may call it in the account, but does not know the secret", async () => {
    for (const secret of ["", randomUUID()]) {
      const { status, body } = await askSigned(owner(), { "x-origin-secret": secret });
      assert.deepEqual([status, body.code], [403, "Forbidden"]);
      assert.match(String(body.requestId), /^[0-9a-f-]{36}$/);
    }
  });
});
