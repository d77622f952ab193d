/**
 * What the server means, as JSON brings it here: what is undefined there is left out, and whether it was is
 * no longer told apart.
 */
export type Answered<T> = T extends readonly (infer One)[]
  ? readonly Answered<One>[]
  : T extends object
    ? { readonly [K in keyof T as undefined extends T[K] ? never : K]: Answered<T[K]> } & {
        readonly [K in keyof T as undefined extends T[K] ? K : never]?: Answered<
          Exclude<T[K], undefined>
        >;
      }
    : T;
