import type { IncomingMessage, ServerResponse } from "node:http";

import type { InteractionResults, Provider } from "oidc-provider";

import { readBody } from "../aws/http";
import type { Accounts } from "./accounts";
import { messagePage, pageHeaders, signInPage } from "./pages";
import { userNameProblem } from "./user-name";

/** Bytes; a name of 255 characters and a tick are far less. */
const maxFormBytes = 10_000;

/** The page on which users say who they are. */
export class SignIn {
  readonly #provider: Provider;
  readonly #accounts: Accounts;

  constructor(provider: Provider, accounts: Accounts) {
    this.#provider = provider;
    this.#accounts = accounts;
  }

  /** Shows the form, or takes it and leads back to the application. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const interaction = await this.#interactionOf(request, response);
    if (interaction === undefined) {
      const text = "This sign-in has ended. Go back to the application, and sign in again.";
      show(response, 400, messagePage("Sign in", text));
    } else if (request.method === "POST") {
      await this.#take(request, response);
    } else {
      const { login_hint: hint } = interaction.params;
      show(response, 200, signInPage({ user: typeof hint === "string" ? hint : "" }));
    }
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, maxFormBytes);
    const form = new URLSearchParams(body?.toString());
    if (form.has("cancel")) {
      await this.#finish(request, response, {
        error: "access_denied",
        error_description: "The sign-in was cancelled.",
      });
      return;
    }
    const user = form.get("user")?.trim() ?? "";
    const problem = userNameProblem(user);
    if (problem !== undefined) {
      show(response, 400, signInPage({ user, problem }));
      return;
    }
    this.#accounts.signIn(user, form.has("admin"));
    await this.#finish(request, response, { login: { accountId: user } });
  }

  async #finish(
    request: IncomingMessage,
    response: ServerResponse,
    result: InteractionResults,
  ): Promise<void> {
    await this.#provider.interactionFinished(request, response, result, {
      mergeWithLastSubmission: false,
    });
  }

  /** The sign-in of the browser's cookie. */
  async #interactionOf(request: IncomingMessage, response: ServerResponse) {
    try {
      return await this.#provider.interactionDetails(request, response);
    } catch (error) {
      if (error instanceof Error && error.name === "SessionNotFound") {
        return undefined;
      }
      throw error;
    }
  }
}

function show(response: ServerResponse, statusCode: number, html: string): void {
  response.writeHead(statusCode, pageHeaders);
  response.end(html);
}
