import assert from "node:assert/strict";
import { serviceLines } from "../../cli/service-lines";

describe("serviceLines", () => {
  const endpoints = {
    accountId: "123456789012",
    secretAccessKey: "s3cret",
    aws: "http://127.0.0.1:1",
    s3: "http://127.0.0.1:22",
    dynamodb: "http://127.0.0.1:333",
    kms: "http://127.0.0.1:4",
    caFile: "/run/ca.pem",
    cdnPlainHttp: { "127.0.0.1:5": "http://127.0.0.1:6" },
    oidcIssuer: "http://127.0.0.1:7",
    page: "http://127.0.0.1:8",
  };

  it("are a table of the services, and how the aws command gets at all of them", () => {
    assert.deepEqual(serviceLines(endpoints, ".local"), [
      "Services:",
      "    s3          http://127.0.0.1:22    kms         http://127.0.0.1:4",
      "    dynamodb    http://127.0.0.1:333   oidcIssuer  http://127.0.0.1:7",
      "All of AWS's at http://127.0.0.1:1, for the aws command:",
      'source .local/aws.env && aws --endpoint-url "$AWS_ENDPOINT_URL" s3 ls',
    ]);
  });

  it("name the data folder as it was given, as one word of a shell", () => {
    const [line] = serviceLines(endpoints, "/tmp/it's mine").slice(-1);
    assert.match(line ?? "", /^source '\/tmp\/it'\\''s mine\/aws\.env' && /);
  });
});
