import type { Configuration, KoaContextWithOIDC, Provider } from "oidc-provider";

import { accessTokenScope, accessTokenSeconds } from "./access-token";
import type { Accounts } from "./accounts";
import { isLoopbackUrl } from "./loopback-url";
import { MemoryStore } from "./memory-store";
import { messagePage, pageHeaders, signOutPage } from "./pages";
import type { SigningKeys } from "./signing-keys";

/** What the provider is made with. */
export interface ProviderSettings {
  /** `iss`, and where it is reached. */
  url: string;
  /** `aud` of access tokens for which a client names no resource. */
  audience: string;
  keys: SigningKeys;
  accounts: Accounts;
  /** The path of the page on which users sign in. */
  signInPath: (uid: string) => string;
  /** Gets what the provider could not do. */
  onError: (error: Error) => void;
}

/** The resource of clients that name none; only ever seen between this file and the package. */
const defaultResource = "urn:local:default-resource";

const day = 24 * 3600;

/**
 * An OpenID provider for browser applications of this machine: authorization code with PKCE, public
 * clients of any id, redirects to loopback addresses alone, access tokens that are JWTs.
 *
 * Every setting for which the package would print a warning or a notice is given: its keys, its store,
 * its pages and lifetimes are for a quick start, and its pages load fonts from elsewhere.
 */
export async function makeProvider(settings: ProviderSettings): Promise<Provider> {
  const { Provider } = await import("oidc-provider");
  const provider = new Provider(settings.url, configurationOf(settings));
  provider.Client.prototype.redirectUriAllowed = isLoopbackUrl;
  provider.Client.prototype.postLogoutRedirectUriAllowed = isLoopbackUrl;
  // Otherwise the package's own framework prints to the terminal.
  provider.silent = true;
  provider.on("server_error", (_context, error) => {
    settings.onError(error);
  });
  return provider;
}

function configurationOf({
  audience,
  keys,
  accounts,
  signInPath,
}: ProviderSettings): Configuration {
  const store = new MemoryStore();
  return {
    adapter: (kind: string) => (kind === "Client" ? clients : store.adapter(kind)),
    jwks: keys,
    scopes: [accessTokenScope],
    claims: { openid: ["sub", "role"] },
    responseTypes: ["code"],
    clientAuthMethods: ["none"],
    pkce: { required: () => true },
    clientBasedCORS: (_context, origin) => isLoopbackUrl(origin),
    allowOmittingSingleRegisteredRedirectUri: false,
    findAccount: (_context, user) => ({
      accountId: user,
      claims: () => ({ sub: user, ...accounts.claimsOf(user) }),
    }),
    extraTokenClaims: (_context, token) =>
      "accountId" in token ? accounts.claimsOf(token.accountId) : {},
    loadExistingGrant: grantAll,
    interactions: { url: (_context, { uid }) => signInPath(uid) },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      Grant: day,
      IdToken: accessTokenSeconds,
      Interaction: 3600,
      Session: day,
    },
    renderError: (context, { error, error_description: description }) => {
      show(context, messagePage("Sign-in failed", `${error}: ${description ?? ""}`));
    },
    features: featuresOf(audience),
  };
}

function featuresOf(audience: string): NonNullable<Configuration["features"]> {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    // Of no use for access tokens that are JWTs of a resource.
    userinfo: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context, form) => {
        show(context, signOutPage(form));
      },
      postLogoutSuccessSource: (context) => {
        show(context, messagePage("Signed out", "You are signed out of the local issuer."));
      },
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_context, _client, asked) => asked ?? defaultResource,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, resource) => ({
        scope: accessTokenScope,
        audience: resource === defaultResource ? audience : resource,
        accessTokenFormat: "jwt",
        accessTokenTTL: accessTokenSeconds,
        jwt: { sign: { alg: "RS256" } },
      }),
    },
  };
}

/** Every client that asks is a known one: an application's id in production need not differ here. */
const clients = {
  ...new MemoryStore().adapter("Client"),
  find: (id: string) =>
    Promise.resolve({
      client_id: id,
      token_endpoint_auth_method: "none" as const,
      // Any other one on this machine will do, see above.
      redirect_uris: ["http://127.0.0.1/"],
      grant_types: ["authorization_code"],
      response_types: ["code" as const],
    }),
};

/** Nobody is asked for consent to what an application of their own machine wants. */
async function grantAll(context: KoaContextWithOIDC) {
  const { provider, client, session, requestParamScopes, resourceServers } = context.oidc;
  const grant = new provider.Grant({
    clientId: client?.clientId ?? "",
    accountId: session?.accountId ?? "",
  });
  if (requestParamScopes.has(accessTokenScope)) {
    grant.addOIDCScope(accessTokenScope);
    for (const resource of Object.keys(resourceServers ?? {})) {
      grant.addResourceScope(resource, accessTokenScope);
    }
  }
  await grant.save();
  return grant;
}

function show(context: KoaContextWithOIDC, html: string): void {
  context.set(pageHeaders);
  context.body = html;
}
