//! Practice, the Zoho inside the app, as a region.
//!
//! **Invariant:** it is started at most once, on request, and runs as long as Keyfob.

use keyfob_core::Problem;
use keyfob_core::custom_regions::PRACTICE;
use keyfob_practice::{Plan, Practice};
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;
use zoho_oauth::region::{Origin, Region};

/// Below the ephemeral port range, so that it is most likely free at every start.
const PORT: u16 = 28_471;

/// The running Practice, once it was requested.
#[derive(Debug, Default)]
pub(super) struct PracticeRegion(OnceCell<Practice>);

impl PracticeRegion {
    /// Starts Practice unless it is running, and returns its region.
    pub(super) async fn start(&self) -> Result<Region, Problem> {
        let practice = self.0.get_or_try_init(listen).await?;
        let origin = Origin::new(practice.origin()).map_err(|refused| not_started(&refused))?;
        Ok(Region {
            code: PRACTICE,
            name: "Practice".to_owned(),
            accounts: origin.clone(),
            api: origin.clone(),
            cliq: origin.clone(),
            console: origin,
        })
    }
}

async fn listen() -> Result<Practice, Problem> {
    let started = spawn_blocking(|| {
        let plan = Plan { port: PORT, ..Plan::default() };
        Practice::start(plan).or_else(|_| Practice::start(Plan::default()))
    });
    match started.await {
        Ok(practice) => practice.map_err(|failed| not_started(&failed.kind())),
        Err(_) => Err(not_started(&"it broke off")),
    }
}

fn not_started(reason: &dyn ToString) -> Problem {
    Problem::PracticeNotStarted { reason: reason.to_string() }
}
