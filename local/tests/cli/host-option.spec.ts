import assert from "node:assert/strict";
import { InvalidArgumentError } from "commander";
import { ownAddresses } from "../../aws/own-addresses";
import { hostWarning, parseHost } from "../../cli/host-option";

describe("parseHost", () => {
  it("takes each address of this machine, by which it is called then", () => {
    for (const address of ownAddresses()) {
      assert.deepEqual(parseHost(address), { address, name: address });
    }
  });

  it("takes that of all, and calls it by the first that others can reach", () => {
    const [name] = ownAddresses();
    assert.deepEqual(parseHost("0.0.0.0"), { address: "0.0.0.0", name });
  });

  it("refuses anything else, and says what is accepted", () => {
    const others = [
      "192.0.2.1",
      "::1",
      "::",
      "localhost",
      "",
      "127.1",
      "0",
      "256.0.0.1",
      "127.0.0.1:80",
    ];
    for (const text of others) {
      assert.throws(
        () => parseHost(text),
        (error: Error) => {
          assert.ok(error instanceof InvalidArgumentError);
          assert.ok(error.message.includes(ownAddresses().join(", ")), error.message);
          assert.match(error.message, /or 0\.0\.0\.0 for all of them\.$/);
          return true;
        },
      );
    }
  });
});

describe("hostWarning", () => {
  it("says who can reach what, once other machines can", () => {
    const name = "192.0.2.1";
    assert.match(
      hostWarning({ address: name, name }) ?? "",
      /^Warning: .* the network of 192\.0\.2\.1 /,
    );
    assert.match(hostWarning({ address: "0.0.0.0", name }) ?? "", /^Warning: .* any network /);
  });

  it("says nothing of this machine's own addresses", () => {
    assert.equal(hostWarning({ address: "127.0.0.2", name: "127.0.0.2" }), undefined);
  });
});
