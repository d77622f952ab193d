/**
 * What Vestibule uses of ari-client 2.2.0. The library builds its methods from the server's own API
 * description, so parameters that are newer than the library pass through.
 */
declare module 'ari-client' {
  export interface ChannelData {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    readonly caller: { readonly name: string; readonly number: string };
    readonly dialplan: {
      readonly context: string;
      readonly exten: string;
      readonly app_name: string;
      readonly app_data: string;
    };
    readonly channelvars?: Readonly<Record<string, string>>;
  }
  export interface BridgeData {
    readonly id: string;
    readonly name: string;
    readonly channels: readonly string[];
  }
  /** What RTP and RTCP told: our counts (`rx`, `tx`) and the other end's reports; times in seconds. */
  export interface RtpStatistics {
    readonly txcount?: number;
    readonly rxcount?: number;
    /** Averages in seconds: of what came here, and of what the other end reports. */
    readonly local_normdevjitter?: number;
    readonly remote_normdevjitter?: number;
    /** The best score that a report of the other end came to; 0 without any. */
    readonly remote_maxmes?: number;
    readonly txploss?: number;
    readonly rxploss?: number;
    readonly rtt?: number;
    readonly maxrtt?: number;
  }
  type Params = Readonly<Record<string, unknown>>;
  export interface Client {
    readonly asterisk: {
      getInfo(params?: Params): Promise<{ system?: { version: string } }>;
      listModules(): Promise<readonly { name: string; status: string }[]>;
      reloadModule(params: Params): Promise<void>;
      rotateLog(params: Params): Promise<void>;
    };
    readonly applications: { subscribe(params: Params): Promise<unknown> };
    readonly channels: {
      list(): Promise<readonly ChannelData[]>;
      originate(params: Params): Promise<ChannelData>;
      create(params: Params): Promise<ChannelData>;
      dial(params: Params): Promise<void>;
      answer(params: Params): Promise<void>;
      hangup(params: Params): Promise<void>;
      continueInDialplan(params: Params): Promise<void>;
      setChannelVar(params: Params): Promise<void>;
      getChannelVar(params: Params): Promise<{ value: string }>;
      startSilence(params: Params): Promise<void>;
      startMoh(params: Params): Promise<void>;
      stopMoh(params: Params): Promise<void>;
      ring(params: Params): Promise<void>;
      ringStop(params: Params): Promise<void>;
      stopSilence(params: Params): Promise<void>;
      transfer_progress(params: Params): Promise<void>;
      rtpstatistics(params: Params): Promise<RtpStatistics>;
      snoopChannelWithId(params: Params): Promise<ChannelData>;
      externalMedia(params: Params): Promise<ChannelData>;
    };
    readonly bridges: {
      list(): Promise<readonly BridgeData[]>;
      createWithId(params: Params): Promise<BridgeData>;
      addChannel(params: Params): Promise<void>;
      removeChannel(params: Params): Promise<void>;
      destroy(params: Params): Promise<void>;
    };
  }
  const library: {
    connect(baseUrl: string, user: string, password: string): Promise<Client>;
  };
  export default library;
}
