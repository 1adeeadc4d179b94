//! Reads `c<TAB>a<TAB>b` (order) and `s<TAB>version<TAB>range` lines; answers with the crate that Cargo uses.
use semver::{Version, VersionReq};
use std::io::{self, BufRead, Write};

fn answer(kind: &str, left: &str, right: &str) -> Option<i32> {
    let version = Version::parse(left).ok()?;
    if kind == "c" {
        return Some(version.cmp_precedence(&Version::parse(right).ok()?) as i32);
    }
    Some(VersionReq::parse(right).ok()?.matches(&version) as i32)
}

fn main() {
    let mut out = io::BufWriter::new(io::stdout());
    for line in io::stdin().lock().lines() {
        let line = line.unwrap();
        let parts: Vec<&str> = line.split('\t').collect();
        match answer(parts[0], parts[1], parts[2]) {
            Some(number) => writeln!(out, "{number}").unwrap(),
            None => writeln!(out, "!").unwrap(),
        }
    }
}
