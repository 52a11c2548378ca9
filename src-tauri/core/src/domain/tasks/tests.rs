use std::collections::BTreeSet;

use zoho_oauth::scope::{Scope, is_known};

use super::*;

fn scope(text: &str) -> Scope {
    Scope::new(text).unwrap()
}

#[test]
fn every_task_has_a_unique_id_and_known_scopes() {
    let ids: BTreeSet<&str> = TASKS.iter().map(|t| t.id).collect();
    assert_eq!(ids.len(), TASKS.len());
    for task in TASKS {
        assert!(!task.scopes.is_empty(), "{}", task.id);
        for needed in task.scopes {
            assert!(is_known(&scope(needed)), "{} needs {needed}", task.id);
        }
    }
}

#[test]
fn a_task_that_writes_or_deletes_is_never_low_risk() {
    for task in TASKS.iter().filter(|t| t.risk == Risk::Low) {
        let writes = |s: &&&str| s.strip_suffix(".READ").is_none() && !s.starts_with("ZohoCliq.messageactions.");
        assert_eq!(task.scopes.iter().find(writes), None, "{}", task.id);
    }
    let deletes = |t: &&Task| t.scopes.iter().any(|s| s.ends_with(".DELETE") || s.contains(".Organi"));
    assert!(TASKS.iter().filter(deletes).all(|t| t.risk == Risk::High));
}
