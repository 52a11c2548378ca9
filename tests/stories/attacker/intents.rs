//! What a page can ask: every intent, with values that an attacker would try.

use keyfob_core::Intent;
use serde_json::{Value, json};

use super::chance::Chance;
use crate::scene::{CLIENT_ID, OWN_KEY};

/// As the page spells them.
#[rustfmt::skip]
pub const TAGS: [&str; 88] = [
    "tryVaultAgain", "usePassphrase", "useThisRunOnly", "retrySave", "start", "practise", "openPractice", "goHome", "open",
    "goTo", "next", "back", "forgetDraft", "dismiss", "chooseOnClose", "stayOpen", "pauseRefreshing", "startAtLogin",
    "quit", "quitUnsaved", "chooseRegion", "chooseClientType", "openFile", "guessRegion", "addRegion", "copyForForm",
    "openConsole", "openConnectedApps", "typeClientId", "typeClientSecret", "typeSecretFor", "pasteSecretFor", "paste",
    "chooseTask", "chooseScope", "keepAccess", "signIn", "retireOldest", "openAgain", "copyLink", "copyUserCode",
    "pasteAddress", "saw", "askOtherRegions", "askRegion", "haveAdded", "stopAsking", "switchRegion", "pasteCode", "chooseLifetime", "copyScopes",
    "cancelConsent", "checkAgain", "keep", "notMe", "copy", "export", "exportActivity", "chooseLiveFile", "writeLiveFile",
    "stopLiveFile", "keepFresh", "allowScripts", "copyCommand", "refresh", "test", "probeScopes", "stopProbing", "rename",
    "signInAgain", "addPermissions", "saveSetUp", "beginHandOver", "stopHandOver", "handOver", "revokeAndDelete",
    "deleteHere", "revokeLater", "revokeNow", "forgetRevocation", "openSealed", "takeOffer", "leaveOffer", "copyOwnKey",
    "copyReport", "useRefreshToken", "useRedirectUri", "useClientCredentials",
];

/// What a page that is after secrets asks more often than by pure chance.
#[rustfmt::skip]
const TELLING: [&str; 21] = [
    "start", "signInAgain", "addPermissions", "chooseRegion", "chooseClientType", "paste", "copy", "pasteCode", "signIn",
    "addRegion", "deleteHere", "switchRegion", "refresh", "export", "revokeAndDelete", "askOtherRegions", "askRegion", "saw", "allowScripts", "useRefreshToken", "useClientCredentials",
];

const REGIONS: [&str; 5] = ["eu", "in", "own", "evil", "nowhere"];

pub fn any(chance: &mut Chance) -> Intent {
    let tag = if chance.one_in(2) { chance.of_these(&TELLING) } else { chance.of_these(&TAGS) };
    let mut asked = values(tag, chance);
    asked["intent"] = json!(tag);
    serde_json::from_value(asked).unwrap_or_else(|why| panic!("{tag}: {why}"))
}

