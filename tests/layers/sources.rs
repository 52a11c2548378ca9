//! The sources of a crate as a graph: which module names which, and which calls the methods of which.
//!
//! Tests are left out. The tokens inside macros are read too.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test looks at secrets and the world")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, ImplItem, Item, UseTree};

use crate::graph::Arrows;

/// Folders that only group modules; each module in them counts separately.
const GROUPS: [&str; 5] = ["domain", "formats", "messages", "machine", "view"];

/// Modules that are only built for tests.
const OF_TESTS: [&str; 2] = ["bindings", "tests"];

/// A module's path from the crate's root.
type Module = Vec<String>;

pub struct Crate {
    files: BTreeMap<Module, Vec<Item>>,
    /// Re-exports under another path: `crate::Moment` is `crate::moment::Moment`.
    reexports: BTreeMap<(Module, String), Module>,
}

impl Crate {
    /// Reads every source file under a folder of the project.
    pub fn read(folder: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut files = BTreeMap::new();
        read_into(&mut files, &root, &[]);
        let mut all = Self { files, reexports: BTreeMap::new() };
        let exported = |item: &Item| matches!(item, Item::Use(used) if !matches!(used.vis, syn::Visibility::Inherited));
        for (module, items) in &all.files {
            for path in items.iter().filter(|item| exported(item)).flat_map(used_by) {
                let known_as = path.known_as.clone();
                if let Some(target) = all.absolute(module, &path.segments) {
                    all.reexports.insert((module.clone(), known_as), target);
                }
            }
        }
        all
    }

    /// Returns the modules whose definitions each module names. A module and its submodules count as one.
    pub fn imports(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (module, items) in self.files.iter().filter(|(module, _)| !module.is_empty()) {
            let from = top_module(module);
            let used = items.iter().flat_map(used_by).map(|used| used.segments);
            let named = items.iter().flat_map(|item| paths_in(item.to_token_stream()));
            for path in used.chain(named) {
                let to = self.absolute(module, &path).map(|path| top_module(&self.module_of(&path)));
                if let Some(to) = to.filter(|to| !to.is_empty() && *to != from) {
                    arrows.entry(from.clone()).or_default().insert(to);
                }
            }
        }
        arrows
    }

    /// Returns, for each file under this module, the files whose methods it calls. A method name that several files
    /// define is ambiguous and left out.
    pub fn method_calls(&self, below: &str) -> Arrows {
        let files = || self.files.iter().filter(|(module, _)| module.first().is_some_and(|first| first == below));
        let mut owners: BTreeMap<String, BTreeSet<&Module>> = BTreeMap::new();
        for (module, items) in files() {
            for name in items.iter().flat_map(methods_of) {
                owners.entry(name).or_default().insert(module);
            }
        }
        let owner = |name: &String| owners.get(name).filter(|files| files.len() == 1)?.first().copied();
        let mut arrows = Arrows::new();
        for (module, items) in files() {
            let called = items.iter().flat_map(|item| calls_in(item.to_token_stream()));
            for to in called.filter_map(|name| owner(&name)).filter(|to| *to != module) {
                arrows.entry(module.join("::")).or_default().insert(to.join("::"));
            }
        }
        arrows
    }

    /// Resolves a path written in a module from the crate's root; `None` when it leads out of the crate.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([module, rest].concat()),
            "super" => {
                let parent = module[..module.len().checked_sub(1)?].to_vec();
                let goes_on = rest.first().is_some_and(|next| next == "super");
                if goes_on { self.absolute(&parent, rest) } else { Some([&parent[..], rest].concat()) }
            }
            child => {
                let below = [&module[..], &[child.to_owned()]].concat();
                self.files.contains_key(&below).then(|| [&module[..], path].concat())
            }
        }
    }

    /// Returns the module with the definition that a path from the root leads to.
    fn module_of(&self, path: &[String]) -> Module {
        let mut module = Module::new();
        for (at, segment) in path.iter().enumerate() {
            let below = [&module[..], std::slice::from_ref(segment)].concat();
            if self.files.contains_key(&below) {
                module = below;
            } else if let Some(real) = self.reexports.get(&(module.clone(), segment.clone())) {
                return self.module_of(&[real, &path[at + 1..]].concat());
            } else {
                break;
            }
        }
        module
    }
}

