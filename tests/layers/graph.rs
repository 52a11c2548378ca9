//! A graph of files and their dependencies.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::tarjan_scc;
use petgraph::graphmap::DiGraphMap;

/// The files that each file depends on.
pub type Arrows = BTreeMap<String, BTreeSet<String>>;

pub struct Graph<'a>(DiGraphMap<&'a str, ()>);

impl<'a> Graph<'a> {
    pub fn of(arrows: &'a Arrows) -> Self {
        let each =
            |(from, to): (&'a String, &'a BTreeSet<String>)| to.iter().map(move |to| (from.as_str(), to.as_str()));
        Self(DiGraphMap::from_edges(arrows.iter().flat_map(each)))
    }

    /// Returns each set of files that all reach each other, the largest first.
    pub fn circles(&self) -> Vec<Vec<&'a str>> {
        let mut circles: Vec<_> = tarjan_scc(&self.0).into_iter().filter(|files| files.len() > 1).collect();
        for files in &mut circles {
            files.sort_unstable();
        }
        circles.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        circles
    }
}

#[test]
fn files_that_reach_each_other_are_a_cycle() {
    let arrows = |pairs: &[(&str, &str)]| {
        let mut arrows = Arrows::new();
        for (from, to) in pairs {
            arrows.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        arrows
    };
    let two = arrows(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "d"), ("d", "e"), ("e", "f")]);
    assert_eq!(Graph::of(&two).circles(), [vec!["a", "b", "c"], vec!["d", "e"]]);
    assert!(Graph::of(&arrows(&[("a", "b"), ("a", "c"), ("b", "c")])).circles().is_empty());
}
