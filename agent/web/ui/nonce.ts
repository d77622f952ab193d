/** What the server's policy lets styles of scripts in by. */
export const nonce: string =
  document.querySelector<HTMLScriptElement>('script[type=module]')?.nonce ?? '';
