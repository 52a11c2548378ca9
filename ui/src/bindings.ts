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
   * The accounts server of one that the user added, to be shown with its name; `None` for the others.
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
   * What people call it.
   */
  name: string;
  /**
   * Accounts origin.
   */
  accounts: string;
  /**
   * API origin.
   */
  api: string;
  /**
   * Cliq origin.
   */
  cliq: string;
  /**
   * Console origin.
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
   * As it was typed.
   */
  typed: string;
  /**
   * Why not.
   */
  why: WhyNot;
  /**
   * What was probably meant.
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
       * Which.
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
   * In which form.
   */
  format: FileFormat;
  /**
   * The refresh token too.
   */
  refreshToken: boolean;
  /**
   * The client secret too.
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
   * When.
   */
  at: Moment;
  /**
   * What it proved, or nothing.
   */
  proof: Proof | null;
  /**
   * What went wrong, or nothing.
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
   * How far it was tried.
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
   * When it happened; the first time, where there were several.
   */
  at: Moment;
  /**
   * The last time.
   */
  last: Moment;
  /**
   * How often.
   */
  times: number;
  /**
   * What it was.
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
   * Of which.
   */
  what: Metered;
  /**
   * How much is spent.
   */
  used: number;
  /**
   * How much there is.
   */
  most: number;
  /**
   * What that means.
   */
  level: Level;
  /**
   * When the next is free, where none is now and time is all it takes.
   */
  freeAt: Moment | null;
};
export type Page = {
  /**
   * The connection's number.
   */
  id: ConnectionId;
  /**
   * What a script runs to be given the access token.
   */
  command: string;
  /**
   * How much of Zoho's limits is spent, as far as Keyfob knows.
   */
  meters: Array<Meter>;
  /**
   * All that Keyfob ever spent with this client.
   */
  totals: Totals;
  /**
   * What happened last, the newest first.
   */
  activity: Array<Entry>;
  /**
   * How many older entries there are.
   */
  older: number;
};
export type LiveFile = {
  /**
   * Where it is.
   */
  path: string;
  /**
   * In which form.
   */
  format: FileFormat;
  /**
   * When it was last written; nothing before the first time.
   */
  writtenAt: Moment | null;
  /**
   * Why the last writing failed.
   */
  problem: Problem | null;
  /**
   * What the user can do about that.
   */
  action: Action | null;
  /**
   * It is being written.
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
   * Where it was approved.
   */
  region: RegionCode;
  /**
   * The accounts server its tokens are sent to, where the region is one the user added.
   */
  host: string | null;
  /**
   * Whose it is.
   */
  identity: Identity | null;
  /**
   * The client id; not a secret.
   */
  clientId: string;
  /**
   * The access token's last four characters.
   */
  access: Masked;
  /**
   * The refresh token's; `None` when there is none.
   */
  refresh: Masked | null;
  /**
   * The organisation that it stands for; `None` when it stands for an account.
   */
  organisation: OrganisationId | null;
  /**
   * Whether another access token can be had without a user.
   */
  renews: boolean;
  /**
   * Whether the registration has a client secret.
   */
  hasSecret: boolean;
  /**
   * What Zoho granted.
   */
  granted: Scopes;
  /**
   * What was asked for and not granted.
   */
  missing: Scopes;
  /**
   * It is refreshed by itself, unless that is paused for all.
   */
  keepFresh: boolean;
  /**
   * Whether programs may have its token.
   */
  scripts: ScriptAccess;
  /**
   * The file that is kept up to date with its token.
   */
  liveFile: LiveFile | null;
  /**
   * How it stands.
   */
  standing: Standing;
  /**
   * What the user can do about that; `None` when nothing is in the way.
   */
  action: Action | null;
  /**
   * The access token's end.
   */
  expiresAt: Moment;
  /**
   * When Keyfob refreshes it; `None` when it never does.
   */
  refreshesAt: Moment | null;
  /**
   * What is being done with it.
   */
  doing: Doing | null;
  /**
   * The last test.
   */
  tested: TestResult | null;
  /**
   * What the user can do about that test's problem.
   */
  testAction: Action | null;
  /**
   * What each granted permission showed when it was tried; only while the connection's own page is shown.
   */
  probes: Array<ScopeProbe>;
  /**
   * The Zoho inside the app issued it: it ends when Keyfob quits.
   */
  practice: boolean;
};
export type Revocation = {
  /**
   * Its number.
   */
  id: RevocationId;
  /**
   * What the connection was called, or whose tokens they would have been.
   */
  name: string;
  /**
   * Since when it waits.
   */
  since: Moment;
  /**
   * When it is tried by itself; `None` when it will not be.
   */
  againAt: Moment | null;
  /**
   * Why the last try failed.
   */
  problem: Problem | null;
  /**
   * Zoho is being asked.
   */
  asking: boolean;
  /**
   * Whether the user may have it tried now.
   */
  mayAsk: boolean;
  /**
   * The Zoho inside the app issued it: the wait ends when Keyfob quits.
   */
  practice: boolean;
};
export type Guess = {
  /**
   * The region; `None` when the address is no Zoho's.
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
   * "Authorized Redirect URIs"; none where Zoho asks for none.
   */
  redirectUris: Array<string>;
};
export type TaskChoice = {
  /**
   * Its words are found by this.
   */
  id: string;
  /**
   * What it needs.
   */
  scopes: Array<string>;
  /**
   * How far it reaches.
   */
  risk: Risk;
  /**
   * Chosen: each of its scopes is.
   */
  on: boolean;
};
export type ScopeChoice = {
  /**
   * As Zoho spells it.
   */
  scope: Scope;
  /**
   * Chosen.
   */
  on: boolean;
  /**
   * Always asked for.
   */
  fixed: boolean;
  /**
   * Whether Keyfob knows it; one it does not know may be real all the same.
   */
  known: boolean;
};
export type Qr = {
  /**
   * Modules on a side, the quiet ones included.
   */
  size: number;
  /**
   * The dark modules: one subpath for each run in a row.
   */
  path: string;
};
export type Device = {
  /**
   * What to type.
   */
  userCode: string;
  /**
   * Where to.
   */
  page: string;
  /**
   * The way there for a telephone.
   */
  qr: Qr | null;
  /**
   * When the code was given.
   */
  began: Moment;
  /**
   * When it ends.
   */
  ends: Moment;
  /**
   * When Zoho was last asked whether it was typed; nothing before the first time.
   */
  askedAt: Moment | null;
  /**
   * When it is asked again; nothing while an answer is awaited.
   */
  asksAt: Moment | null;
  /**
   * Where it is asked.
   */
  region: RegionCode;
  /**
   * Why the last question was not answered.
   */
  problem: Problem | null;
  /**
   * What the user can do about that; `None` where Keyfob asks again and that is enough.
   */
  action: Action | null;
};
export type Approval =
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
  | ({ "kind": "device" } & Device)
  | { "kind": "askingForToken" };
