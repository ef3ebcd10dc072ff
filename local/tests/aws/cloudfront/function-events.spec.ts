import assert from "node:assert/strict";
import {
  requestAfter,
  requestEvent,
  responseAfter,
  responseEvent,
} from "../../../aws/cloudfront/function-events";
import type { ViewerRequest } from "../../../aws/cloudfront/types";

const request: ViewerRequest = {
  method: "GET",
  path: "/i/a%20b/thumb",
  query: ["a=1", "b", "a=2%203", "c="],
  headers: { host: "127.0.0.1:4000", cookie: "s=1; t=2", accept: "image/webp", "x-real-ip": "1" },
  secure: true,
  address: "192.0.2.2",
};

describe("requestEvent", () => {
  it("shows what the viewer asked, with cookies of their own and without what is CloudFront's", () => {
    assert.deepEqual(requestEvent(request), {
      method: "GET",
      uri: "/i/a%20b/thumb",
      querystring: {
        a: { value: "1", multiValue: [{ value: "1" }, { value: "2%203" }] },
        b: { value: "" },
        c: { value: "" },
      },
      headers: { host: { value: "127.0.0.1:4000" }, accept: { value: "image/webp" } },
      cookies: { s: { value: "1" }, t: { value: "2" } },
    });
  });
});

describe("requestAfter", () => {
  const given = requestEvent(request);

  it("is the same request where nothing was changed, to the letter", () => {
    assert.deepEqual(requestAfter(request, given, given), request);
  });

  it("takes path, query, headers and cookies from the function", () => {
    const after = requestAfter(request, given, {
      ...given,
      uri: "/i/a/width-240",
      querystring: {
        a: { value: "", multiValue: [{ value: "1" }, { value: "2" }] },
        d: { value: "4" },
      },
      headers: { host: { value: "127.0.0.1:4000" }, "x-a": { value: "1" } },
      cookies: {},
    });
    assert.deepEqual(after, {
      ...request,
      path: "/i/a/width-240",
      query: ["a=1", "a=2", "d=4"],
      headers: { host: "127.0.0.1:4000", "x-a": "1", "x-real-ip": "1" },
    });
  });

  it("keeps parameters that are named as properties of every object", () => {
    const odd = { ...request, query: ["constructor=1", "__proto__=2"] };
    const event = requestEvent(odd);
    assert.deepEqual(requestAfter(odd, event, event).query, odd.query);
    assert.deepEqual(Object.keys(event.querystring), ["constructor", "__proto__"]);
  });
});

describe("responseEvent and responseAfter", () => {
  const response = {
    status: 200,
    headers: { "content-type": "image/webp", "x-cache": "Hit from cloudfront" },
    cookies: ["a=1; Secure; Path=/", "b=2"],
    body: Buffer.from("bytes"),
  };

  it("show all but the body and what is CloudFront's, and change nothing by themselves", () => {
    const event = responseEvent(response);
    assert.deepEqual(event, {
      statusCode: 200,
      headers: { "content-type": { value: "image/webp" } },
      cookies: { a: { value: "1", attributes: "Secure; Path=/" }, b: { value: "2" } },
    });
    assert.deepEqual(responseAfter(event, response), response);
  });

  it("take status, headers, cookies and body from the function", () => {
    const made = {
      statusCode: 302,
      headers: { location: { value: "/b" } },
      cookies: {
        a: { value: "1", multiValue: [{ value: "1" }, { value: "2", attributes: "Secure" }] },
      },
      body: { encoding: "base64", data: Buffer.from("x").toString("base64") },
    } as const;
    assert.deepEqual(responseAfter(made), {
      status: 302,
      headers: { location: "/b" },
      cookies: ["a=1", "a=2; Secure"],
      body: Buffer.from("x"),
    });
    const text = { ...made, cookies: {}, body: { encoding: "text", data: "ä" } } as const;
    assert.equal(responseAfter(text, response).body.toString(), "ä");
    assert.equal(responseAfter(text, response).headers["x-cache"], "Hit from cloudfront");
  });
});
