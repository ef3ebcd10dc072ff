import { AwsError } from "../aws-error";

/** An element of the AWS query protocol's XML; `content` is XML itself. */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

/** A document of the AWS query protocol. */
export function queryDocument(root: string, namespace: string, content: string): string {
  return `<?xml version="1.0"?>\n<${root} xmlns="${namespace}">${content}</${root}>\n`;
}

/** The document of a failed action. What is no AwsError stays unsaid; `Detail` is always empty. */
export function queryError(
  error: unknown,
  namespace: string,
  requestId: string,
  hasDetail = false,
): { status: number; xml: string } {
  const { code, message, statusCode } =
    error instanceof AwsError ? error : new AwsError("InternalFailure", "Internal failure", 500);
  const type = element("Type", statusCode < 500 ? "Sender" : "Receiver");
  const what = element("Code", code) + element("Message", escapeXml(message));
  const detail = hasDetail ? "<Detail/>" : "";
  const content = element("Error", type + what + detail) + element("RequestId", requestId);
  return { status: statusCode, xml: queryDocument("ErrorResponse", namespace, content) };
}

/** `text` as the content of an element. */
export function escapeXml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      // Readers of XML would make a line feed of it.
      .replaceAll("\r", "&#xD;")
  );
}
