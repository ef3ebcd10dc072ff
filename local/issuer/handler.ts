import type { RequestListener } from "node:http";

import { Accounts } from "./accounts";
import { makeProvider } from "./provider";
import { SignIn } from "./sign-in";
import { signingKeysIn } from "./signing-keys";

/** What answers the issuer's requests is made with. */
export interface HandlerOptions {
  /** The issuer's own folder. */
  dir: string;
  /** `iss`. */
  url: string;
  /** `aud` of access tokens for which a client names no resource. */
  audience: string;
  notify: (line: string) => void;
}

const signInPrefix = "/sign-in/";

/** Makes what answers the issuer's requests. */
export async function makeHandler(options: HandlerOptions): Promise<RequestListener> {
  const accounts = new Accounts();
  const onError = (error: unknown) => {
    options.notify(`The local issuer failed: ${String(error)}`);
  };
  const provider = await makeProvider({
    ...options,
    keys: await signingKeysIn(options.dir),
    accounts,
    signInPath: (uid) => `${signInPrefix}${uid}`,
    onError,
  });
  const signIn = new SignIn(provider, accounts);
  const others = provider.callback();
  return (request, response) => {
    if (request.url?.startsWith(signInPrefix)) {
      signIn.answer(request, response).catch((error: unknown) => {
        onError(error);
        response.writeHead(500).end();
      });
    } else {
      void others(request, response);
    }
  };
}
