/** What the server's policy lets styles of scripts in by. */
export const nonce: string =
  document.querySelector<HTMLScriptElement>('script[type=module]')?.nonce ?? '';

// Dialogs keep the page behind them still by a style of their own, and look for the nonce here.
Object.assign(globalThis, { __webpack_nonce__: nonce });
