import { join } from 'node:path';
import { checkoutRoot } from '../wire/checkout.js';
import type { Pronunciation } from './pronunciation.js';

/** The proto file of the speech workers; the messages below mirror it. */
export const SPEECH_PROTO = join(checkoutRoot, 'agent', 'speech', 'speech.proto');
export const SPEECH_SERVICE = 'vestibule.speech.v1.Speech';

export interface LineFrame {
  readonly line: number;
  readonly pcm?: Uint8Array;
  readonly reset?: boolean;
  readonly close?: boolean;
}
export interface ListenTick {
  readonly frames: readonly LineFrame[];
}
export interface LineProbability {
  readonly line: number;
  readonly probability: number;
  readonly endMs: number;
}
export interface ListenReply {
  readonly lines: readonly LineProbability[];
}

export interface RecognizeSettings {
  readonly language: string;
  readonly expected: readonly string[];
  readonly answers?: readonly string[];
  readonly partials?: boolean;
  readonly names?: readonly string[];
  readonly wordTimes?: boolean;
  readonly readings?: number;
}
/** Exactly one member is set. */
export interface RecognizeRequest {
  readonly settings?: RecognizeSettings | null;
  readonly pcm?: Uint8Array;
  readonly speculate?: object | null;
  readonly finish?: object | null;
}
export interface ResultWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly estimated?: boolean;
}
export interface RecognizeResult {
  readonly text: string;
  readonly words: readonly ResultWord[];
  readonly confidence: number;
  readonly engine: string;
  readonly secondsAudio: number;
  readonly secondsCpu: number;
  /** Of a speculative result: `finish` may still know better, so it must be asked. */
  readonly provisional?: boolean;
  readonly readings?: readonly string[];
  /** For how long it was worked on; 0 or absent where nothing was left to do. */
  readonly secondsWorking?: number;
}
/** Exactly one member is set. */
export interface RecognizeReply {
  readonly partial?: RecognizeResult | null;
  readonly speculative?: RecognizeResult | null;
  readonly final?: RecognizeResult | null;
}

export interface SpeakRequest {
  readonly text: string;
  readonly language: string;
  readonly voice: string;
  readonly pace: number;
  readonly pronunciations: readonly Pronunciation[];
  readonly live?: boolean;
  readonly aheadMs?: number;
  readonly fromClause?: number;
}
export interface SpeakReply {
  readonly pcm: Uint8Array;
  readonly secondsWorking?: number;
}

export interface EmbedRequest {
  readonly texts: readonly string[];
  readonly head: string;
  readonly features: boolean;
}
export interface TextVector {
  readonly vector: readonly number[];
  readonly logits: readonly number[];
  readonly near?: number;
  /** Features that are not nought, where they stand, and among how many numbers. */
  readonly features?: readonly number[];
  readonly places?: readonly number[];
  readonly size?: number;
}
export interface EmbedReply {
  readonly texts: readonly TextVector[];
}

export interface DescribeReply {
  readonly worker: string;
  readonly engines: readonly string[];
  readonly models: readonly string[];
  readonly residentBytes: number;
  readonly cpuSeconds: number;
  /** Why it cannot serve, in one line; empty when it can. */
  readonly fault: string;
}
