import { Command } from 'commander';
import type { House } from '../house.js';
import { eraseCommands } from './privacy-erase.js';

export const privacyCommand = (house: () => House): Command => {
  const privacy = new Command('privacy').description(
    'what people may ask for: their data, its erasure, correction or restriction',
  );
  for (const command of [...eraseCommands(house)]) privacy.addCommand(command);
  return privacy;
};