fn read_into(files: &mut BTreeMap<Module, Vec<Item>>, folder: &Path, below: &[String]) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if path.is_dir() {
            if name != "tests" {
                read_into(files, &path, &[below, &[name]].concat());
            }
        } else if let Some(name) = name.strip_suffix(".rs").filter(|name| !OF_TESTS.contains(name)) {
            let parsed = syn::parse_file(&fs::read_to_string(&path).unwrap());
            let items = parsed.unwrap_or_else(|why| panic!("{}: {why}", path.display())).items;
            let module = if name == "lib" { below.to_vec() } else { [below, &[name.to_owned()]].concat() };
            files.insert(module, items.into_iter().filter(|item| !is_test(attributes(item))).collect());
        }
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.to_token_stream().to_string().replace(' ', "") == "#[cfg(test)]")
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Mod(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Const(item) => &item.attrs,
        _ => &[],
    }
}

fn top_module(module: &Module) -> String {
    let is_group = |path: &str| GROUPS.contains(&path);
    let depths = 1..=module.len();
    depths.map(|depth| module[..depth].join("::")).find(|path| !is_group(path)).unwrap_or_default()
}

/// One path of a `use`.
struct Used {
    segments: Vec<String>,
    known_as: String,
}

fn used_by(item: &Item) -> Vec<Used> {
    let mut used = Vec::new();
    if let Item::Use(item) = item {
        flatten(&item.tree, &[], &mut used);
    }
    used
}

fn flatten(tree: &UseTree, before: &[String], used: &mut Vec<Used>) {
    let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
    match tree {
        UseTree::Path(path) => flatten(&path.tree, &with(&path.ident), used),
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, used)),
        UseTree::Name(name) if name.ident == "self" => {
            let known_as = before.last().cloned().unwrap_or_default();
            used.push(Used { segments: before.to_vec(), known_as });
        }
        UseTree::Name(name) => used.push(Used { segments: with(&name.ident), known_as: name.ident.to_string() }),
        UseTree::Rename(name) => used.push(Used { segments: with(&name.ident), known_as: name.rename.to_string() }),
        UseTree::Glob(_) => used.push(Used { segments: before.to_vec(), known_as: "*".to_owned() }),
    }
}

fn methods_of(item: &Item) -> Vec<String> {
    let Item::Impl(block) = item else { return Vec::new() };
    let name = |item: &ImplItem| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    };
    block.items.iter().filter_map(name).collect()
}

/// Returns the paths in tokens that begin with `crate`, `self` or `super`.
fn paths_in(tokens: TokenStream) -> Vec<Vec<String>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_colon = |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    let ident = |at: usize| match tokens.get(at) {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    };
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => found.extend(paths_in(group.stream())),
            TokenTree::Ident(first) if ["crate", "self", "super"].iter().any(|root| first == root) => {
                let (mut path, mut next) = (vec![first.to_string()], at + 1);
                while let (true, true, Some(name)) = (is_colon(next), is_colon(next + 1), ident(next + 2)) {
                    path.push(name);
                    next += 3;
                }
                if path.len() > 1 {
                    found.push(path);
                }
            }
            _ => {}
        }
    }
    found
}

/// Returns the names of the methods that tokens call.
fn calls_in(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match (token, tokens.get(at + 1), tokens.get(at + 2)) {
            (TokenTree::Group(group), ..) => found.extend(calls_in(group.stream())),
            (TokenTree::Punct(dot), Some(TokenTree::Ident(name)), Some(TokenTree::Group(_)))
                if dot.as_char() == '.' =>
            {
                found.push(name.to_string());
            }
            _ => {}
        }
    }
    found
}
