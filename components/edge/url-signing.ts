import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as tls from "@pulumi/tls";
import type { NamedResource } from "../functions/duty";
import { recordedArgs } from "../recorded-args";
import { createSecretParameter } from "./secret-parameter";

/** What CloudFront takes; with ECDSA keys, equal requests would give other URLs each time. */
const rsaBits = 2048;

/** Arguments of `UrlSigning`. */
export interface UrlSigningArgs {
  /**
   * Names of key pairs: letters, digits and hyphens, each once, at least one. The first one signs, all
   * are trusted. A key pair lives as long as its name is in the list.
   */
  keyNames: readonly string[];
}

/**
 * Key pairs that URLs are signed with: CloudFront trusts their public keys, and the private key of
 * the first is kept in a parameter of Systems Manager, encrypted with the account's own key for it.
 * Whoever may read that parameter can sign a URL for any image.
 *
 *     const signing = new UrlSigning(prefix, { keyNames: ["1"] });
 *     new ImageEdge(prefix, { keyGroup: signing.keyGroup, … });
 *
 * The private keys are in the stack's state, too, as secrets.
 */
export class UrlSigning extends pulumi.ComponentResource {
  /** Of all keys, for behaviors of a distribution to trust. */
  readonly keyGroup: aws.cloudfront.KeyGroup;
  /** Holds JSON with `keyPairId` and `privateKey`, a PEM. */
  readonly parameter: NamedResource;

  /** @throws Error when there is no name, or one is given twice. */
  constructor(name: string, args: UrlSigningArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:UrlSigning", name, recordedArgs(args), opts);
    requireNames(args.keyNames);
    const keys = args.keyNames.map((keyName) => createKeyPair(`${name}-url-key-${keyName}`, this));
    this.keyGroup = new aws.cloudfront.KeyGroup(
      `${name}-url-keys`,
      // Which one signs makes no difference to CloudFront.
      { items: pulumi.all(keys.map(({ id }) => id)).apply((ids) => ids.sort()) },
      { parent: this },
    );
    const [signing] = keys;
    this.parameter = createSecretParameter(
      `/url-signing/${name}`,
      {
        description: "Key pair that signs URLs of images",
        value: pulumi.jsonStringify({ keyPairId: signing?.id, privateKey: signing?.privateKey }),
      },
      this,
    );
    this.registerOutputs({ keyGroup: this.keyGroup, parameter: this.parameter });
  }
}

function requireNames(names: readonly string[]): void {
  const wrong = names.filter(
    (name, index) => !/^[A-Za-z0-9-]{1,32}$/.test(name) || names.indexOf(name) < index,
  );
  if (names.length === 0 || wrong.length > 0) {
    throw new Error(
      `keyNames must have one name at least, each once and of letters, digits and hyphens, and has ${JSON.stringify(names)}`,
    );
  }
}

interface KeyPair {
  /** Of the public key, as URLs name it. */
  id: pulumi.Output<string>;
  /** PEM. */
  privateKey: pulumi.Output<string>;
}

function createKeyPair(name: string, parent: pulumi.Resource): KeyPair {
  const pair = new tls.PrivateKey(name, { algorithm: "RSA", rsaBits }, { parent });
  const publicKey = new aws.cloudfront.PublicKey(
    name,
    { encodedKey: pair.publicKeyPem, comment: "Signs URLs of images" },
    { parent },
  );
  return { id: publicKey.id, privateKey: pair.privateKeyPem };
}
