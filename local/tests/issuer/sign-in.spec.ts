import assert from "node:assert/strict";

import { useRunningIssuer } from "./support/running-issuer";

describe("SignIn", () => {
  const { issuer, browser } = useRunningIssuer();

  it("is asked for once in a session, and again when the application or a sign-out wants it", async () => {
    const { id_token } = await browser().tokens();
    const silent = await browser().authorize({ parameters: { prompt: "none" } });
    const query = new URL(silent.response.headers.get("location") ?? "").searchParams;
    assert.ok(query.has("code"), query.toString());
    const { response } = await browser().authorize({ parameters: { prompt: "login" } });
    assert.match(response.headers.get("location") ?? "", /\/sign-in\//);

    const { end_session_endpoint: endpoint } = await browser().discover();
    const out = new URLSearchParams({
      id_token_hint: id_token,
      post_logout_redirect_uri: "http://127.0.0.1:9/out",
    });
    const page = await (await browser().go(`${endpoint}?${out.toString()}`)).text();
    const [, action = ""] = /action="([^"]+)"/.exec(page) ?? [];
    const [, xsrf = ""] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
    const body = new URLSearchParams({ xsrf, logout: "yes" });
    const left = await browser().go(action, { method: "POST", body });
    assert.equal(left.headers.get("location"), "http://127.0.0.1:9/out");
    const anew = await browser().authorize();
    assert.match(anew.response.headers.get("location") ?? "", /\/sign-in\//);
  });

  it("shows a form that says what it is, with the application's hint as text", async () => {
    const parameters = { login_hint: '"><script>alert(1)</script>' };
    const form = await browser().follow((await browser().authorize({ parameters })).response);
    assert.ok("page" in form);
    const html = await form.page.text();
    assert.match(html, /for local use alone/);
    assert.ok(html.includes('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"'));
    assert.equal(form.page.headers.get("cache-control"), "no-store");
  });

  for (const [user, problem] of [
    ["  ", /A user name is needed/],
    ["x".repeat(256), /at most 255 characters; this one has 256/],
    ["a\u0007b", /no control characters/],
  ] as const) {
    it(`asks again when the user name is ${JSON.stringify(user.slice(0, 9))}`, async () => {
      const form = await browser().follow((await browser().authorize()).response);
      assert.ok("page" in form);
      const answer = await browser().submit(form.url, { user });
      assert.ok("page" in answer);
      assert.equal(answer.page.status, 400);
      assert.match(await answer.page.text(), problem);
      assert.ok("location" in (await browser().submit(form.url, { user: "ada" })));
    });
  }

  it("leads back to the application when it is cancelled", async () => {
    const form = await browser().follow((await browser().authorize()).response);
    assert.ok("page" in form);
    const body = new URLSearchParams({ cancel: "" });
    const end = await browser().follow(await browser().go(form.url, { method: "POST", body }));
    assert.ok("location" in end);
    const { searchParams } = new URL(end.location);
    assert.deepEqual(
      [searchParams.get("error"), searchParams.get("state")],
      ["access_denied", "s"],
    );
  });

  it("belongs to the browser that began it", async () => {
    const form = await browser().follow((await browser().authorize()).response);
    assert.ok("page" in form);
    const answer = await issuer().browser().submit(form.url, {});
    assert.ok("page" in answer);
    assert.equal(answer.page.status, 400);
    assert.match(await answer.page.text(), /sign in again/);
  });
});
