import assert from "node:assert/strict";
import { serviceOrigins } from "../../page/service-origins";

describe("serviceOrigins", () => {
  it("are those of this machine's URLs, each once, and of no other machine", () => {
    const endpoints = {
      s3: "http://127.0.0.1:2/",
      cdn: { "127.0.0.1:3": "http://127.0.0.1:4/a?b" },
      accessKeyId: "AKIA",
      caFile: "/tmp/ca.pem",
    };
    const outputs = {
      apiUrl: "http://localhost:1/v1",
      again: ["http://127.0.0.1:2/x"],
      docs: "https://example.com",
      spoof: "http://127.0.0.1.example.com:5",
      user: "ftp://127.0.0.1:6",
    };
    assert.deepEqual(serviceOrigins(endpoints, outputs), [
      "http://127.0.0.1:2",
      "http://127.0.0.1:4",
      "http://localhost:1",
    ]);
  });
});
