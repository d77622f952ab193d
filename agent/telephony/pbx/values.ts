import { z } from 'zod';

/** A value that stays one value in Asterisk's configuration files: no line end, no comment. */
export const plain = z
  .string()
  .min(1)
  .regex(/^[^\s;,&()<>{}"\\]+$/u, 'spaces, quotes, brackets and ; , & are not possible here');

/** A path as it may stand in those files. */
export const path = z
  .string()
  .min(1)
  .regex(/^[^\r\n;\\]+$/u, 'line ends, ; and \\ are not possible here');
