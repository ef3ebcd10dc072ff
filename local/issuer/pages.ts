import { escapeHtml } from "../escape-html";

/** What every page is sent with: nothing is loaded from elsewhere, and no other page may frame it. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
} as const;

const style = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem; color: #222; }
  h1 { font-size: 1.4rem; }
  label { display: block; margin: 1rem 0; }
  input[name=user] { display: block; width: 100%; box-sizing: border-box; padding: .5rem; font: inherit; }
  button { padding: .5rem 1rem; font: inherit; }
  .note { color: #666; font-size: .9rem; }
  .problem { color: #a00; }
`;

/** The form that asks who signs in. */
export function signInPage({ user, problem }: { user: string; problem?: string }): string {
  return page(
    "Sign in",
    `<form method="post">
      ${problem === undefined ? "" : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`}
      <label>User name
        <input name="user" value="${escapeHtml(user)}" autocomplete="username" autofocus>
      </label>
      <label><input type="checkbox" name="admin"> admin</label>
      <button>Sign in</button>
      <button name="cancel">Cancel</button>
    </form>
    <p class="note">This issuer belongs to a local run and is for local use alone: it takes anybody for
      whoever they say they are, without a password.</p>`,
  );
}

/** A page that says one thing. */
export function messagePage(title: string, text: string): string {
  return page(title, `<p>${escapeHtml(text)}</p>`);
}

/**
 * The page that asks whether to sign out.
 *
 * @param form the form without its buttons, as HTML; its id is `op.logoutForm`.
 */
export function signOutPage(form: string): string {
  return page(
    "Sign out",
    `${form}
    <button form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
    <button form="op.logoutForm">Stay signed in</button>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    <style>${style}</style>
  </head>
  <body>
    <h1>${escapeHtml(title)}</h1>
    ${body}
  </body>
</html>
`;
}
