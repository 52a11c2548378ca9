//! The network to Practice: real HTTP, and three faults that a Zoho on loopback cannot produce immediately.

use std::sync::Arc;

use keyfob::app::host::{Answers, Host};
use keyfob::net::https::{self, Patience};
use keyfob_core::{Answer, Effect};
use zoho_oauth::request::{Outcome, TransportError};

use super::table::{LATE, NO_ROUTE, UNTRUSTED};

/// The test world, in which responses with three statuses stand for those faults.
pub struct Network(pub Arc<dyn Host>);

impl Host for Network {
    fn perform(&self, effect: Effect, answers: Answers) {
        match effect {
            Effect::Send(ticket, call) if call.host() == "127.0.0.1" => {
                tokio::spawn(async move {
                    let outcome = met(https::send(call, Patience::default()).await);
                    answers.give(ticket, Answer::Replied(outcome));
                });
            }
            other => self.0.perform(other, answers),
        }
    }
}

fn met(outcome: Outcome) -> Outcome {
    match outcome {
        Ok(reply) if reply.status == LATE => Err(TransportError::TimedOut),
        Ok(reply) if reply.status == UNTRUSTED => Err(TransportError::Untrusted),
        Ok(reply) if reply.status == NO_ROUTE => Err(TransportError::Unreachable),
        other => other,
    }
}
