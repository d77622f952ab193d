import { z } from 'zod';

const address = z.email();

/** What a notification tells: that there is a message, who it is from and what about, or all of it. */
const content = z.enum(['none', 'summary', 'full']);
/** The same for one way of telling, so that each is agreed to by itself; as `notify.content` if absent. */
const ownContent = content.optional();

/** By mail: a relay of the office, never one of the internet by default. */
const mail = z
  .strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(25),
    /** `starttls` and `tls` check the relay's certificate; `none` is for a relay on this machine. */
    encryption: z.enum(['starttls', 'tls', 'none']).default('starttls'),
    /** PEM file of the authority that signed the relay's certificate; empty for those of the system. */
    authority: z.string().default(''),
    user: z.string().default(''),
    /** File that holds the password of `user`, so that no password lies in the configuration. */
    passwordFile: z.string().default(''),
    from: address,
    /** Who is told of every message. */
    to: z.array(address).default([]),
    /** Who is told besides of messages for a person, department or role, by its id. */
    recipients: z.record(z.string(), z.array(address).min(1)).default({}),
    /** Who is told when something of the house fails, such as the self-test; those of `to` if absent. */
    alarms: z.array(address).optional(),
    content: ownContent,
  })
  .refine(({ user, passwordFile }) => (user === '') === (passwordFile === ''), {
    path: ['passwordFile'],
    message: 'user and passwordFile go together',
  });

const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/u }),
  /** File with the secret that signs what is sent: at least 32 characters. */
  secretFile: z.string().min(1),
  content: ownContent,
});

const fhir = z.strictObject({
  /** Base address of a FHIR R4 server on the premises. */
  url: z.url({ protocol: /^https?$/u }),
  /** What a message becomes there. */
  resource: z.enum(['Task', 'Communication']).default('Task'),
  /** File with the bearer token for that server; empty when it asks for none. */
  tokenFile: z.string().default(''),
  content: ownContent,
});

/** Who is told of messages, and how much. */
export const notifySettings = z.strictObject({
  /**
   * What a notification tells: `none` that there is a message, `summary` who it is from and what about,
   * `full` everything that was taken. What leaves by mail is no longer sealed.
   */
  content: content.default('none'),
  mail: mail.optional(),
  webhooks: z.array(webhook).max(10).default([]),
  fhir: fhir.optional(),
});

export type NotifySettings = z.infer<typeof notifySettings>;
export type MailSettings = z.infer<typeof mail>;
export type WebhookSettings = z.infer<typeof webhook>;
export type FhirSettings = z.infer<typeof fhir>;