export type CodeShown = {
  /**
   * Its last four characters.
   */
  code: Masked;
  /**
   * When it came.
   */
  began: Moment;
  /**
   * When it is over.
   */
  ends: Moment;
};
export type GrantedBy = "zoho" | "choice";
export type Note = {
  /**
   * What.
   */
  problem: Problem;
  /**
   * What its button does; `None` where it is enough to know.
   */
  action: Action | null;
};
export type Candidate = {
  /**
   * The name it would have.
   */
  name: string;
  /**
   * Where it was approved.
   */
  region: RegionCode;
  /**
   * Its accounts server, where it is one the user added.
   */
  host: string | null;
  /**
   * Whether that is another region than the registration's.
   */
  elsewhere: boolean;
  /**
   * Whose it is; nothing while that is asked.
   */
  identity: Identity | null;
  /**
   * Why that could not be told.
   */
  identityProblem: Problem | null;
  /**
   * Another account than the connection it replaces had.
   */
  was: Identity | null;
  /**
   * What Zoho granted.
   */
  granted: Scopes;
  /**
   * Who named them.
   */
  grantedBy: GrantedBy;
  /**
   * What was asked for and not granted.
   */
  missing: Scopes;
  /**
   * The test call; nothing while it runs.
   */
  tested: TestResult | null;
  /**
   * Things to know before keeping it: an hour only, an odd lifetime.
   */
  notes: Array<Note>;
  /**
   * Whether it has a refresh token.
   */
  lasts: boolean;
  /**
   * Where its tokens are from.
   */
  source: CandidateSource;
  /**
   * The organisation that it stands for; `None` when it stands for an account.
   */
  organisation: OrganisationId | null;
  /**
   * The test call is under way.
   */
  testing: boolean;
  /**
   * Not on disk: it holds for this run.
   */
  unsaved: Problem | null;
};
export type SecretElsewhere = {
  /**
   * Whose.
   */
  region: RegionCode;
  /**
   * Its last four characters.
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
   * Its accounts server, where it is one the user added: it is asked by a press of its own. `None` for Zoho's own.
   */
  host: string | null;
  /**
   * What it said.
   */
  said: RegionSaid;
};
export type RegionSaid = "notAsked" | "waiting" | "asking" | "knows" | "doesNotKnow" | "notTold";
export type Draft = {
  /**
   * How far the user may go.
   */
  furthest: Step;
  /**
   * The connection this signs in again, if it does.
   */
  replaces: ConnectionId | null;
  /**
   * What that connection may do now and would lose by what is chosen here.
   */
  givesUp: Scopes;
  /**
   * The region chosen.
   */
  region: RegionCode | null;
  /**
   * Its accounts server, where it is one the user added.
   */
  host: string | null;
  /**
   * What the address bar told, when asked.
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
   * How the answer of such a client returns.
   */
  redirectMethod: RedirectMethod;
  /**
   * The redirect URI that the client has; `None` when that is Keyfob's.
   */
  ownRedirect: string | null;
  /**
   * What was typed as one and is none.
   */
  redirectRefused: RedirectRefused | null;
  /**
   * What to type into Zoho's form.
   */
  form: ZohoForm;
  /**
   * Where the answer of the pending consent goes, or of one that would begin now; none where nothing is sent back.
   */
  redirectUri: string | null;
  /**
   * The client id as it stands.
   */
  clientId: string;
  /**
   * The secret's last four characters, once it is there.
   */
  clientSecret: Masked | null;
  /**
   * The secrets of other data centres, masked.
   */
  secretsElsewhere: Array<SecretElsewhere>;
  /**
   * What the two look like.
   */
  hints: Hints;
  /**
   * Why the clipboard's text was not taken into a field.
   */
  pasteRefused: PasteRefused | null;
  /**
   * The jobs, with those chosen.
   */
  tasks: Array<TaskChoice>;
  /**
   * The listed scopes, with those chosen; then those the user added.
   */
  scopes: Array<ScopeChoice>;
  /**
   * Why a typed scope was not taken.
   */
  scopeRefused: ScopeRefused | null;
  /**
   * Zoho is asked for what is new only, and the tokens that are there stay.
   */
  adds: boolean;
  /**
   * A refresh token too.
   */
  keepAccess: boolean;
  /**
   * What is left of the client's limits; `None` when nothing is spent yet.
   */
  meters: Array<Meter>;
  /**
   * The permissions the way Zoho's console takes them.
   */
  asked: string;
  /**
   * How many minutes a code made in the console lives, of the choices there are.
   */
  lifetime: number;
  /**
   * The organisation that a token was last asked for without a user.
   */
  organisation: OrganisationId | null;
  /**
   * What was typed as its number and is none.
   */
  organisationRefused: Hint | null;
  /**
   * Chosen permissions that Cliq is not known to honour without a user.
   */
  unprovenWithoutUser: Scopes;
  /**
   * A code made in the console that waits to be used.
   */
  consoleCode: CodeShown | null;
  /**
   * The approval.
   */
  approval: Approval;
  /**
   * The last attempt showed that no answer can come back this way; one to a client of another type may.
   */
  redirectClosed: boolean;
  /**
   * Where the region does not know the client, what the others say; none where they are not to be asked.
   */
  otherRegions: Array<OtherRegion>;
  /**
   * What came of it, to be confirmed.
   */
  candidate: Candidate | null;
  /**
   * The connection just kept, at the last step.
   */
  kept: ConnectionId | null;
};
export type Setup = {
  /**
   * What the colleague calls it.
   */
  name: string;
  /**
   * Where the client is registered.
   */
  region: RegionCode;
  /**
   * Its accounts server, where it is one the user added.
   */
  host: string | null;
  /**
   * Of what type it is.
   */
  clientType: ClientType;
  /**
   * Its public half.
   */
  clientId: string;
  /**
   * The jobs it may do.
   */
  tasks: Array<TaskChoice>;
  /**
   * What it asks for, exactly.
   */
  scopes: Scopes;
  /**
   * Whether access is to last.
   */
  keepAccess: boolean;
};
export type Offer =
  | { "kind": "setup"; setup: Setup }
  | { "kind": "sealed"; trying: boolean; problem: Problem | null }
  | {
      "kind": "handover";
      setup: Setup;
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
   * Which.
   */
  id: ConnectionId;
  /**
   * It is being sealed and saved.
   */
  sealing: boolean;
  /**
   * Why it was not.
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
export type Notice = {
  /**
   * To dismiss it by.
   */
  id: number;
  /**
   * What it says.
   */
  what: NoticeKind;
  /**
   * What the button of its problem does; `None` where it has none, or more than one.
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
   * What.
   */
  what: CopiedWhat;
  /**
   * When.
   */
  at: Moment;
  /**
   * When it is cleared; nothing for what is no secret.
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
   * What closing the window does; nothing until it was asked once.
   */
  onClose: OnClose | null;
  /**
   * No token is refreshed by itself.
   */
  paused: boolean;
};
export type Closing = {
  /**
   * The desktop shows Keyfob's icon.
   */
  tray: boolean;
};
export type Snapshot = {
  /**
   * What fills the window.
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
   * Every revocation that waits, the oldest first.
   */
  revocations: Array<Revocation>;
  /**
   * The wizard's draft, also while another screen is shown.
   */
  draft: Draft | null;
  /**
   * Every region.
   */
  regions: Array<RegionShown>;
  /**
   * What the user should know, whatever the screen.
   */
  notices: Array<Notice>;
  /**
   * What went to the clipboard last, while it is there.
   */
  copied: Copied | null;
  /**
   * What a file offers, until the user takes or leaves it.
   */
  offer: Offer | null;
  /**
   * What is being handed over.
   */
  handingOver: HandingOver | null;
  /**
   * The key that colleagues may seal to; `None` when none is kept.
   */
  ownKey: string | null;
  /**
   * What was chosen for Keyfob as a whole.
   */
  settings: Settings;
  /**
   * The system starts Keyfob at login.
   */
  atLogin: boolean;
  /**
   * The window was closed, and it is asked what that is to do.
   */
  closing: Closing | null;
  /**
   * It is asked whether to quit although this keeps Keyfob from saving. It quits by itself once it can.
   */
  quitting: Problem | null;
  /**
   * How secrets are kept in this run.
   */
  keeping: Keeping;
  /**
   * Links that were ignored: stray, forged or replayed.
   */
  strays: number;
};
