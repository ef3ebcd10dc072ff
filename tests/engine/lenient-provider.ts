import { LocalProvider } from "../../local/provider/local-provider";

/** A provider that knows no AWS: it takes whatever it is given of any package, and emulates nothing. */
export class LenientProvider extends LocalProvider {
  override serves(): boolean {
    return true;
  }

  override check(): string[] {
    return [];
  }

  override emulates(): boolean {
    return false;
  }
}
