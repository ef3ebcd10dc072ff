import assert from "node:assert/strict";
import { discoverKeySet } from "../../../../handlers/users/tokens/discovery";
import { answerJson, discoveryPath, keysPath, useIssuer } from "../../token-issuer";

describe("discoverKeySet", () => {
  const issuer = useIssuer();
  const discover = (of = issuer().url) => discoverKeySet(of, new AbortController().signal);

  function answer(document: object, path = discoveryPath): void {
    issuer().answers.set(path, answerJson(document));
  }

  it("finds where the keys are", async () => {
    assert.equal(await discover(), `${issuer().url}${keysPath}`);
    assert.deepEqual(issuer().requests, [discoveryPath]);
  });

  it("asks an issuer with a path below that, without a slash twice", async () => {
    for (const end of ["", "/"]) {
      const url = `${issuer().url}/realms/one${end}`;
      const keys = "https://keys.example.com/set?tenant=1";
      answer({ issuer: url, jwks_uri: keys }, `/realms/one${discoveryPath}`);
      assert.equal(await discover(url), keys);
    }
  });

  for (const [name, claimed] of Object.entries<(url: string) => string>({
    "another issuer": () => "https://id.example.com",
    "the issuer with a slash": (url) => `${url}/`,
    "the issuer in capitals": (url) => url.toUpperCase(),
    "the issuer by https": (url) => url.replace("http:", "https:"),
    nothing: () => "",
  })) {
    it(`does not believe a document about ${name}`, async () => {
      const found = claimed(issuer().url);
      answer({ issuer: found, jwks_uri: `${issuer().url}/keys` });
      await assert.rejects(discover(), {
        name: "IssuerUnavailableError",
        message:
          `${issuer().url}${discoveryPath} is about the issuer ${JSON.stringify(found)}, ` +
          `not ${issuer().url}.`,
      });
    });
  }

  for (const [name, place] of Object.entries<(url: string) => string>({
    "another host by http": () => "http://keys.example.com/set",
    "an address of the cloud's machines": () => "http://169.254.169.254/latest/meta-data",
    "another name of this machine": (url) => `${url.replace("127.0.0.1", "localhost")}/keys`,
    "another address of this machine": (url) => `${url.replace("127.0.0.1", "[::1]")}/keys`,
    "a file": () => "file:///etc/passwd",
    "the document itself": () => 'data:application/json,{"keys":[]}',
    "a place with a password": () => "https://ada:secret@keys.example.com/set",
    "a place with a name": () => "https://ada@keys.example.com/set",
    "no URL": () => "/keys",
    nothing: () => "",
  })) {
    it(`does not take keys from ${name}`, async () => {
      const found = place(issuer().url);
      answer({ issuer: issuer().url, jwks_uri: found });
      await assert.rejects(discover(), {
        name: "IssuerUnavailableError",
        message:
          `${issuer().url}${discoveryPath} has the keys at ${JSON.stringify(found)}: ` +
          "an https URL is accepted.",
      });
    });
  }

  for (const [name, document] of Object.entries({
    "no issuer": { jwks_uri: "https://keys.example.com" },
    "no keys": { issuer: "https://id.example.com" },
    "keys that are no text": { issuer: "https://id.example.com", jwks_uri: 1 },
    "an address of 2049 characters": {
      issuer: "https://id.example.com",
      jwks_uri: "https://keys.example.com/".padEnd(2049, "x"),
    },
    "a list": [],
  })) {
    it(`does not believe a document with ${name}`, async () => {
      answer(document);
      await assert.rejects(discover(), {
        message: `What ${issuer().url}${discoveryPath} answers is not a discovery document.`,
      });
    });
  }
});
