import { isIP } from 'node:net';
import type { Configuration } from '../config/schema.js';
import type { Destination } from '../privacy/register.js';

const ADDRESS =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?([\w.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?(?:\/\S*)?$/iu;
const LOOPBACK = /^(?:localhost|127\.[\d.]+|\[?::1\]?)$/u;
/** Settings that hold a bare host name. */
const HOSTS = /(?:^|\.)(?:trunk|host|relay|server)$|^otherOffices\[\d+\]\.address$/u;

/**
 * Every place outside this machine that the configuration names: whatever setting holds a URL, or a
 * host with a port, so that no integration that is added later is forgotten.
 */
export function outsidePlaces(settings: Configuration): readonly Destination[] {
  return walk(settings, '').filter(({ address }) => isOutside(address));
}

function walk(value: unknown, setting: string): readonly Destination[] {
  if (typeof value === 'string') return named(value, setting) ? [{ setting, address: value }] : [];
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) => walk(one, `${setting}[${String(index)}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    walk(one, setting === '' ? key : `${setting}.${key}`),
  );
}

function named(text: string, setting: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\/\S+$/iu.test(text)) return !/^(?:file|s3):/u.test(text);
  // Where the dashboard listens is no place that anything goes to.
  if (setting === 'web.host' || !ADDRESS.test(text)) return false;
  return /^[^/\s]+\.[^/\s]+:\d{1,5}$/u.test(text) || HOSTS.test(setting);
}

function isOutside(address: string): boolean {
  const host = ADDRESS.exec(address)?.[1] ?? '';
  return !LOOPBACK.test(host) && (isIP(host) !== 0 || host !== '0.0.0.0');
}
