const plainText = /^[\t\x20-\x7e]*$/;

/** A whole value as RFC 2047 writes it. Of what is no base64 S3 makes gibberish; here it stays as it is. */
const encodedWord = /^=\?utf-8\?(?:b\?(?<base64>[a-z\d+/]*={0,2})|q\?(?<quoted>[^?]*))\?=$/i;

/**
 * Metadata as S3 gives it back: as it is where it is ASCII, and else as RFC 2047 writes it: quoted where more than half
 * of it is ASCII.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function asciiText(text: string): string {
  if (plainText.test(text)) {
    return text;
  }
  const ascii = text.replaceAll(/[^\t\x20-\x7e]/g, "").length;
  return ascii > text.length - ascii ? quotedText(text) : base64Text(text);
}

/** The text of a value that RFC 2047 writes; nothing of what is written otherwise. */
export function decodedWord(value: string): string | undefined {
  const { base64, quoted } = encodedWord.exec(value)?.groups ?? {};
  if (base64 !== undefined) {
    return Buffer.from(base64, "base64").toString("utf8");
  }
  return quoted === undefined
    ? undefined
    : Buffer.from(unquoted(quoted), "latin1").toString("utf8");
}

function base64Text(text: string): string {
  return `=?UTF-8?B?${Buffer.from(text, "utf8").toString("base64")}?=`;
}

function quotedText(text: string): string {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  const quoted = bytes.replaceAll(
    /[^\x20-\x7e]|[=_?]/g,
    (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  return `=?UTF-8?Q?${quoted.replaceAll(" ", "_")}?=`;
}

function unquoted(text: string): string {
  return text
    .replaceAll("_", " ")
    .replaceAll(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
