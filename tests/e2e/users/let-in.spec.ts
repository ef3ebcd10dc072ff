import { strict as assert } from "node:assert";
import { letIn } from "../support/let-in";
import { useUsers } from "../support/use-users";
import { useIssuerStack } from "./support/issuer-stack";
import { limitedUsers } from "./support/things";

describe("the end-to-end suite", () => {
  const withTokens = useIssuerStack();
  const withKeys = useUsers(limitedUsers);

  it("is let in by the API key where that is taken, whatever token there is", async () => {
    for (const token of [undefined, "garbage"]) {
      assert.deepEqual((await letIn(withKeys(), token)).credentials, {
        "x-api-key": withKeys().outputs.apiKey,
      });
    }
  });

  it("is let in by the token of an admin where no key is taken", async () => {
    const token = await withTokens().token("admin", { admin: true });
    const { credentials } = await letIn(withTokens(), token);
    assert.deepEqual(credentials, { authorization: `Bearer ${token}` });
  });

  it("says which token it needs where there is none, or another", async () => {
    const { issuer } = withTokens();
    for (const token of [undefined, ""]) {
      await assert.rejects(letIn(withTokens(), token), (error: Error) => {
        assert.ok(error.message.includes(issuer.url));
        assert.match(error.message, /set E2E_TOKEN to the token of an admin/);
        return true;
      });
    }
    const ofUser = await withTokens().token("ada");
    await assert.rejects(letIn(withTokens(), ofUser), /not the token of an admin.* 200 .*"ada"/);
    await assert.rejects(letIn(withTokens(), "garbage"), /not the token of an admin.* 401 /);
  });
});
