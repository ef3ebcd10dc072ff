import type { IncomingMessage, ServerResponse } from "node:http";

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
  /** Gets what the provider could not do, and has answered with 500. */
  onError: (error: Error) => void;
}

/** Answers one request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const signInPrefix = "/sign-in/";

/** Makes what answers the issuer's requests: the sign-in is ours, all else the package's. */
export async function makeHandler({ dir, ...options }: HandlerOptions): Promise<Handler> {
  const accounts = new Accounts();
  const provider = await makeProvider({
    ...options,
    keys: await signingKeysIn(dir),
    accounts,
    signInPath: (uid) => `${signInPrefix}${uid}`,
  });
  const signIn = new SignIn(provider, accounts);
  const answer = provider.callback();
  return async (request, response) => {
    await (request.url?.startsWith(signInPrefix)
      ? signIn.answer(request, response)
      : answer(request, response));
  };
}
