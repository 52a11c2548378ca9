// Written from the Rust types by `make bindings`; a test fails when the two drift apart.

export type Moment = number;
export type ConnectionId = number;
export type RevocationId = number;
export type RegionCode = string;
export type Origin = string;
export type Region = {
  /**
   * Zoho's `location` value.
   */
  code: RegionCode;
  /**
   * Its name in English.
   */
  name: string;
  /**
   * Where sign-in, tokens and revocation live.
   */
  accounts: Origin;
  /**
   * The general API host Zoho names as `api_domain`; kept to recognise, never called.
   */
  api: Origin;
  /**
   * Where Cliq's own API lives.
   */
  cliq: Origin;
  /**
   * Where OAuth clients are registered.
   */
  console: Origin;
};
export type RegionShown = {
  /**
   * The accounts server of a region that the user added, shown with its name; `None` for the others.
   */
  host: string | null;
  /**
   * Zoho's `location` value.
   */
  code: RegionCode;
  /**
   * Its name in English.
   */
  name: string;
  /**
   * Where sign-in, tokens and revocation live.
   */
  accounts: Origin;
  /**
   * The general API host Zoho names as `api_domain`; kept to recognise, never called.
   */
  api: Origin;
  /**
   * Where Cliq's own API lives.
   */
  cliq: Origin;
  /**
   * Where OAuth clients are registered.
   */
  console: Origin;
};
export type RegionForm = {
  /**
   * A short name of letters and digits.
   */
  code: string;
  /**
   * Its displayed name.
   */
  name: string;
  /**
   * The accounts origin.
   */
  accounts: string;
  /**
   * The API origin.
   */
  api: string;
  /**
   * The Cliq origin.
   */
  cliq: string;
  /**
   * The console origin.
   */
  console: string;
};
export type Scope = string;
export type Scopes = Array<Scope>;
export type Risk = "low" | "medium" | "high";
export type WhyNot =
  | "notAScope"
  | "notReal"
  | "letterCase"
  | "spelling"
  | "noService"
  | "letters"
  | "clientId"
  | "clientSecret"
  | "codeOrToken"
  | "webhookToken"
  | "address"
  | "organisationId";
export type ScopeRefused = {
  /**
   * The text as typed.
   */
  typed: string;
  /**
   * Why it was refused.
   */
  why: WhyNot;
  /**
   * The scope that was probably meant.
   */
  probably: Scope | null;
};
export type OrganisationId = string;
export type ClientType = "mobile" | "serverBased" | "selfClient" | "nonBrowser";
export type RedirectMethod = "deepLink" | "loopback" | "consoleCode" | "device" | "pasted";
export type Hint =
  | "looksLikeCode"
  | "looksLikeClientId"
  | "looksLikeSecret"
  | "looksLikeWebhookToken"
  | "looksLikeScopes"
  | "looksLikeAddress"
  | "looksLikeOrganisationId"
  | "unusual"
  | "own";
export type Hints = {
  /**
   * About the client id.
   */
  clientId: Hint | null;
  /**
   * About the client secret.
   */
  clientSecret: Hint | null;
};
export type RedirectRefused =
  | {
      "why": "value";
      /**
       * Which one.
       */
      like: Hint;
    }
  | { "why": "notAnAddress" }
  | { "why": "characters" }
  | { "why": "fragment" }
  | { "why": "userInfo" }
  | { "why": "answer" }
  | { "why": "tooLong" };
export type Identity = {
  /**
   * The e-mail address that the user signs in with.
   */
  email: string;
  /**
   * The name Zoho shows; empty where it has none.
   */
  name: string;
};
export type Proof = "works" | "aliveWithoutScope";
export type PastedProblem =
  | "notAnAddress"
  | "noCode"
  | "otherSignIn"
  | "clientId"
  | "clientSecret"
  | "webhookToken"
  | "scopes"
  | "address"
  | "doubled"
  | "tooLong"
  | "organisationId"
  | "ownSecret";
