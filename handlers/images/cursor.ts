import { GenerateMacCommand, type KMSClient, VerifyMacCommand } from "@aws-sdk/client-kms";
import { ApiError } from "../http/errors";
import type { Position } from "./images";

const algorithm = "HMAC_SHA_256";
const macBytes = 32;
/** Ample for a position; KMS takes no more than 4,096 bytes, and would fail rather than refuse. */
const maxPayloadBytes = 128;

/** Which list a cursor belongs to. */
export interface List {
  /** Whose images; those of all users when left out. */
  userId?: string | undefined;
  /** Only images with this tag, `key:value`. */
  tag?: string | undefined;
}

/**
 * Turns positions in lists into opaque texts, and back.
 *
 * A cursor is the base64url text of a MAC and the position. The MAC covers the list too, so that a
 * cursor works for that list only. KMS makes it: no function's environment holds a secret.
 */
export class Cursors {
  readonly #kms: KMSClient;
  readonly #keyId: string;

  constructor(kms: KMSClient, keyId: string) {
    this.#kms = kms;
    this.#keyId = keyId;
  }

  async encode(list: List, position: Position): Promise<string> {
    const payload = Buffer.from(JSON.stringify([position.timestamp, position.imageId]));
    const { Mac } = await this.#kms.send(
      new GenerateMacCommand({
        KeyId: this.#keyId,
        MacAlgorithm: algorithm,
        Message: signedText(list, payload),
      }),
    );
    if (!Mac) {
      throw new Error("KMS made no MAC.");
    }
    return Buffer.concat([Mac, payload]).toString("base64url");
  }

  /** @throws ApiError 400 `InvalidCursor` for any text but one that `encode` made for this list. */
  async decode(list: List, cursor: string): Promise<Position> {
    const bytes = Buffer.from(cursor, "base64url");
    const mac = bytes.subarray(0, macBytes);
    const payload = bytes.subarray(macBytes);
    const canonical = bytes.toString("base64url") === cursor;
    if (!canonical || payload.length === 0 || payload.length > maxPayloadBytes) {
      throw invalidCursor();
    }
    await this.#verify(mac, signedText(list, payload));
    const [timestamp, imageId] = JSON.parse(payload.toString()) as [string, string];
    return { timestamp, imageId };
  }

  async #verify(mac: Uint8Array, message: Uint8Array): Promise<void> {
    try {
      await this.#kms.send(
        new VerifyMacCommand({
          KeyId: this.#keyId,
          MacAlgorithm: algorithm,
          Message: message,
          Mac: mac,
        }),
      );
    } catch (error) {
      if (error instanceof Error && error.name === "KMSInvalidMacException") {
        throw invalidCursor();
      }
      throw error;
    }
  }
}

/** No user id and no tag is `null`, so that no list can be mistaken for another. */
function signedText({ userId, tag }: List, payload: Buffer): Uint8Array {
  return Buffer.from(JSON.stringify([userId ?? null, tag ?? null, payload.toString()]));
}

function invalidCursor(): ApiError {
  return new ApiError(
    400,
    "InvalidCursor",
    "The cursor is not one that this list returned: pass nextCursor as it was given.",
  );
}
