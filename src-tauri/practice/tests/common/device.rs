//! A device without a browser.

use keyfob_practice::{Application, ClientType, Registered};
use serde_json::Value;

use super::{SCOPES, Scene, mobile_app};

pub fn device_app(scene: &Scene) -> Registered {
    let app = Application { client_type: ClientType::NonBrowser, redirects: Vec::new(), ..mobile_app() };
    scene.practice.register(app).unwrap()
}

pub async fn begin(scene: &Scene, keys: &Registered, changes: &[(&str, &str)]) -> Value {
    let mut form = vec![
        ("client_id", keys.client_id.as_str()),
        ("grant_type", "device_request"),
        ("scope", SCOPES),
        ("access_type", "offline"),
    ];
    form.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    form.extend(changes);
    scene.post("/oauth/v3/device/code", &form).await
}

pub async fn poll(scene: &Scene, keys: &Registered, code: &str) -> Value {
    let form = [
        ("client_id", keys.client_id.as_str()),
        ("client_secret", &keys.client_secret),
        ("grant_type", "device_token"),
        ("code", code),
    ];
    scene.post("/oauth/v3/device/token", &form).await
}
