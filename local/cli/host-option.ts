import { InvalidArgumentError } from "commander";
import { everyAddress, loopbackHost, type Host } from "../aws/http";
import { isOwnAddress, ownAddresses } from "../aws/own-addresses";

/**
 * Reads the address that services are to listen on. With that of all, what is handed out names the
 * first by which other machines reach this one, if there is any.
 *
 * @throws InvalidArgumentError that says what is accepted.
 */
export function parseHost(text: string): Host {
  if (isOwnAddress(text)) {
    return { address: text, name: text };
  }
  const addresses = ownAddresses();
  if (text !== everyAddress) {
    throw new InvalidArgumentError(
      `It must be an IPv4 address of this machine (${addresses.join(", ")}) or ${everyAddress} for all of them.`,
    );
  }
  const [name = loopbackHost.name] = addresses;
  return { address: everyAddress, name };
}

/** What a person has to know who lets other machines in; nothing where only this one is. */
export function hostWarning({ address, name }: Host): string | undefined {
  if (address.startsWith("127.")) {
    return undefined;
  }
  const where = address === everyAddress ? "any network of this machine" : `the network of ${name}`;
  return [
    `Warning: whoever is on ${where} can reach the API, the CDN, the page with all that is stored`,
    "and the services, which check keys as ever. Nothing is encrypted but the CDN's HTTPS. The token issuer",
    "stays on this machine.",
  ].join("\n");
}
