import { toString as qrCode } from 'qrcode';
import { print } from './output.js';

/** The recovery words as a sheet to be kept: numbered, and as a QR code. */
export async function showWords(words: string): Promise<void> {
  print('Write these words down and keep them apart from this machine. They are not shown again:');
  print('');
  const all = words.split(' ');
  for (let from = 0; from < all.length; from += 6) {
    const row = all
      .slice(from, from + 6)
      .map((word, index) => `${String(from + index + 1)} ${word}`);
    print(`  ${row.map((one) => one.padEnd(12)).join('')}`);
  }
  print('');
  print(await qrCode(words, { type: 'utf8', errorCorrectionLevel: 'L' }));
}
