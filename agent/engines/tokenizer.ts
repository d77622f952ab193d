import * as library from '@huggingface/tokenizers';

/** Turns a text into the token ids of a model. */
export interface TextTokenizer {
  encode(text: string): { readonly ids: readonly number[] };
}

// The library's declarations import one another without file endings, which TypeScript does not
// resolve for ES modules: what is used of it is declared here.
const { Tokenizer } = library as unknown as {
  readonly Tokenizer: new (table: object, settings: object) => TextTokenizer;
};

/** A tokenizer from the content of a tokenizer.json. */
export const createTokenizer = (table: object): TextTokenizer => new Tokenizer(table, {});
