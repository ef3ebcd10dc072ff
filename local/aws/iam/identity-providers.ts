import { AwsError } from "../aws-error";

/** What an identity provider of OpenID Connect is declared with. */
export interface OpenIdConnectProviderRequest {
  /** Of the issuer, without `https://`. */
  url: string;
  /** Audiences. */
  clientIds: readonly string[];
  /** Of certificates, in hexadecimal. */
  thumbprints: readonly string[];
  tags: Readonly<Record<string, string>>;
}

/** An identity provider, by whose tokens nobody takes on a role here. */
export interface OpenIdConnectProvider extends OpenIdConnectProviderRequest {
  arn: string;
  createdAt: Date;
}

/** The identity providers of the account. */
export class IdentityProviders {
  readonly #clock: () => Date;
  readonly #providers = new Map<string, OpenIdConnectProvider>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** @throws AwsError `EntityAlreadyExists`: an account has one provider of an issuer. */
  add(arn: string, request: OpenIdConnectProviderRequest): void {
    if (this.#providers.has(arn)) {
      const message = `Provider with url https://${request.url} already exists.`;
      throw new AwsError("EntityAlreadyExists", message, 409);
    }
    this.#providers.set(arn, { ...request, arn, createdAt: this.#clock() });
  }

  /** Changes all but the issuer. */
  update(arn: string, { clientIds, thumbprints, tags }: OpenIdConnectProviderRequest): void {
    const provider = this.#providers.get(arn);
    if (provider) {
      this.#providers.set(arn, { ...provider, clientIds, thumbprints, tags });
    }
  }

  /** Removes a provider; one that is gone already is no error. */
  remove(arn: string): void {
    this.#providers.delete(arn);
  }

  all(): OpenIdConnectProvider[] {
    return [...this.#providers.values()];
  }

  get(arn: string): OpenIdConnectProvider | undefined {
    return this.#providers.get(arn);
  }
}