fn values(tag: &str, chance: &mut Chance) -> Value {
    let on = chance.one_in(2);
    let id = 1 + chance.below(3);
    match tag {
        "usePassphrase" | "openSealed" => json!({ "passphrase": "a passphrase of the attacker" }),
        "goTo" => {
            let steps = ["region", "register", "credentials", "scopes", "approve", "confirm", "use"];
            json!({ "step": chance.of_these(&steps) })
        }
        "dismiss" => json!({ "notice": chance.below(6) }),
        "chooseOnClose" => json!({ "onClose": "stay" }),
        "pauseRefreshing" | "startAtLogin" | "keepAccess" => json!({ "on": on }),
        "keepFresh" | "allowScripts" => json!({ "id": id, "on": on }),
        "chooseRegion" | "pasteSecretFor" | "switchRegion" | "askRegion" => {
            json!({ "region": chance.of_these(&REGIONS) })
        }
        "typeSecretFor" => json!({ "region": chance.of_these(&REGIONS), "text": "f".repeat(42) }),
        "chooseClientType" => {
            json!({ "clientType": chance.of_these(&["mobile", "serverBased", "selfClient", "nonBrowser"]) })
        }
        "guessRegion" => json!({ "address": chance.of_these(&["https://cliq.evil.example/x", "cliq.zoho.in", "x"]) }),
        "addRegion" => json!({ "form": region(chance) }),
        "copyForForm" => json!({ "field": chance.of_these(&["name", "homepage", "redirectUri", "secondRedirectUri"]) }),
        "typeClientId" => json!({ "text": chance.of_these(&[CLIENT_ID, "x", ""]) }),
        "typeClientSecret" => json!({ "text": chance.of_these(&["e".repeat(42), String::new()]) }),
        "paste" => {
            json!({ "field": chance.of_these(&["clientId", "clientSecret", "address", "code", "refreshToken"]) })
        }
        "chooseTask" => json!({ "task": "read-channels", "on": on }),
        "chooseScope" => json!({ "scope": chance.of_these(&["ZohoCliq.Channels.ALL", "x y"]), "on": on }),
        "signIn" => json!({ "anyway": on }),
        "pasteAddress" => {
            json!({ "text": chance.of_these(&["cliqkeyfob://callback?error=access_denied", "1000.ab.cd"]) })
        }
        "saw" => json!({ "page": chance.of_these(&["client", "redirect", "scope", "responseType"]) }),
        "pasteCode" => json!({ "text": "1000.0123456789abcdef.0123456789abcdef" }),
        "useClientCredentials" => json!({ "organisation": chance.of_these(&["60012345678", "x"]) }),
        "useRedirectUri" => json!({ "address": chance.of_these(&["https://www.evil.example/", "", "x"]) }),
        "useRefreshToken" => json!({ "text": "1000.0123456789abcdef.fedcba9876543210" }),
        "chooseLifetime" => json!({ "minutes": 10 }),
        "keep" => json!({ "name": chance.of_these(&["Bot", "", "First"]) }),
        "rename" => json!({ "id": id, "name": chance.of_these(&["Bot", "\u{202e}toB"]) }),
        "copy" => {
            let shapes = ["token", "zohoHeader", "curl", "dotEnv", "json", "postman", "deluge", "refreshToken"];
            json!({ "id": id, "shape": chance.of_these(&shapes) })
        }
        "export" => {
            let (format, refresh) = (chance.of_these(&["dotEnv", "json", "postman"]), chance.one_in(2));
            json!({ "id": id, "export": { "format": format, "refreshToken": refresh, "clientSecret": on } })
        }
        "chooseLiveFile" => json!({ "id": id, "format": "dotEnv" }),
        "handOver" => {
            let lock = if on { json!({ "kind": "key", "key": OWN_KEY }) } else { passphrase() };
            json!({ "to": "the attacker", "lasts": "month", "lock": lock })
        }
        "revokeNow" | "forgetRevocation" => json!({ "revocation": 1 + chance.below(8) }),
        "copyReport" => json!({ "about": report(chance, id) }),
        _ => json!({ "id": id }),
    }
}

fn region(chance: &mut Chance) -> Value {
    let code = chance.of_these(&["own", "evil", "eu", "evil2", "practice"]);
    let at = |host: &str| format!("https://{host}.evil.example");
    json!({
        "code": code, "name": "Helpful", "accounts": at("signin"), "api": at("api"), "cliq": at("chat"), "console": at("www"),
    })
}

fn passphrase() -> Value {
    json!({ "kind": "passphrase", "passphrase": "quiet rivers carry boats" })
}

fn report(chance: &mut Chance, id: usize) -> Value {
    let places = ["vault", "regionForm", "approval", "identity", "proof", "saving", "handOver", "offer"];
    match chance.below(6) {
        0 => json!({ "place": "notice", "notice": chance.below(6) }),
        1 => json!({ "place": "note", "nth": 0 }),
        2 => json!({ "place": "connection", "id": id }),
        3 => json!({ "place": "test", "id": id }),
        4 => json!({ "place": "revocation", "revocation": 1 + chance.below(8) }),
        _ => json!({ "place": chance.of_these(&places) }),
    }
}
