import assert from "node:assert/strict";

import { messagePage, signInPage } from "../../issuer/pages";
import { useRunningIssuer } from "./support/running-issuer";

describe("the issuer's pages", () => {
  const { issuer, browser } = useRunningIssuer();

  it("loads nothing from elsewhere on any page", async () => {
    await browser().tokens();
    const parameters = { prompt: "login" };
    const form = await browser().follow((await browser().authorize({ parameters })).response);
    assert.ok("page" in form);
    const { end_session_endpoint: endpoint } = await browser().discover();
    const pages = [
      form.page,
      (await browser().authorize({ parameters: { redirect_uri: "http://example.com/" } })).response,
      await browser().go(endpoint),
      await browser().go(`${endpoint}/success`),
      await browser().go(`${issuer().url}/sign-in/none`),
    ];
    for (const page of pages) {
      assert.match(
        page.headers.get("content-security-policy") ?? "",
        /^default-src 'none';/,
        page.url,
      );
      const elsewhere = (await page.text()).match(/(?:https?:)?\/\/[\w.-]+/g) ?? [];
      assert.deepEqual(
        elsewhere.filter((url) => !issuer().url.startsWith(url)),
        [],
        page.url,
      );
    }
  });

  it("show what they are given as text", () => {
    const user = `<b a='"'>&amp;`;
    const escaped = "&lt;b a=&#39;&quot;&#39;&gt;&amp;amp;";
    assert.ok(signInPage({ user }).includes(`value="${escaped}"`));
    assert.ok(signInPage({ user: "", problem: user }).includes(`>${escaped}</p>`));
    assert.ok(messagePage(user, user).includes(`<h1>${escaped}</h1>`));
    assert.ok(messagePage("", user).includes(`<p>${escaped}</p>`));
  });
});
