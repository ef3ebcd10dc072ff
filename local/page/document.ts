import { createHash } from "node:crypto";
import { escapeHtml } from "../escape-html";

/** What the page's document is made of. */
export interface DocumentOptions {
  /** Shown until the page knows more. */
  title: string;
  /** By which the page shows that it is the page. */
  token: string;
  /** The run that the page is of. */
  runId: string;
}

/** The one HTML document of the page. */
export function pageDocument({ title, token, runId }: DocumentOptions): string {
  return htmlDocument(
    title,
    `
    <meta name="page-token" content="${escapeHtml(token)}">
    <meta name="page-run" content="${escapeHtml(runId)}">
    <link rel="stylesheet" href="/page.css">
    <script type="module" src="/page.js"></script>`,
    `<div id="page"><noscript>This page needs JavaScript.</noscript></div>`,
  );
}

/** By `<meta http-equiv="refresh">`, a page with a fragment would only be scrolled. */
const loadAgain = "setTimeout(() => location.reload(), 1000);";

/** As a policy names the one script of {@link startingDocument}. */
export const startingScript = `'sha256-${createHash("sha256").update(loadAgain).digest("base64")}'`;

/** What stands in its place while the run is still starting; it asks again by itself. */
export function startingDocument(): string {
  return htmlDocument(
    "Starting …",
    "",
    `<h1>The run is still starting …</h1>
    <script>${loadAgain}</script>`,
  );
}

/** @param head what only this document has there, each on a line of its own. */
function htmlDocument(title: string, head: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${escapeHtml(title)}</title>
    <link rel="icon" href="data:,">${head}
  </head>
  <body>
    ${body}
  </body>
</html>
`;
}
