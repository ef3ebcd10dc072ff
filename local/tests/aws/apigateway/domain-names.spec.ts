import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { view } from "../cloudfront/viewer";
import { inLab, type Lab, mocked, ok, openApi, proxied } from "./lab";

const name = "api.example.com";
const settings = {
  regionalCertificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
  regionalDomainName: "127.0.0.1:1",
  regionalZoneId: "Z1",
  securityPolicy: "TLS_1_2",
  tags: { Team: "one" },
};

/** An API on the stages prod and beta, and the address of a name that leads to it. */
async function deploy(lab: Lab) {
  const { api } = await lab.deploy(
    openApi({ "/things": { get: proxied() }, "/health": { get: mocked("fine") } }),
  );
  const deployment = lab.gateway.createDeployment({ restApiId: api.id });
  lab.gateway.createStage({ restApiId: api.id, deploymentId: deployment.id, stageName: "beta" });
  const target = await lab.gateway.domainNames.targetOf(name);
  return { api, url: `http://${target}`, domains: lab.gateway.domainNames };
}

describe("DomainNames", () => {
  it("serves a stage under its base path, and tells functions the path that was asked for", () =>
    inLab(async (lab) => {
      const { api, url, domains } = await deploy(lab);
      lab.invoke = () => ok({ statusCode: 200, body: "things" });
      assert.equal((await view(`${url}/v1/things`)).status, 403);
      domains.create(name, settings);
      domains.map(name, { basePath: "v1", restApiId: api.id, stageName: "prod" });
      const { status, body } = await view(`${url}/v1/things?a=b`);
      assert.deepEqual([status, body.toString()], [200, "things"]);
      const { path, queryStringParameters, requestContext } = lab.event();
      assert.deepEqual(queryStringParameters, { a: "b" });
      assert.equal(path, "/v1/things");
      assert.equal((requestContext as { stage: string }).stage, "prod");
      assert.equal((await view(`${url}/things`)).status, 403);
    }));

  it("takes the next part of the path for the stage where none is mapped", () =>
    inLab(async (lab) => {
      const { api, url, domains } = await deploy(lab);
      domains.create(name, settings);
      domains.map(name, { basePath: "", restApiId: api.id });
      assert.equal((await view(`${url}/beta/health`)).body.toString(), "fine");
      assert.equal((await view(`${url}/gamma/health`)).status, 403);
    }));

  it("serves what no other mapping has by the empty base path", () =>
    inLab(async (lab) => {
      const { api, url, domains } = await deploy(lab);
      domains.create(name, settings);
      domains.map(name, { basePath: "", restApiId: api.id, stageName: "prod" });
      domains.map(name, { basePath: "v1", restApiId: api.id, stageName: "beta" });
      assert.equal((await view(`${url}/health`)).body.toString(), "fine");
      assert.equal((await view(`${url}/v1/health`)).body.toString(), "fine");
      domains.unmap(name, "");
      assert.equal((await view(`${url}/health`)).status, 403);
    }));

  it("speaks HTTPS by a certificate for the name, on the same port at the next start", () =>
    inLab(async (lab, dataDir) => {
      const { api, domains } = await deploy(lab);
      domains.create(name, settings);
      domains.map(name, { basePath: "v1", restApiId: api.id, stageName: "prod" });
      const target = await domains.targetOf(name);
      const ca = readFileSync(join(dataDir, "names", name, "ca.pem"), "utf8");
      const { body } = await view(`https://${target}/v1/health`, {
        ca,
        servername: name,
        headers: { host: name },
      });
      assert.equal(body.toString(), "fine");
      assert.equal(await domains.targetOf(name), target);
    }));

  it("refuses names twice, and mappings to what is not there", () =>
    inLab(async (lab) => {
      const { api, domains } = await deploy(lab);
      const mapping = { basePath: "v1", restApiId: api.id, stageName: "prod" };
      assert.throws(
        () => {
          domains.map(name, mapping);
        },
        { code: "NotFoundException" },
      );
      domains.create(name, settings);
      assert.throws(
        () => {
          domains.create(name, settings);
        },
        { code: "ConflictException" },
      );
      for (const changes of [{ restApiId: "other" }, { stageName: "gamma" }]) {
        assert.throws(
          () => {
            domains.map(name, { ...mapping, ...changes });
          },
          { code: "BadRequestException" },
        );
      }
      domains.delete(name);
      assert.doesNotThrow(() => {
        domains.create(name, settings);
      });
    }));
});
