//! Sends four requests that must fail.

use oauth2::ClientId;
use zoho_oauth::client::Client;
use zoho_oauth::request::Request;

use crate::diagnostics::live_check::grants::no_code;
use crate::diagnostics::live_check::person::Person;
use crate::diagnostics::live_check::question::TokenErrors;
use crate::diagnostics::live_check::session::{Interruption, Session};
use crate::diagnostics::live_check::shape::Shape;

/// A well-formed client ID that does not exist.
const NO_CLIENT: &str = "1000.KEYFOBLIVECHECKNOBODYSCLIENT00";

pub(super) async fn find<P: Person>(session: &mut Session<P>) -> Result<TokenErrors, Interruption> {
    let of = session.any_client().await?;
    let consent = session.begin_consent(&of);
    let code = Request::exchange(&session.region, &of, &no_code(), consent.as_ref());
    let refresh_token = Request::about_client(&session.region, &of);
    let nobodys = Client { client_id: ClientId::new(NO_CLIENT.to_owned()), ..of.clone() };
    let client = Request::about_client(&session.region, &nobodys);
    let wrong = wrong_secret(&of);
    let secret = Request::about_client(&session.region, &wrong);
    Ok(TokenErrors {
        code: Shape::of(&session.send(code).await),
        refresh_token: Shape::of(&session.send(refresh_token).await),
        client: Shape::of(&session.send(client).await),
        secret: Shape::of(&session.send(secret).await),
    })
}

/// The same client with a well-formed but wrong secret.
pub(super) fn wrong_secret(of: &Client) -> Client {
    Client { client_secret: Some("0".repeat(42).into()), ..of.clone() }
}
