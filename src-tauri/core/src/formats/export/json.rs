//! JSON: an object, and the environment file that Postman imports.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::values::{Named, Value};

/// An object `{"name": …, "access_token": …}`, in the given order.
pub(super) fn object(values: &[Named]) -> String {
    pretty(&Object(values))
}

/// A Postman environment: variables of these names, with tokens and secrets hidden on screen.
pub(super) fn postman(name: &str, values: &[Named]) -> String {
    let variable = |named: &Named| Variable {
        key: named.name,
        value: named.value.text(),
        kind: if matches!(named.value, Value::Secret(_)) { "secret" } else { "default" },
        enabled: true,
    };
    pretty(&Environment { name, values: values.iter().map(variable).collect(), scope: "environment" })
}

fn pretty(what: &impl Serialize) -> String {
    serde_json::to_string_pretty(what).unwrap_or_default()
}

struct Object<'a>(&'a [Named]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for named in self.0 {
            match &named.value {
                Value::Plain(text) | Value::Secret(text) => object.serialize_entry(named.name, text)?,
                Value::Number(number) => object.serialize_entry(named.name, number)?,
            }
        }
        object.end()
    }
}

#[derive(Serialize)]
struct Environment<'a> {
    name: &'a str,
    values: Vec<Variable>,
    #[serde(rename = "_postman_variable_scope")]
    scope: &'static str,
}

#[derive(Serialize)]
struct Variable {
    key: &'static str,
    value: String,
    #[serde(rename = "type")]
    kind: &'static str,
    enabled: bool,
}
