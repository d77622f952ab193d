/** What Vestibule uses of node-record-lpcm16 1.0.1. */
declare module 'node-record-lpcm16' {
  import type { ChildProcess } from 'node:child_process';
  import type { Readable } from 'node:stream';

  export interface Recording {
    readonly process: ChildProcess;
    stream(): Readable;
    stop(): void;
  }
  const library: {
    record(options: {
      readonly sampleRate: number;
      readonly channels: number;
      readonly audioType: string;
      readonly recorder: string;
      readonly device?: string;
    }): Recording;
  };
  export default library;
}
