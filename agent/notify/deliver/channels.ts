import type { Channel } from './channel.js';
import { fhirChannel } from './fhir.js';
import { mailChannel } from './mail.js';
import { webhookChannel } from './webhook.js';

/** Every way of telling; another one is added here. See docs/guide/adding-a-channel.md. */
export const CHANNELS: readonly Channel[] = [mailChannel, webhookChannel, fhirChannel];
