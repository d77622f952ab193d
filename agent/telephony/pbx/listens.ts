import { pbxErrors } from './errors.js';
import type { PbxSettings } from './settings.js';
import { tlsTransports } from './trust.js';

/** An address that Asterisk will listen on, and the line to say when another program has it. */
export interface Listens {
  readonly protocol: 'udp' | 'tcp';
  readonly host: string;
  readonly port: number;
  readonly whenTaken: string;
}

/** Where Asterisk will listen: its parent looks whether these are free before it starts it. */
export function listensOf(settings: PbxSettings): readonly Listens[] {
  const { sip, ari } = settings;
  const at = (protocol: Listens['protocol'], host: string, port: number): Listens => ({
    protocol,
    host,
    port,
    whenTaken: pbxErrors.make('PORT_IN_USE', {
      place: `${host}:${String(port)} ${protocol.toUpperCase()}`,
    }).message,
  });
  return [
    at('udp', sip.bind, sip.port),
    at('tcp', sip.bind, sip.port),
    ...tlsTransports(settings).map(({ port }) => at('tcp', sip.bind, port)),
    at('tcp', '127.0.0.1', ari.port),
  ];
}