export type Problem =
  | { "code": "denied" }
  | { "code": "sentBack"; error: string }
  | { "code": "noAccount"; services: Array<string> }
  | { "code": "consentExpired" }
  | { "code": "deviceCodeExpired" }
  | { "code": "unknownRegion"; server: string }
  | { "code": "regionNotConfirmed"; region: RegionCode; host: string }
  | { "code": "notTheAddress"; why: PastedProblem }
  | { "code": "notTheCode"; why: PastedProblem }
  | { "code": "notTheRefreshToken"; why: PastedProblem }
  | { "code": "refreshTokenRefused" }
  | { "code": "consoleCodeOver" }
  | { "code": "signInPending" }
  | { "code": "linkNotOurs"; owner: string | null }
  | { "code": "askedByHttps" }
  | { "code": "portsBusy"; ports: Array<number> }
  | { "code": "browserNotOpened" }
  | { "code": "requestMangled" }
  | { "code": "tooManyCodes"; until: Moment }
  | { "code": "tooManyTokens"; until: Moment; uncertain: boolean }
  | { "code": "wouldRetire"; kept: number }
  | { "code": "codeSpent" }
  | { "code": "exchangeCutOff" }
  | { "code": "clientUnknown"; region: RegionCode }
  | { "code": "secretWrong" }
  | { "code": "secretWrongThere"; region: RegionCode }
  | { "code": "multiDcOff"; home: RegionCode; region: RegionCode }
  | { "code": "redirectMismatch"; redirectUri: string }
  | { "code": "organisationUnknown" }
  | { "code": "scopeUnknown" }
  | { "code": "throttled"; until: Moment }
  | { "code": "grantEnded" }
  | { "code": "refused"; error: string }
  | { "code": "noToken" }
  | { "code": "noRefreshToken" }
  | { "code": "notAdded" }
  | { "code": "oddLifetime" }
  | { "code": "webPage"; host: string }
  | { "code": "emptyAnswer"; host: string }
  | { "code": "garbled"; host: string }
  | { "code": "tooLong"; host: string }
  | { "code": "unreachable"; host: string }
  | { "code": "notThisUsers"; host: string }
  | { "code": "timedOut"; host: string }
  | { "code": "untrusted"; host: string }
  | { "code": "redirected"; host: string }
  | { "code": "serverTrouble"; host: string; status: number }
  | { "code": "tokenDead" }
  | { "code": "newTokenDead" }
  | { "code": "scopeMissing" }
  | { "code": "cliqBusy"; until: Moment }
  | { "code": "cliqUnclear"; status: number }
  | { "code": "keyringAbsent" }
  | { "code": "keyringLocked" }
  | { "code": "keyringSlow" }
  | { "code": "keyringFaulty" }
  | { "code": "keyMissing" }
  | { "code": "passphraseNeeded" }
  | { "code": "passphraseWrong" }
  | { "code": "vaultDamaged"; setAside: string; recovered: boolean }
  | { "code": "vaultNotAuthentic"; setAside: string; recovered: boolean }
  | { "code": "vaultOlder" }
  | { "code": "vaultChanged"; setAside: string }
  | { "code": "vaultNewer"; version: number }
  | { "code": "vaultUnreadable"; reason: string }
  | { "code": "notSaved"; reason: string }
  | { "code": "regionsFile"; line: number; reason: string }
  | { "code": "regionsFileNotPrivate"; path: string }
  | { "code": "regionsFileNotRead"; reason: string }
  | { "code": "regionsFileSetAside"; setAside: string }
  | { "code": "regionRefused"; reason: string }
  | { "code": "regionInUse"; region: RegionCode; users: Array<string>; unfinished: boolean }
  | { "code": "regionMoved"; region: RegionCode; was: string; now: string }
  | { "code": "fileNotRead"; reason: string }
  | { "code": "fileUnknown" }
  | { "code": "fileNewer"; version: number }
  | { "code": "fileDamaged" }
  | { "code": "fileRegion"; region: RegionCode }
  | { "code": "handoverExpired"; at: Moment }
  | { "code": "handoverLocked" }
  | { "code": "handoverNotForYou" }
  | { "code": "handoverElsewhere"; region: RegionCode; madeFor: string | null; here: string }
  | { "code": "handoverHere"; name: string }
  | { "code": "passphraseWeak" }
  | { "code": "keyUnknown" }
  | { "code": "fileNotWritten"; reason: string }
  | { "code": "liveFileNotWritten"; reason: string }
  | { "code": "liveFileReplaced"; path: string }
  | { "code": "liveFileTaken"; name: string }
  | { "code": "liveFileLeft"; path: string; reason: string }
  | { "code": "loginUnchanged"; reason: string }
  | { "code": "clipboardClosed" }
  | { "code": "practiceNotStarted"; reason: string };
export type Shape =
  | "token"
  | "zohoHeader"
  | "bearerHeader"
  | "curl"
  | "dotEnv"
  | "powerShell"
  | "json"
  | "postman"
  | "deluge"
  | "refreshToken";
