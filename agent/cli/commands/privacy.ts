import { Command } from 'commander';
import type { House } from '../house.js';
import { dataCommands, freezeCommand, objectCommand } from './privacy-data.js';
import { eraseCommands } from './privacy-erase.js';
import { guardianCommand } from './privacy-guardian.js';
import { noticeCommands } from './privacy-notice.js';
import { requestsCommand } from './privacy-requests.js';
import { retentionCommand } from './privacy-retention.js';

export const privacyCommand = (house: () => House, finish: (code: number) => void): Command => {
  const privacy = new Command('privacy').description(
    'what people may ask for: their data, its erasure, correction or restriction',
  );
  const commands = [
    ...eraseCommands(house),
    ...dataCommands(house),
    freezeCommand(house, 'restrict', 'restriction', 'keep something, and let nobody use it'),
    freezeCommand(house, 'hold', 'hold', 'legal hold: neither schedule nor erasure destroys it'),
    guardianCommand(house),
    objectCommand(house),
    requestsCommand(house),
    ...noticeCommands(house),
    retentionCommand(house, finish),
  ];
  for (const command of commands) privacy.addCommand(command);
  return privacy;
};
