/** Where `collector` takes traces: the path that OTLP/HTTP fixes, unless it has one of its own. */
export function tracesUrl(collector: string): string {
  const url = new URL(collector);
  return url.pathname === '/' ? new URL('/v1/traces', url).href : url.href;
}