export type Export = {
  /**
   * The file format.
   */
  format: FileFormat;
  /**
   * Whether it includes the refresh token.
   */
  refreshToken: boolean;
  /**
   * Whether it includes the client secret.
   */
  clientSecret: boolean;
};
export type FileFormat = "dotEnv" | "json" | "postman";
export type Lasts = "day" | "week" | "month";
export type Lock = { "kind": "passphrase"; passphrase: string } | { "kind": "key"; key: string };
export type FormField = "name" | "homepage" | "redirectUri" | "secondRedirectUri";
export type PasteField = "clientId" | "clientSecret" | "address" | "code" | "refreshToken";
export type ZohoPage = "client" | "redirect" | "scope" | "responseType";
export type CorrectedField = "address" | "consoleCode" | "existingToken" | "organisation";
export type Step = "region" | "register" | "credentials" | "scopes" | "approve" | "confirm" | "use";
export type ReportAbout =
  | { "place": "vault" }
  | { "place": "notice"; notice: number }
  | { "place": "regionForm" }
  | { "place": "approval" }
  | { "place": "identity" }
  | { "place": "proof" }
  | { "place": "note"; nth: number }
  | { "place": "saving" }
  | { "place": "connection"; id: ConnectionId }
  | { "place": "test"; id: ConnectionId }
  | { "place": "liveFile"; id: ConnectionId }
  | { "place": "revocation"; revocation: RevocationId }
  | { "place": "handover" }
  | { "place": "offer" };
export type VaultIntent =
  | { "intent": "tryVaultAgain" }
  | { "intent": "usePassphrase"; passphrase: string }
  | { "intent": "useThisRunOnly" }
  | { "intent": "retrySave" };
export type AppIntent =
  | { "intent": "dismiss"; notice: number }
  | { "intent": "chooseOnClose"; onClose: OnClose }
  | { "intent": "stayOpen" }
  | { "intent": "pauseRefreshing"; on: boolean }
  | { "intent": "startAtLogin"; on: boolean }
  | { "intent": "quit" }
  | { "intent": "quitUnsaved" }
  | { "intent": "practise" }
  | { "intent": "addRegion"; form: RegionForm }
  | { "intent": "rename"; id: ConnectionId; name: string }
  | { "intent": "copyOwnKey" }
  | { "intent": "copyReport"; about: ReportAbout };
export type SignInIntent =
  | { "intent": "start" }
  | { "intent": "openPractice" }
  | { "intent": "goHome" }
  | { "intent": "open"; id: ConnectionId }
  | { "intent": "goTo"; step: Step }
  | { "intent": "next" }
  | { "intent": "back" }
  | { "intent": "forgetDraft" }
  | { "intent": "chooseRegion"; region: RegionCode }
  | { "intent": "chooseClientType"; clientType: ClientType }
  | { "intent": "openFile" }
  | { "intent": "guessRegion"; address: string }
  | { "intent": "copyForForm"; field: FormField }
  | { "intent": "useRedirectUri"; address: string }
  | { "intent": "openConsole" }
  | { "intent": "openConnectedApps" }
  | { "intent": "typeClientId"; text: string }
  | { "intent": "typeClientSecret"; text: string }
  | { "intent": "typeSecretFor"; region: RegionCode; text: string }
  | { "intent": "pasteSecretFor"; region: RegionCode }
  | { "intent": "paste"; field: PasteField }
  | { "intent": "chooseTask"; task: string; on: boolean }
  | { "intent": "chooseScope"; scope: string; on: boolean }
  | { "intent": "keepAccess"; on: boolean }
  | { "intent": "signIn"; anyway: boolean }
  | { "intent": "retireOldest" }
  | { "intent": "openAgain" }
  | { "intent": "copyLink" }
  | { "intent": "copyUserCode" }
  | { "intent": "haveAdded" }
  | { "intent": "pasteAddress"; text: string }
  | { "intent": "saw"; page: ZohoPage }
  | { "intent": "askOtherRegions" }
  | { "intent": "askRegion"; region: RegionCode }
  | { "intent": "stopAsking" }
  | { "intent": "switchRegion"; region: RegionCode }
  | { "intent": "pasteCode"; text: string }
  | { "intent": "useRefreshToken"; text: string }
  | { "intent": "useClientCredentials"; organisation: string }
  | { "intent": "chooseLifetime"; minutes: number }
  | { "intent": "copyScopes" }
  | { "intent": "cancelConsent" }
  | { "intent": "checkAgain" }
  | { "intent": "keep"; name: string }
  | { "intent": "notMe" }
  | { "intent": "signInAgain"; id: ConnectionId }
  | { "intent": "addPermissions"; id: ConnectionId }
  | { "intent": "openSealed"; passphrase: string }
  | { "intent": "takeOffer" }
  | { "intent": "leaveOffer" };
export type TokensIntent =
  | { "intent": "keepFresh"; id: ConnectionId; on: boolean }
  | { "intent": "refresh"; id: ConnectionId };
export type ChecksIntent =
  | { "intent": "test"; id: ConnectionId }
  | { "intent": "probeScopes"; id: ConnectionId }
  | { "intent": "stopProbing"; id: ConnectionId };
