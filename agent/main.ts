#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './cli/program.js';
import { systemClock } from './clock.js';
import { startOfClock } from './config/load.js';
import { pathsOf } from './config/paths.js';
import { createHouse } from './house.js';
import { createLog, type LogLevel } from './log.js';

const paths = pathsOf(process.env);
const { version } = JSON.parse(readFileSync(join(paths.root, 'package.json'), 'utf8')) as {
  version: string;
};
const daemon = process.argv[2] === 'run';
const level = (process.env.VESTIBULE_LOG ?? (daemon ? 'info' : 'error')) as LogLevel;

process.exitCode = await runProgram(process.argv.slice(2), version, () =>
  createHouse(paths, process.env, systemClock(startOfClock(process.env)), createLog(level)),
);
