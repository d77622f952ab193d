import { InvalidArgumentError } from 'commander';

/** Where a SIP call is sent: `127.0.0.1:5070`; port 5060 where none is written. @throws InvalidArgumentError */
export function endpoint(text: string): { readonly host: string; readonly port: number } {
  const [host = '', port = '5060', ...more] = text.split(':');
  const number = Number(port);
  const fits = Number.isInteger(number) && number >= 1 && number <= 65_535;
  if (host === '' || !fits || more.length > 0) {
    throw new InvalidArgumentError('write a host and a port, such as 127.0.0.1:5060.');
  }
  return { host, port: number };
}