export type ShareIntent =
  | { "intent": "copy"; id: ConnectionId; shape: Shape }
  | { "intent": "export"; id: ConnectionId; export: Export }
  | { "intent": "exportActivity"; id: ConnectionId }
  | { "intent": "chooseLiveFile"; id: ConnectionId; format: FileFormat }
  | { "intent": "writeLiveFile"; id: ConnectionId }
  | { "intent": "stopLiveFile"; id: ConnectionId }
  | { "intent": "saveSetup"; id: ConnectionId }
  | { "intent": "beginHandover"; id: ConnectionId }
  | { "intent": "stopHandover" }
  | { "intent": "handover"; to: string; lasts: Lasts; lock: Lock };
export type RevokeIntent =
  | { "intent": "revokeAndDelete"; id: ConnectionId }
  | { "intent": "deleteHere"; id: ConnectionId }
  | { "intent": "revokeLater"; id: ConnectionId }
  | { "intent": "revokeNow"; revocation: RevocationId }
  | { "intent": "forgetRevocation"; revocation: RevocationId };
export type CliIntent =
  | { "intent": "allowScripts"; id: ConnectionId; on: boolean }
  | { "intent": "copyCommand"; id: ConnectionId };
export type Intent =
  | ({ "machine": "vault" } & VaultIntent)
  | ({ "machine": "app" } & AppIntent)
  | ({ "machine": "signIn" } & SignInIntent)
  | ({ "machine": "tokens" } & TokensIntent)
  | ({ "machine": "checks" } & ChecksIntent)
  | ({ "machine": "share" } & ShareIntent)
  | ({ "machine": "revoke" } & RevokeIntent)
  | ({ "machine": "cli" } & CliIntent);
export type VaultAction = { "intent": "retrySave" };
export type AppAction =
  | { "intent": "dismiss"; notice: number }
  | { "intent": "practise" }
  | { "intent": "copyOwnKey" };
export type SignInAction =
  | { "intent": "signIn"; anyway: boolean }
  | { "intent": "retireOldest" }
  | { "intent": "openAgain" }
  | { "intent": "openConsole" }
  | { "intent": "openConnectedApps" }
  | { "intent": "openFile" }
  | { "intent": "copyForForm"; field: FormField }
  | { "intent": "goTo"; step: Step }
  | { "intent": "goHome" }
  | { "intent": "start" }
  | { "intent": "signInAgain"; id: ConnectionId }
  | { "intent": "addPermissions"; id: ConnectionId };
export type TokensAction = { "intent": "refresh"; id: ConnectionId };
export type ChecksAction = { "intent": "test"; id: ConnectionId };
export type ShareAction = { "intent": "writeLiveFile"; id: ConnectionId };
export type PreparedIntent =
  | ({ "machine": "vault" } & VaultAction)
  | ({ "machine": "app" } & AppAction)
  | ({ "machine": "signIn" } & SignInAction)
  | ({ "machine": "tokens" } & TokensAction)
  | ({ "machine": "checks" } & ChecksAction)
  | ({ "machine": "share" } & ShareAction);
export type Action =
  | { "kind": "ask"; intent: PreparedIntent }
  | { "kind": "correct"; field: CorrectedField }
  | { "kind": "fill"; field: CorrectedField };
export type ScriptAccess = "notAsked" | "allowed" | "denied";
export type Masked = string;
export type Keeping = "notYet" | "keyring" | "passphrase" | "thisRun";
export type Standing =
  | { "kind": "fresh" }
  | { "kind": "due" }
  | { "kind": "resting" }
  | { "kind": "ended" }
  | { "kind": "heldBack"; againAt: Moment }
  | { "kind": "waiting"; problem: Problem; againAt: Moment }
  | { "kind": "needsYou"; problem: Problem };
export type Doing = "refreshing" | "testing" | "probing" | "revoking";
export type TestResult = {
  /**
   * When the call ended.
   */
  at: Moment;
  /**
   * What it proved, if anything.
   */
  proof: Proof | null;
  /**
   * What went wrong, if anything.
   */
  problem: Problem | null;
};
export type Probed =
  | { "kind": "noRead" }
  | { "kind": "notYet" }
  | { "kind": "waiting" }
  | { "kind": "running" }
  | { "kind": "told"; result: TestResult };
export type ScopeProbe = {
  /**
   * As Zoho spells it.
   */
  scope: Scope;
  /**
   * The state of its probe.
   */
  probed: Probed;
};
export type Act = "refresh" | "test" | "revoke" | "writeFile";
export type Happened =
  | { "kind": "consented" }
  | { "kind": "signedInAgain" }
  | { "kind": "permissionsAdded" }
  | { "kind": "refreshed" }
  | { "kind": "tested"; proof: Proof }
  | { "kind": "copied"; shape: Shape }
  | { "kind": "exported"; format: FileFormat; refreshToken: boolean; clientSecret: boolean }
  | { "kind": "handedOver"; to: string; until: Moment }
  | { "kind": "takenOver" }
  | { "kind": "clientTokenIssued" }
  | { "kind": "tokenAdded" }
  | { "kind": "readByScript" }
  | { "kind": "renamed" }
  | { "kind": "liveFileBegun"; format: FileFormat }
  | { "kind": "liveFileStopped" }
  | { "kind": "failed"; act: Act; problem: Problem };
