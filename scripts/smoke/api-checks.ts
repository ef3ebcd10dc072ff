import { ask } from "./ask";
import { call } from "./call";
import { type Check, expect, expectError, NotChecked, requireTaken } from "./check";

/** Days for which a certificate has to be valid still: those that renew themselves are renewed 60 days before. */
const leastDays = 14;

const dayMs = 24 * 60 * 60 * 1000;

/** What the API answers to requests that change nothing. One of them counts to the quota. */
export const apiChecks: readonly Check[] = [
  {
    name: "API: TLS 1.2 or later, certificate trusted and valid",
    run: async ({ outputs, isLocal }, signal) => {
      if (isLocal) {
        throw new NotChecked("a local run has plain HTTP");
      }
      const { tls, ...answer } = await ask(`${outputs.apiUrl}/health`, { signal });
      expect(tls !== undefined && /^TLSv1\.[23]$/.test(tls.protocol), "TLS 1.2 or later", answer);
      const days = Math.floor(((tls?.validUntil.getTime() ?? 0) - Date.now()) / dayMs);
      expect(days >= leastDays, `a certificate for ${leastDays} days, not ${days}`, answer);
      return `${tls?.protocol ?? ""}, ${days} days`;
    },
  },
  {
    name: "API: GET /health answers",
    run: async ({ outputs }, signal) => {
      const answer = await ask(`${outputs.apiUrl}/health`, { signal });
      expect(answer.status === 200, "200", answer);
      return "200";
    },
  },
  {
    name: "API: nobody is let in without credentials",
    run: async ({ outputs }, signal) => {
      const answer = await ask(`${outputs.apiUrl}/images`, { signal });
      return outputs.oidcIssuer === undefined
        ? expectError(answer, 403, "InvalidApiKey")
        : expectError(answer, answer.status === 403 ? 403 : 401);
    },
  },
  {
    name: "API: nor with wrong ones",
    run: async ({ outputs, credentials }, signal) => {
      const headers = Object.fromEntries(
        Object.keys(credentials).map((name) => [name, wrongValue(name)]),
      );
      const answer = await ask(`${outputs.apiUrl}/images`, { headers, signal });
      return expectError(answer, answer.status === 401 ? 401 : 403);
    },
  },
  {
    name: "API: what is not there is 404, and a wrong method 405",
    run: async (target, signal) => {
      const { apiUrl } = target.outputs;
      const nowhere = await ask(`${apiUrl}/smoke-nowhere`, { signal });
      const wrong = await ask(`${apiUrl}/images`, { method: "PUT", signal });
      return `${expectError(nowhere, 404)}, ${expectError(wrong, 405)}`;
    },
  },
  {
    name: "API: pages of other origins are told what they may",
    run: async ({ outputs }, signal) => {
      const answer = await ask(`${outputs.apiUrl}/images`, {
        method: "OPTIONS",
        headers: { origin: "https://smoke.example", "access-control-request-method": "GET" },
        signal,
      });
      expect([200, 204].includes(answer.status), "200 or 204", answer);
      const methods = String(answer.headers["access-control-allow-methods"]);
      expect(methods.includes("GET"), "GET among the allowed methods", answer);
      return methods;
    },
  },
  {
    name: "API: images can be listed",
    run: async (target, signal) => {
      const answer = await call(target, "/images?limit=1", { signal });
      requireTaken(target, answer);
      expect(answer.status === 200, "200", answer);
      expect(Array.isArray(answer.body.images), "a list of images", answer);
      return `200, ${String(answer.body.count)} of them`;
    },
  },
  {
    name: "API: its document is served",
    run: async ({ outputs }, signal) => {
      const answer = await ask(`${outputs.apiUrl}/openapi.json`, { signal });
      expect(answer.status === 200, "200", answer);
      expect(String(answer.body.openapi).startsWith("3."), "an OpenAPI 3 document", answer);
      return `OpenAPI ${String(answer.body.openapi)}`;
    },
  },
];

function wrongValue(header: string): string {
  return header === "authorization" ? "Bearer wrong" : "wrong-wrong-wrong-wrong-wrong";
}
