import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Iam } from "../../../aws/iam/iam";
import { LocalLambda } from "../lambda/support/local-lambda";
import { account, arn, LocalDistribution } from "./support/local-distribution";

const echo = `exports.handler = async ({ rawPath, rawQueryString, headers }) => ({
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ rawPath, rawQueryString, secret: headers["x-origin-secret"] }),
});`;
const principal = "cloudfront.amazonaws.com";

describe("CloudFront before a function URL", () => {
  let folder: string;
  let local: LocalLambda;
  let cdn: LocalDistribution;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "darkroom-cloudfront-"));
    cdn = new LocalDistribution();
    cdn.now = new Date();
    const iam = new Iam({
      account,
      dataDir: folder,
      notify: () => undefined,
      clock: () => cdn.now,
    });
    cdn.credentials = (source) => iam.serviceCredentials(principal, source);
    cdn.bucket = () => ({ status: 403 });
    local = await LocalLambda.start({ authenticator: iam, authorizer: iam });
    await local.create(echo);
    await local.lambda.createFunctionUrlConfig({
      functionName: "resize",
      urlId: "abc",
      config: { authType: "AWS_IAM" },
    });
  });

  afterEach(async () => {
    cdn.stop();
    await local.stop();
    await rm(folder, { recursive: true });
  });

  const allow = (sourceArn: string) => {
    const permission = { functionName: "resize", principal, sourceArn };
    const url = "lambda:InvokeFunctionUrl";
    local.lambda.addPermission({ ...permission, statementId: "url", action: url });
    local.lambda.addPermission({
      ...permission,
      statementId: "invoke",
      action: "lambda:InvokeFunction",
      invokedViaFunctionUrl: true,
    });
  };

  const deploy = async (originAccessControlId: string | undefined) => {
    const custom = {
      protocolPolicy: "https-only",
      httpPort: 80,
      httpsPort: 443,
      readTimeoutSeconds: 30,
      connectionAttempts: 1,
      connectionTimeoutSeconds: 10,
    } as const;
    const url = {
      originId: "url",
      domainName: await local.lambda.urls.hostOf("resize"),
      originPath: "",
      originAccessControlId,
      customHeaders: [{ name: "X-Origin-Secret", value: "s3cret" }],
      custom,
    };
    const bucket = {
      originId: "bucket",
      domainName: "images.s3.us-east-1.amazonaws.com",
      originPath: "",
    };
    cdn.deployBehavior(
      { targetOriginId: "group", cachePolicyId: "all" },
      {
        origins: [bucket, url],
        originGroups: [
          { originId: "group", memberIds: ["bucket", "url"], failoverStatusCodes: [403, 404] },
        ],
      },
    );
  };

  it("calls it in its own name, by the permissions of the distribution", async () => {
    allow(arn);
    await deploy("EURL");
    const { status, body } = await cdn.get("/i/a%20b/crop-1x2x3x4?v=%2F&w=+");
    assert.equal(status, 200);
    assert.deepEqual(JSON.parse(body.toString()), {
      rawPath: "/i/a%20b/crop-1x2x3x4",
      rawQueryString: "v=%2F&w=+",
      secret: "s3cret",
    });
  });

  it("is refused on behalf of another distribution, or without a signature", async () => {
    allow(`${arn}8`);
    await deploy("EURL");
    assert.equal((await cdn.get("/i/a/thumb")).status, 403);
    await deploy(undefined);
    assert.equal((await cdn.get("/i/a/thumb")).status, 403);
  });
});
