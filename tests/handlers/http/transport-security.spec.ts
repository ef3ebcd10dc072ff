import assert from "node:assert/strict";
import { readTransportSecurity, withHeaders } from "../../../handlers/http/transport-security";

describe("Transport security", () => {
  it("is what the environment says, and nothing where it says nothing", () => {
    const header = { "Strict-Transport-Security": "max-age=31536000" };
    const settings = { STRICT_TRANSPORT_SECURITY: "max-age=31536000" };
    assert.deepEqual(readTransportSecurity(settings), header);
    assert.deepEqual(readTransportSecurity({}), {});
    assert.deepEqual(readTransportSecurity({ STRICT_TRANSPORT_SECURITY: "" }), {});
  });

  it("is added to what a response has", () => {
    const response = { statusCode: 200, body: "{}", headers: { Vary: "Origin" } };
    assert.deepEqual(withHeaders(response, { A: "b" }), {
      ...response,
      headers: { Vary: "Origin", A: "b" },
    });
  });
});