export type Entry = {
  /**
   * When it first happened.
   */
  at: Moment;
  /**
   * When it last happened.
   */
  last: Moment;
  /**
   * How often it happened.
   */
  times: number;
  /**
   * What happened.
   */
  what: Happened;
};
export type Totals = {
  /**
   * Grant codes.
   */
  codes: number;
  /**
   * Access tokens.
   */
  accessTokens: number;
  /**
   * Refresh tokens.
   */
  refreshTokens: number;
};
export type Metered = "signIns" | "accessTokens" | "codes";
export type Level = "free" | "near" | "full";
export type Meter = {
  /**
   * The limited quantity.
   */
  what: Metered;
  /**
   * How much is used.
   */
  used: number;
  /**
   * The limit.
   */
  most: number;
  /**
   * How near the limit is.
   */
  level: Level;
  /**
   * When the next is free, if none is now and waiting helps.
   */
  freeAt: Moment | null;
};
export type Page = {
  /**
   * The connection's number.
   */
  id: ConnectionId;
  /**
   * The command with which a script gets the access token.
   */
  command: string;
  /**
   * The use of Zoho's limits, as far as Keyfob knows.
   */
  meters: Array<Meter>;
  /**
   * All that Keyfob has ever spent with this client.
   */
  totals: Totals;
  /**
   * The latest entries, newest first.
   */
  activity: Array<Entry>;
  /**
   * The number of older entries.
   */
  older: number;
};
export type LiveFileView = {
  /**
   * Its path.
   */
  path: string;
  /**
   * The file format.
   */
  format: FileFormat;
  /**
   * When it was last written; `None` before the first time.
   */
  writtenAt: Moment | null;
  /**
   * Why the last write failed.
   */
  problem: Problem | null;
  /**
   * What the user can do about it.
   */
  action: Action | null;
  /**
   * Whether it is being written.
   */
  writing: boolean;
};
export type Card = {
  /**
   * Its number.
   */
  id: ConnectionId;
  /**
   * Its name.
   */
  name: string;
  /**
   * The region that issued the tokens.
   */
  region: RegionCode;
  /**
   * The accounts server that the tokens are sent to, for a region that the user added.
   */
  host: string | null;
  /**
   * The account; `None` when unknown.
   */
  identity: Identity | null;
  /**
   * The client ID, which is not secret.
   */
  clientId: string;
  /**
   * The access token, masked.
   */
  access: Masked;
  /**
   * The refresh token, masked; `None` when there is none.
   */
  refresh: Masked | null;
  /**
   * The organisation of a client's own token; `None` for an account's.
   */
  organisation: OrganisationId | null;
  /**
   * Whether a new access token can be obtained without a user.
   */
  renews: boolean;
  /**
   * Whether the client has a secret for its region.
   */
  hasSecret: boolean;
  /**
   * The granted scopes.
   */
  granted: Scopes;
  /**
   * The scopes that were requested and not granted.
   */
  missing: Scopes;
  /**
   * Whether it is refreshed automatically, unless that is paused for all.
   */
  keepFresh: boolean;
  /**
   * Whether programs may read its token.
   */
  scripts: ScriptAccess;
  /**
   * The file that is kept up to date with its token.
   */
  liveFile: LiveFileView | null;
  /**
   * Its state.
   */
  standing: Standing;
  /**
   * What the user can do about the state; `None` when there is no problem.
   */
  action: Action | null;
  /**
   * When the access token expires.
   */
  expiresAt: Moment;
  /**
   * When Keyfob refreshes it; `None` when it never does.
   */
  refreshesAt: Moment | null;
  /**
   * The operation in progress.
   */
  doing: Doing | null;
  /**
   * The result of the last test call.
   */
  tested: TestResult | null;
  /**
   * What the user can do about the problem of the test call.
   */
  testAction: Action | null;
  /**
   * The probe of each granted permission; empty unless the connection's own page is open.
   */
  probes: Array<ScopeProbe>;
  /**
   * Whether it belongs to Practice, so that it ends when Keyfob quits.
   */
  practice: boolean;
};
export type RevocationView = {
  /**
   * Its number.
   */
  id: RevocationId;
  /**
   * The connection's name, or the owner of tokens that were not kept.
   */
  name: string;
  /**
   * When it was requested.
   */
  since: Moment;
  /**
   * When it is sent automatically; `None` when it will not be.
   */
  againAt: Moment | null;
  /**
   * Why the last attempt failed.
   */
  problem: Problem | null;
  /**
   * Whether a request is in flight.
   */
  asking: boolean;
  /**
   * Whether the user may send it now.
   */
  mayAsk: boolean;
  /**
   * Whether it belongs to Practice, so that it ends when Keyfob quits.
   */
  practice: boolean;
};
export type Guess = {
  /**
   * The region; `None` when the address is not one of Zoho's.
   */
  region: RegionCode | null;
};
export type ZohoForm = {
  /**
   * "Client Name".
   */
  name: string;
  /**
   * "Homepage URL".
   */
  homepage: string;
  /**
   * "Authorized Redirect URIs"; empty when Zoho asks for none.
   */
  redirectUris: Array<string>;
};
export type TaskChoice = {
  /**
   * The ID by which the page looks up its text.
   */
  id: string;
  /**
   * The scopes it needs.
   */
  scopes: Array<string>;
  /**
   * The harm it could do in the wrong hands.
   */
  risk: Risk;
  /**
   * Whether it is chosen, as all of its scopes are.
   */
  on: boolean;
};
export type ScopeChoice = {
  /**
   * As Zoho spells it.
   */
  scope: Scope;
  /**
   * Whether it is chosen.
   */
  on: boolean;
  /**
   * Whether it is always requested.
   */
  fixed: boolean;
  /**
   * Whether Keyfob knows it; an unknown one may still be real.
   */
  known: boolean;
};
export type Qr = {
  /**
   * The number of modules per side, quiet zone included.
   */
  size: number;
  /**
   * The dark modules, with one subpath per horizontal run.
   */
  path: string;
};
export type DeviceView = {
  /**
   * The code to type.
   */
  userCode: string;
  /**
   * The page to type it on.
   */
  page: string;
  /**
   * A QR code of the page, for a phone.
   */
  qr: Qr | null;
  /**
   * When the code was issued.
   */
  began: Moment;
  /**
   * When it expires.
   */
  ends: Moment;
  /**
   * When Zoho was last polled; `None` before the first time.
   */
  askedAt: Moment | null;
  /**
   * When it is polled next; `None` while a poll is in flight.
   */
  asksAt: Moment | null;
  /**
   * The region that is polled.
   */
  region: RegionCode;
  /**
   * Why the last poll failed.
   */
  problem: Problem | null;
  /**
   * What the user can do about it; `None` when Keyfob's next poll suffices.
   */
  action: Action | null;
};
export type ApprovalView =
  | { "kind": "ready"; problem: Problem | null; action: Action | null; waysRound: Array<PreparedIntent> }
  | { "kind": "checking" }
  | {
      "kind": "waiting";
      began: Moment;
      ends: Moment;
      problem: Problem | null;
      action: Action | null;
      byHand: boolean;
    }
  | { "kind": "exchanging" }
  | { "kind": "askingForCode" }
  | ({ "kind": "device" } & DeviceView)
  | { "kind": "askingForToken" };
