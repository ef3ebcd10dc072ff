import { escapeHtml } from "../escape-html";

/** What the page's document is made of. */
export interface DocumentOptions {
  /** Shown until the page knows more. */
  title: string;
  /** By which the page shows that it is the page. */
  token: string;
}

/** The one HTML document of the page. */
export function pageDocument({ title, token }: DocumentOptions): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="page-token" content="${escapeHtml(token)}">
    <title>${escapeHtml(title)}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/page.css">
    <script type="module" src="/page.js"></script>
  </head>
  <body>
    <div id="page"><noscript>This page needs JavaScript.</noscript></div>
  </body>
</html>
`;
}
