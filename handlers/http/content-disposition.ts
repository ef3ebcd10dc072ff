import { headerParameters } from "./header-parameters";

/** What a part of a form says of itself. */
export interface Disposition {
  name: string | undefined;
  /** Without the folders that it was in; what is not UTF-8 of it is replaced by U+FFFD. */
  fileName: string | undefined;
}

/**
 * Reads the header `Content-Disposition` of a part. Browsers send names in UTF-8 as they are; some
 * libraries send them encoded, as `filename*`, which counts if both are there.
 * https://www.rfc-editor.org/rfc/rfc7578#section-4.2, https://www.rfc-editor.org/rfc/rfc8187
 *
 * @param header its bytes as Latin-1.
 */
export function parseDisposition(header: string): Disposition {
  const parameters = headerParameters(header);
  const plain = utf8(parameters.get("filename"));
  // Browsers and curl encode these three, and nothing else.
  const fileName =
    extended(parameters.get("filename*")) ?? plain?.replace(/%(?:22|0A|0D)/g, decodeURIComponent);
  return { name: utf8(parameters.get("name")), fileName: fileName && baseName(fileName) };
}

function utf8(latin1: string | undefined): string | undefined {
  return latin1 === undefined ? undefined : Buffer.from(latin1, "latin1").toString("utf8");
}

/** The text of `UTF-8''h%C3%A4fen`; `undefined` where its encoding is one that nobody must know. */
function extended(value: string | undefined): string | undefined {
  const [, charset = "", encoded = ""] = /^([\w-]+)'[^']*'(.*)$/s.exec(value ?? "") ?? [];
  const latin1 = encoded.replace(/%([0-9a-f]{2})/gi, (_match, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  switch (charset.toLowerCase()) {
    case "utf-8":
      return utf8(latin1);
    case "iso-8859-1":
      return latin1;
    default:
      return undefined;
  }
}

/** The name after the last slash of either kind, if it is none of a folder. */
function baseName(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? "";
  return name === "." || name === ".." ? "" : name;
}
