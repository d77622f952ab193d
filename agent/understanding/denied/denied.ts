/** How a language says that a trouble is not there, or over; in words as `plain` writes them. */
export interface Denied {
  /** What is taken out of a text. What is danger by its absence ("not breathing") is in none of them. */
  readonly patterns: readonly RegExp[];
  /** It is there again: nothing that was said to be over is. */
  readonly back: RegExp;
}
