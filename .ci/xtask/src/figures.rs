//! The figures of `make prove`: a line each for what was measured, what was found and what was required, separated by tabs.

use std::env;
use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::run::Failure;

/// The variable that names the file of figures. Tests of the product write there too.
pub(crate) const FILE: &str = "KEYFOB_FIGURES";

/// Adds a figure to the file, if there is one.
pub(crate) fn add(measure: &str, found: &str, required: &str) -> Result<(), Failure> {
    match env::var_os(FILE) {
        Some(file) => add_to(Path::new(&file), measure, found, required),
        None => Ok(()),
    }
}

/// Adds a figure to this file.
pub(crate) fn add_to(file: &Path, measure: &str, found: &str, required: &str) -> Result<(), Failure> {
    let mut file = File::options().create(true).append(true).open(file)?;
    Ok(writeln!(file, "{measure}\t{found}\t{required}")?)
}

/// The figures as a table in Markdown.
pub(crate) fn table(figures: &str) -> String {
    let row = |cells: &str| format!("| {} |\n", cells.split('\t').collect::<Vec<_>>().join(" | "));
    let heading = "| measure | found | wanted |\n|---|---|---|\n".to_owned();
    heading + &figures.lines().map(row).collect::<String>()
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_figure_is_a_row_of_the_table() {
        let table = super::table("runs\t12\t10\npart: memory\theld in 3 s\tall of its tests pass\n");
        let rows: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(rows, ["| runs | 12 | 10 |", "| part: memory | held in 3 s | all of its tests pass |"]);
    }
}
