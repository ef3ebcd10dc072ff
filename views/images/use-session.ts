import { useMemo, useState } from "preact/hooks";
import { type Context, postJson, readOutput } from "../../local/page/ui/kit";
import { browserTransport, pause } from "./browser-transport";
import { type IssuedToken, keyCredentials, tokenCredentials } from "./credentials";
import { type Identity, rememberedIdentity, rememberIdentity } from "./identity";
import { type Credentials, ImagesApi } from "./images-api";
import { factsOf, type StackFacts } from "./setup";
import { uploadImage } from "./upload-image";
import type { Uploader } from "./upload-queue";

/** What all parts of the view work with. */
export interface Session extends StackFacts {
  readonly api: ImagesApi;
  readonly identity: Identity;
  /** Goes on as somebody else. */
  readonly become: (identity: Identity) => void;
  /** Whether images of all users are seen. */
  readonly seesAll: boolean;
  /** Uploads as whom is said at this moment, which may not have been shown yet. */
  readonly uploader: () => Uploader;
}

/** The session with the stack of `context`; none where that has no API. */
export function useSession(context: Context | undefined): Session | undefined {
  const [identity, setIdentity] = useState(() => rememberedIdentity(sessionStorage));
  // Who nothing has changed for goes on with the token that is there.
  const facts = useMemo(() => context && factsOf(context), [JSON.stringify(context)]);
  return useMemo(() => {
    if (!context || !facts) {
      return undefined;
    }
    const api = new ImagesApi(
      facts.apiUrl,
      credentialsOf(context, facts, identity),
      browserTransport,
    );
    const become = (next: Identity) => {
      rememberIdentity(next, sessionStorage);
      setIdentity(next);
    };
    const seesAll = facts.access === "key" || identity.isAdmin;
    const uploader = () => uploaderOf(api, facts, rememberedIdentity(sessionStorage));
    return { ...facts, api, identity, become, seesAll, uploader };
  }, [facts, identity]);
}

function credentialsOf(context: Context, { access }: StackFacts, identity: Identity): Credentials {
  const { user, isAdmin, token } = identity;
  switch (access) {
    case "key":
      return keyCredentials(async () => String(await readOutput(context, "apiKey")));
    case "local user":
      return tokenCredentials(
        () => postJson<IssuedToken>("/api/token", { user, admin: isAdmin }),
        Date.now,
      );
    case "token":
      return () => Promise.resolve({ authorization: `Bearer ${token}` });
  }
}

function uploaderOf(
  api: ImagesApi,
  { access, maxApiBytes }: StackFacts,
  { user }: Identity,
): Uploader {
  const tools = { api, send: browserTransport, maxApiBytes, pause };
  // A user uploads as who the token says.
  const whose = access === "key" ? { userId: user } : {};
  return (order) => uploadImage(tools, { ...order, ...whose });
}