export type CodeShown = {
  /**
   * The code, masked.
   */
  code: Masked;
  /**
   * When it was received.
   */
  began: Moment;
  /**
   * When it expires.
   */
  ends: Moment;
};
export type GrantedBy = "zoho" | "choice";
export type Note = {
  /**
   * What it says.
   */
  problem: Problem;
  /**
   * What its button does; `None` when it is only for information.
   */
  action: Action | null;
};
export type CandidateView = {
  /**
   * The proposed name of the connection.
   */
  name: string;
  /**
   * The region that issued the tokens.
   */
  region: RegionCode;
  /**
   * The accounts server of a region that the user added.
   */
  host: string | null;
  /**
   * Whether that region differs from the client's.
   */
  elsewhere: boolean;
  /**
   * The account; `None` until it is known.
   */
  identity: Identity | null;
  /**
   * Why the account is unknown.
   */
  identityProblem: Problem | null;
  /**
   * The account of the replaced connection, if it differs.
   */
  was: Identity | null;
  /**
   * The granted scopes.
   */
  granted: Scopes;
  /**
   * The source of the granted scopes.
   */
  grantedBy: GrantedBy;
  /**
   * The scopes that were requested and not granted.
   */
  missing: Scopes;
  /**
   * The result of the test call; `None` until it ends.
   */
  tested: TestResult | null;
  /**
   * Notes, such as a missing refresh token or an odd lifetime.
   */
  notes: Array<Note>;
  /**
   * Whether it has a refresh token.
   */
  lasts: boolean;
  /**
   * The source of its tokens.
   */
  source: CandidateSource;
  /**
   * The organisation of a client's own token; `None` for an account's.
   */
  organisation: OrganisationId | null;
  /**
   * Whether the test call is in flight.
   */
  testing: boolean;
  /**
   * Why it is not saved, so that it lasts only for this run.
   */
  unsaved: Problem | null;
};
export type SecretElsewhere = {
  /**
   * The data centre's region.
   */
  region: RegionCode;
  /**
   * The secret, masked.
   */
  secret: Masked;
};
export type PasteRefused = {
  /**
   * The field.
   */
  field: PasteField;
  /**
   * The data centre, for a secret of one data centre only.
   */
  region: RegionCode | null;
  /**
   * What the text looks like.
   */
  hint: Hint;
};
export type CandidateSource = "signIn" | "handOver" | "clientCredentials" | "existingToken";
export type OtherRegion = {
  /**
   * Which.
   */
  region: RegionCode;
  /**
   * The accounts server of a region that the user added, which is asked by a separate button. `None` for Zoho's own.
   */
  host: string | null;
  /**
   * What it said.
   */
  said: RegionSaid;
};
export type RegionSaid = "notAsked" | "waiting" | "asking" | "knows" | "doesNotKnow" | "notTold";
export type DraftView = {
  /**
   * The last step that the user can go to.
   */
  furthest: Step;
  /**
   * The connection that the draft signs in again, if any.
   */
  replaces: ConnectionId | null;
  /**
   * The scopes that this connection has or asked for and would lose by the choices here.
   */
  givesUp: Scopes;
  /**
   * The chosen region.
   */
  region: RegionCode | null;
  /**
   * The accounts server of a region that the user added.
   */
  host: string | null;
  /**
   * The region guessed from the address bar, if the user pasted it.
   */
  guess: Guess | null;
  /**
   * Why the typed region was not added.
   */
  regionProblem: Problem | null;
  /**
   * Zoho's client type.
   */
  clientType: ClientType;
  /**
   * How this client's authorization response returns.
   */
  redirectMethod: RedirectMethod;
  /**
   * The client's own redirect URI; `None` when it uses Keyfob's.
   */
  ownRedirect: string | null;
  /**
   * Why the typed redirect URI was rejected.
   */
  redirectRefused: RedirectRefused | null;
  /**
   * The values for Zoho's form.
   */
  form: ZohoForm;
  /**
   * The redirect URI of the pending authorization request, or of one that would begin now; `None` if it has none.
   */
  redirectUri: string | null;
  /**
   * The client ID as entered.
   */
  clientId: string;
  /**
   * The client secret, masked, once entered.
   */
  clientSecret: Masked | null;
  /**
   * The secrets of other data centres, masked.
   */
  secretsElsewhere: Array<SecretElsewhere>;
  /**
   * Hints about the client ID and secret.
   */
  hints: Hints;
  /**
   * Why the clipboard's text was not accepted into a field.
   */
  pasteRefused: PasteRefused | null;
  /**
   * The tasks, and which are chosen.
   */
  tasks: Array<TaskChoice>;
  /**
   * The listed scopes, then those the user added, and which are chosen.
   */
  scopes: Array<ScopeChoice>;
  /**
   * Why a typed scope was refused.
   */
  scopeRefused: ScopeRefused | null;
  /**
   * Whether the sign-in only adds permissions, and keeps the existing tokens.
   */
  adds: boolean;
  /**
   * Whether to request a refresh token.
   */
  keepAccess: boolean;
  /**
   * The client's use of Zoho's limits; empty when nothing is spent yet.
   */
  meters: Array<Meter>;
  /**
   * The requested scopes in the format of Zoho's console.
   */
  asked: string;
  /**
   * The lifetime in minutes of a code made in the console; one of the console's choices.
   */
  lifetime: number;
  /**
   * The organisation for which a token without a user was last requested.
   */
  organisation: OrganisationId | null;
  /**
   * What the rejected organisation number looks like.
   */
  organisationRefused: Hint | null;
  /**
   * The chosen permissions that Cliq is not known to accept without a user.
   */
  unprovenWithoutUser: Scopes;
  /**
   * A code made in the console that is not used yet.
   */
  consoleCode: CodeShown | null;
  /**
   * The approval.
   */
  approval: ApprovalView;
  /**
   * Whether the last attempt showed that the redirect method does not work; another client type's may.
   */
  redirectClosed: boolean;
  /**
   * When the region does not know the client, what the others say; empty when they are not to be asked.
   */
  otherRegions: Array<OtherRegion>;
  /**
   * The tokens to be confirmed.
   */
  candidate: CandidateView | null;
  /**
   * The connection just kept, at the last step.
   */
  kept: ConnectionId | null;
};
export type SetupView = {
  /**
   * The colleague's name for the connection.
   */
  name: string;
  /**
   * The region where the client is registered.
   */
  region: RegionCode;
  /**
   * The accounts server of a region that the user added.
   */
  host: string | null;
  /**
   * The client type.
   */
  clientType: ClientType;
  /**
   * The client ID.
   */
  clientId: string;
  /**
   * The tasks it may do.
   */
  tasks: Array<TaskChoice>;
  /**
   * The exact scopes it requests.
   */
  scopes: Scopes;
  /**
   * Whether it requests lasting access.
   */
  keepAccess: boolean;
};
export type OfferView =
  | { "kind": "setup"; setup: SetupView }
  | { "kind": "sealed"; trying: boolean; problem: Problem | null }
  | {
      "kind": "handover";
      setup: SetupView;
      region: RegionCode;
      host: string;
      to: string;
      made: Moment;
      until: Moment;
      trying: boolean;
      problem: Problem | null;
    };
