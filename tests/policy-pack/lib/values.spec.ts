import assert from "node:assert/strict";
import {
  specialArchiveSig,
  specialOutputValueSig,
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
} from "@pulumi/pulumi/runtime/rpc";
import { sdkProxy } from "../../../policy-pack/lib/sdk-proxy";
import {
  at,
  entriesOf,
  isKnown,
  nestedStrings,
  plain,
  unknownValue,
} from "../../../policy-pack/lib/values";

describe("values as rules read them", () => {
  it("are unknown where the engine says so, of whichever type they will be", () => {
    const markers = Object.entries(sdkProxy).filter(([name]) => /^unknown\w+Value$/.test(name));
    assert.equal(markers.length, 7);
    for (const [name, marker] of markers) {
      assert.deepEqual(plain({ list: [marker, 1] }), { list: [unknownValue, 1] }, name);
    }
  });

  it("are unknown where a secret of a state file was put out of sight", () => {
    assert.deepEqual(plain({ policy: "[secret]", name: "a [secret]" }), {
      policy: unknownValue,
      name: "a [secret]",
    });
  });

  it("are taken out of their envelopes", () => {
    const secret = { [specialSigKey]: specialSecretSig, value: { a: [1] } };
    assert.deepEqual(plain({ secret }), { secret: { a: [1] } });
    assert.deepEqual(
      plain({ [specialSigKey]: specialSecretSig, ciphertext: "v1:abc" }),
      unknownValue,
    );
    assert.deepEqual(plain({ [specialSigKey]: specialOutputValueSig, value: "x" }), "x");
    assert.deepEqual(plain({ [specialSigKey]: specialOutputValueSig }), unknownValue);
    const reference = { [specialSigKey]: specialResourceSig, urn: "urn:x", id: "bucket-1" };
    assert.deepEqual(plain(reference), "bucket-1");
  });

  it("have nothing to read in assets and archives", () => {
    const archive = plain({ [specialSigKey]: specialArchiveSig, path: "/x" });
    assert.ok(isKnown(archive));
    assert.deepEqual(entriesOf(archive), []);
    assert.deepEqual(nestedStrings({ code: archive, name: "x" }), ["x"]);
  });

  it("are unknown below what is not known, and absent below what is absent or null", () => {
    const value = plain({ a: sdkProxy.unknownObjectValue, b: null, c: { d: false } });
    assert.equal(at(value, "a", "x", 0), unknownValue);
    assert.equal(at(value, "b", "x"), undefined);
    assert.equal(at(value, "b"), undefined);
    assert.equal(at(value, "c", "d"), false);
  });
});
