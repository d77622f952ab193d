import { z } from 'zod';
import type { ContactReading, StoredContact } from '../../privacy/contact-room.js';
import { listOf, momentAt, tells } from './shapes.js';
import { storedMessage } from './messages.js';

export const storedContact = tells<StoredContact>()(
  z.object({
    id: z.string(),
    firstAt: momentAt,
    lastAt: momentAt,
    names: listOf(z.string()).describe(
      'Names that were told, the latest first. Empty when its key was erased',
    ),
    numbers: listOf(z.string()),
    calls: z.number(),
    openMessages: z.number().describe('A contact with an open message is a lead'),
  }),
);

export const contactReading = tells<ContactReading>()(
  storedContact.extend({
    messages: listOf(storedMessage),
  }),
);