export type HandingOver = {
  /**
   * The connection's number.
   */
  id: ConnectionId;
  /**
   * Whether the handover is being sealed and saved.
   */
  sealing: boolean;
  /**
   * Why that failed.
   */
  problem: Problem | null;
};
export type NoticeKind =
  | { "kind": "trouble"; problem: Problem; about: ConnectionId | null }
  | { "kind": "revoked"; name: string }
  | { "kind": "wasGone"; name: string }
  | { "kind": "removedHere"; name: string }
  | { "kind": "notRevoked"; id: ConnectionId; name: string; problem: Problem; later: boolean }
  | { "kind": "willBeRevoked"; name: string }
  | { "kind": "fileSaved"; file: string }
  | { "kind": "handedOver"; name: string; file: string; to: string; until: Moment };
export type NoticeView = {
  /**
   * The number to dismiss it by.
   */
  id: number;
  /**
   * What it says.
   */
  what: NoticeKind;
  /**
   * What the button of its problem does; `None` when it has none or several.
   */
  action: Action | null;
};
export type CopiedWhat =
  | { "kind": "token"; id: ConnectionId; shape: Shape }
  | { "kind": "form"; field: FormField }
  | { "kind": "link" }
  | { "kind": "userCode" }
  | { "kind": "scopes" }
  | { "kind": "ownKey" }
  | { "kind": "command"; id: ConnectionId }
  | { "kind": "report"; about: ReportAbout };
