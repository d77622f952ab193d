import { z } from 'zod';

/** A value that stays one value in Asterisk's configuration files: no line end, no comment. */
export const plain = z
  .string()
  .min(1)
  .regex(/^[^\s;,&()<>{}"\\]+$/u, 'spaces, quotes, brackets and ; , & are not possible here');
