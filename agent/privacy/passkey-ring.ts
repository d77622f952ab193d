import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Clock } from '../clock.js';
import type { StoredPasskey } from '../records/accounts.js';
import type { OpenRecords } from '../records/records.js';
import type { Account } from './account-room.js';
import { privacyErrors } from './errors.js';

export type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';

/** Loaded with the first passkey: it takes longer than a whole command otherwise. */
const webauthn = (): Promise<typeof import('@simplewebauthn/server')> =>
  import('@simplewebauthn/server');

/** The address that the browser shows: passkeys are bound to it. */
export interface Site {
  /** Such as `https://reception.clinic.lan:8443`. */
  readonly origin: string;
  /** Its host name. */
  readonly host: string;
}

/** The passkeys (WebAuthn) of accounts: a device that knows its owner takes the place of the password. */
export class PasskeyRing {
  readonly #records: OpenRecords;
  readonly #clock: Clock;
  readonly #account: (id: string) => Promise<Account>;

  constructor(records: OpenRecords, clock: Clock, account: (id: string) => Promise<Account>) {
    this.#records = records;
    this.#clock = clock;
    this.#account = account;
  }

  list(account: string): Promise<readonly StoredPasskey[]> {
    return this.#records.reading.accounts.passkeys(account);
  }

  /** What the browser needs to make a passkey; its `challenge` is to be kept until the answer. */
  async offer(account: Account, site: Site): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { generateRegistrationOptions } = await webauthn();
    return generateRegistrationOptions({
      rpName: 'Vestibule',
      rpID: site.host,
      userName: account.name,
      userID: new TextEncoder().encode(account.id),
      attestationType: 'none',
      excludeCredentials: (await this.list(account.id)).map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
  }

  /** Keeps the passkey that the browser made. @throws PRIVACY_NO_PASSKEY */
  async add(
    account: Account,
    made: { label: string; answer: RegistrationResponseJSON; challenge: string; site: Site },
  ): Promise<void> {
    const { accounts, audit } = this.#records.reading;
    const { verifyRegistrationResponse } = await webauthn();
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: made.answer,
      expectedChallenge: made.challenge,
      expectedOrigin: made.site.origin,
      expectedRPID: made.site.host,
      requireUserVerification: true,
    }).catch((cause: unknown) => {
      throw privacyErrors.make('NO_PASSKEY', { cause });
    });
    if (!verified) throw privacyErrors.make('NO_PASSKEY');
    const { credential } = registrationInfo;
    await audit.add(`web:${account.name}`, 'passkeys.add', account.id);
    await accounts.putPasskey({
      ...{ id: credential.id, account: account.id, label: made.label },
      ...{ publicKey: credential.publicKey, counter: credential.counter },
      ...{ createdAt: this.#clock.now(), lastUsedAt: undefined },
    });
  }

  /** What the browser needs to ask its owner for a passkey of this site. */
  async ask(site: Site): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { generateAuthenticationOptions } = await webauthn();
    return generateAuthenticationOptions({ rpID: site.host, userVerification: 'required' });
  }

  /** Whose passkey answered. @throws PRIVACY_NO_PASSKEY */
  async check(answer: AuthenticationResponseJSON, challenge: string, site: Site): Promise<Account> {
    const { accounts, audit } = this.#records.reading;
    const known = await accounts.passkey(answer.id);
    const { verifyAuthenticationResponse } = await webauthn();
    const checked =
      known === undefined
        ? undefined
        : await verifyAuthenticationResponse({
            response: answer,
            expectedChallenge: challenge,
            expectedOrigin: site.origin,
            expectedRPID: site.host,
            credential: { id: known.id, publicKey: known.publicKey, counter: known.counter },
            requireUserVerification: true,
          }).catch(() => undefined);
    if (known === undefined || checked?.verified !== true) {
      await audit.add('web:nobody', 'login.passkey-refused', known?.account);
      throw privacyErrors.make('NO_PASSKEY');
    }
    await accounts.putPasskey({
      ...known,
      counter: checked.authenticationInfo.newCounter,
      lastUsedAt: this.#clock.now(),
    });
    return this.#account(known.account);
  }

  /** @throws PRIVACY_NO_PASSKEY */
  async remove(account: Account, id: string): Promise<void> {
    const { accounts, audit } = this.#records.reading;
    await audit.add(`web:${account.name}`, 'passkeys.remove', account.id);
    if (!(await accounts.removePasskey(account.id, id))) {
      throw privacyErrors.make('NO_PASSKEY', { place: id });
    }
  }
}