export type Copied = {
  /**
   * What was copied.
   */
  what: CopiedWhat;
  /**
   * When it was copied.
   */
  at: Moment;
  /**
   * When it is cleared; `None` for what is not secret.
   */
  clearsAt: Moment | null;
};
export type PassphraseFor = "opening" | "keeping";
export type Screen =
  | { "kind": "starting" }
  | { "kind": "vault"; problem: Problem; trying: boolean; passphrase: PassphraseFor | null }
  | { "kind": "welcome" }
  | { "kind": "wizard"; step: Step }
  | { "kind": "home" }
  | { "kind": "connection"; id: ConnectionId };
export type OnClose = "stay" | "quit";
export type Settings = {
  /**
   * What closing the window does; `None` until the user was asked.
   */
  onClose: OnClose | null;
  /**
   * Whether automatic refreshing is paused.
   */
  paused: boolean;
};
export type Closing = {
  /**
   * Whether the desktop shows Keyfob's tray icon.
   */
  tray: boolean;
};
export type Snapshot = {
  /**
   * The screen that fills the window.
   */
  screen: Screen;
  /**
   * Every connection, by name.
   */
  connections: Array<Card>;
  /**
   * What only the open page of a connection shows.
   */
  page: Page | null;
  /**
   * Every pending revocation, oldest first.
   */
  revocations: Array<RevocationView>;
  /**
   * The wizard's draft, also while another screen is shown.
   */
  draft: DraftView | null;
  /**
   * Every region.
   */
  regions: Array<RegionShown>;
  /**
   * The notices, which are on every screen.
   */
  notices: Array<NoticeView>;
  /**
   * What was last copied to the clipboard, while it is there.
   */
  copied: Copied | null;
  /**
   * A file's offer, until the user accepts or declines it.
   */
  offer: OfferView | null;
  /**
   * The connection that is being handed over.
   */
  handingOver: HandingOver | null;
  /**
   * The public key that colleagues can seal a handover to; `None` when none is stored.
   */
  ownKey: string | null;
  /**
   * The user's settings for Keyfob as a whole.
   */
  settings: Settings;
  /**
   * Whether the system starts Keyfob at login.
   */
  atLogin: boolean;
  /**
   * Set while Keyfob asks what closing the window does.
   */
  closing: Closing | null;
  /**
   * Set while Keyfob asks whether to quit although this problem prevents saving. It quits automatically once saved.
   */
  quitting: Problem | null;
  /**
   * How secrets are stored in this run.
   */
  keeping: Keeping;
  /**
   * The number of ignored links: stray, forged or replayed.
   */
  strays: number;
};
