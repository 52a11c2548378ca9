//! The simulated user who answers the live check, and two data centres of Zoho.

use std::cell::RefCell;
use std::future;
use std::rc::Rc;

use keyfob::app::engine::wall_clock;
use keyfob::diagnostics::live_check::person::{Person, Prompt, Said};
use keyfob::diagnostics::live_check::report::Report;
use keyfob::diagnostics::live_check::{check, redirect_uri};
use keyfob_practice::{Answer, Application, ClientType as Kind, Dialect, Plan, Practice, Registered, Turned, Units};
use zoho_oauth::client::ClientType;
use zoho_oauth::region::{Origin, Region, RegionCode, Regions};

/// A value that must not be in a report, besides those that Zoho issued.
const ORGANISATION: &str = "60012345678";

/// Zoho in two data centres, with a client of each type in the first.
pub struct Zoho {
    here: Practice,
    there: Practice,
    clients: Vec<(ClientType, Registered)>,
}

impl Zoho {
    /// Creates a Zoho with these assumptions inverted.
    pub fn turned(turned: &[Turned], units: Units) -> Self {
        let start = |location: &str| {
            let dialect = Dialect::with(turned.iter().copied());
            Practice::start(Plan { location: location.to_owned(), units, dialect, ..Plan::default() }).unwrap()
        };
        let (here, there) = (start("here"), start("there"));
        Practice::acquaint(&[&here, &there]);
        let kinds = [
            (ClientType::Mobile, Kind::MobileBased),
            (ClientType::ServerBased, Kind::ServerBased),
            (ClientType::SelfClient, Kind::SelfClient),
            (ClientType::NonBrowser, Kind::NonBrowser),
        ];
        let clients = kinds.map(|(client, client_type)| {
            let (name, homepage) = ("Live check".to_owned(), "https://keyfob.example".to_owned());
            let redirects = redirect_uri(client).into_iter().collect();
            (client, here.register(Application { client_type, name, homepage, redirects }).unwrap())
        });
        Self { here, there, clients: clients.to_vec() }
    }

    /// Creates a Zoho as the code assumes it.
    pub fn usual() -> Self {
        Self::turned(&[], Units::Milliseconds)
    }

    /// Runs the check with this user; returns the report and what was shown.
    pub async fn checked_by(&self, answers: impl Fn(&Prompt<'_>) -> Answered) -> (Report, String) {
        let shown = Rc::new(RefCell::new(String::new()));
        let player = Player { zoho: self, answers, shown: Rc::clone(&shown) };
        let report = check(player, self.regions(), wall_clock(), future::pending()).await.unwrap();
        let shown = shown.borrow().clone();
        (report, shown)
    }

    fn regions(&self) -> Regions {
        let mut regions = Regions::built_in();
        for zoho in [&self.here, &self.there] {
            let origin = || Origin::new(zoho.origin()).unwrap();
            let (code, name) = (RegionCode::new(zoho.location()).unwrap(), zoho.location().to_owned());
            let (accounts, api, cliq, console) = (origin(), origin(), origin(), origin());
            regions.add(Region { code, name, accounts, api, cliq, console }).unwrap();
        }
        regions
    }

    /// Every value that must not be in a report: IDs, secrets, codes, tokens, states, verifiers, the user.
    pub fn values(&self) -> Vec<String> {
        let mut values = vec![ORGANISATION.to_owned(), "admin@practice.example".to_owned(), "700000001".to_owned()];
        for (_, Registered { client_id, client_secret, .. }) in &self.clients {
            values.extend([client_id.clone(), client_secret.clone()]);
        }
        for zoho in [&self.here, &self.there] {
            values.extend(zoho.issued_access_tokens());
            for asked in zoho.requests() {
                let told =
                    ["code", "refresh_token", "code_verifier", "client_secret", "token", "state", "enhance_token"];
                let sent = asked.form.iter().chain(&asked.query).filter(|(name, _)| told.contains(&name.as_str()));
                values.extend(sent.map(|(_, value)| value.clone()).filter(|value| value != "code" && value != "none"));
            }
        }
        values.retain(|value| !value.is_empty());
        values
    }

    /// Whether any issued token is still valid.
    pub fn leaves_something(&self) -> bool {
        let tokens = self.here.issued_access_tokens();
        !self.here.kept_refresh_tokens().is_empty() || tokens.iter().any(|token| self.here.is_alive(token))
    }

    /// The number of requests to both.
    pub fn requests(&self) -> usize {
        self.here.requests().len() + self.there.requests().len()
    }

    fn client(&self, client: ClientType) -> &Registered {
        &self.clients.iter().find(|(known, _)| *known == client).unwrap().1
    }

    fn does(&self, prompt: &Prompt<'_>) -> String {
        let goes = |address: &url::Url, answer| self.here.consent(address.as_str(), answer);
        match prompt {
            Prompt::Region => "here".to_owned(),
            Prompt::Begin(_) => "yes".to_owned(),
            Prompt::ClientId(client, _) => self.client(*client).client_id.clone(),
            Prompt::ClientSecret(client) => self.client(*client).client_secret.clone(),
            Prompt::Approve(address) | Prompt::ApproveMore(address) => goes(address, Answer::Accept).unwrap(),
            Prompt::Deny(address) => goes(address, Answer::Reject).unwrap(),
            Prompt::ShowsError(address, _) => {
                if goes(address, Answer::Reject).is_err() {
                    "yes".to_owned()
                } else {
                    "no".to_owned()
                }
            }
            Prompt::ConsoleCode(scopes) => {
                let scopes: Vec<&str> = scopes.split(',').collect();
                self.here.make_code(&self.client(ClientType::SelfClient).client_id, &scopes, 3).unwrap()
            }
            Prompt::OtherRegion(_) => "there".to_owned(),
            Prompt::Organisation => ORGANISATION.to_owned(),
            Prompt::TypeCode(_, code) => {
                self.here.answer_device(code, Answer::Accept).unwrap();
                "done".to_owned()
            }
        }
    }
}

/// The user's response to a question.
pub enum Answered {
    /// What the question requests.
    Done,
    /// This text.
    Typed(&'static str),
    /// Skip the question.
    Skipped,
    /// Stop the check.
    Stopped,
}

struct Player<'a, A> {
    zoho: &'a Zoho,
    answers: A,
    shown: Rc<RefCell<String>>,
}

impl<A: Fn(&Prompt<'_>) -> Answered> Person for Player<'_, A> {
    fn tell(&mut self, text: &str) {
        self.shown.borrow_mut().push_str(text);
        self.shown.borrow_mut().push('\n');
    }

    async fn ask(&mut self, prompt: &Prompt<'_>) -> Said {
        match (self.answers)(prompt) {
            Answered::Done => Said::Text(self.zoho.does(prompt).into()),
            Answered::Typed(text) => Said::Text(text.into()),
            Answered::Skipped => Said::Skip,
            Answered::Stopped => Said::Stop,
        }
    }
}
