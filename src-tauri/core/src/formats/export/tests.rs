//! Exports: each shape as the user pastes it, with nothing that was not requested, and read back unchanged.

mod files;
mod read_back;
mod shapes;

use zoho_oauth::region::{RegionCode, Regions};

use super::*;

/// A connection's secrets and names, to export from.
#[derive(Clone, Debug)]
struct Kept {
    name: String,
    access: SecretString,
    refresh: Option<SecretString>,
    client_id: ClientId,
    client_secret: Option<SecretString>,
    region: Region,
    zohos_own: bool,
    scopes: Scopes,
    expires_at: Moment,
}

impl Kept {
    fn new(name: &str, access: &str) -> Self {
        Self {
            name: name.to_owned(),
            access: access.into(),
            refresh: Some("1000.refresh.canary".into()),
            client_id: ClientId::new("1000.CLIENT".to_owned()),
            client_secret: Some("secret-canary".into()),
            region: Regions::built_in().find(&RegionCode::new("ca").unwrap()).unwrap().clone(),
            zohos_own: true,
            scopes: Scopes::granted("ZohoCliq.Channels.READ ZohoCliq.Profile.READ"),
            expires_at: Moment::from_millis(1_767_225_600_999),
        }
    }

    fn holding(&self) -> Holding<'_> {
        Holding {
            name: &self.name,
            access: &self.access,
            refresh: self.refresh.as_ref(),
            client_id: &self.client_id,
            client_secret: self.client_secret.as_ref(),
            region: &self.region,
            zohos_own: self.zohos_own,
            scopes: &self.scopes,
            expires_at: self.expires_at,
        }
    }

    fn shaped(&self, shape: Shape) -> String {
        shaped(shape, &self.holding()).unwrap().expose_secret().to_owned()
    }

    fn file(&self, format: FileFormat, refresh_token: bool, client_secret: bool) -> String {
        let file = file(Export { format, refresh_token, client_secret }, &self.holding());
        file.content.expose_secret().to_owned()
    }
}

fn finance() -> Kept {
    Kept::new("Finance bot", "1000.aaaa.bbbb")
}

const FORMATS: [FileFormat; 3] = [FileFormat::DotEnv, FileFormat::Json, FileFormat::Postman];

#[test]
fn debug_output_holds_no_secret() {
    let kept = Kept::new("Finance bot", "access-canary");
    let file = file(Export { format: FileFormat::Json, refresh_token: true, client_secret: true }, &kept.holding());
    assert!(!format!("{:?} {file:?}", kept.holding()).contains("canary"));
}
