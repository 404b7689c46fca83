//! A form as an OpenAPI 3.1 object schema: the API takes the same texts as a page or a sheet, so every property is a string.

use crate::indicator::COUNT_MAX;
use crate::read::{INDICATORS_MAX, RAW_MAX};
use crate::{Field, Form, Kind, Must};
use serde_json::{Map, Value as Json, json};

/// The schema of a draft. `names` gives a field's description in the reader's language. Extensions: `x-kind` is how the text is read,
/// `x-choices` the codes and names of a list, `x-required-when` the answers that make a field required.
pub fn json_schema(form: &'static Form, names: &dyn Fn(&Field) -> String) -> Json {
    let properties: Map<String, Json> = form
        .fields()
        .map(|field| (field.key.to_owned(), property(field, names(field))))
        .collect();
    let required: Vec<&str> = form
        .fields()
        .filter(|field| field.must == Must::Yes)
        .map(|field| field.key)
        .collect();
    let mut schema =
        json!({ "type": "object", "title": form.key, "properties": properties, "additionalProperties": false });
    // An empty list is not allowed in older drafts of the standard.
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn property(field: &Field, description: String) -> Json {
    let mut schema = json!({
        "type": "string",
        "description": description,
        "maxLength": longest(field.kind),
        "x-kind": kind_name(field.kind),
    });
    if let Kind::Text { min, .. } = field.kind
        && field.must == Must::Yes
    {
        schema["minLength"] = json!(min);
    }
    if !field.examples.is_empty() {
        schema["examples"] = json!(field.examples);
    }
    if let Some(list) = field.list() {
        let choices = list.codes.iter();
        schema["x-choices"] = choices
            .map(|c| json!({ "code": c.code, "zh": c.name_zh(), "en": c.name_en() }))
            .collect();
    }
    if let Must::When(key, values) = field.must {
        schema["x-required-when"] = json!({ "field": key, "values": values });
    }
    match field.kind {
        Kind::Int { min, max } => schema["x-range"] = json!({ "min": min, "max": max }),
        Kind::Indicators => schema["x-max-items"] = json!(COUNT_MAX),
        _ => {}
    }
    schema
}

fn longest(kind: Kind) -> usize {
    match kind {
        Kind::Line { max } | Kind::Text { max, .. } => max,
        Kind::Indicators => INDICATORS_MAX,
        _ => RAW_MAX,
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Line { .. } => "line",
        Kind::Text { .. } => "text",
        Kind::Code(_) => "code",
        Kind::Codes(_) => "codes",
        Kind::YesNo => "yes_no",
        Kind::Date { .. } => "date",
        Kind::Money => "money",
        Kind::Patent => "patent",
        Kind::Uscc => "uscc",
        Kind::Ipc => "ipc",
        Kind::Region => "region",
        Kind::Sector => "sector",
        Kind::Phone => "phone",
        Kind::Email => "email",
        Kind::Names => "names",
        Kind::Orgs => "orgs",
        Kind::Indicators => "indicators",
        Kind::Int { .. } => "int",
        Kind::Trl => "trl",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testform::FORM;

    #[test]
    fn describes_the_form() {
        let schema = json_schema(&FORM, &|field| format!("<{}>", field.head_en()));
        assert_eq!(schema["type"], "object");
        assert_eq!(schema["required"], json!(["title", "summary", "kind"]));
        assert_eq!(schema["additionalProperties"], false);
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(properties.len(), FORM.fields().count());
        assert!(properties.values().all(|property| property["type"] == "string"));
        assert_eq!(
            properties["title"],
            json!({ "type": "string", "description": "<Title>", "maxLength": 30, "x-kind": "line", "examples": ["一种齿轮"] })
        );
        assert_eq!(properties["summary"]["minLength"], 10);
        assert_eq!(
            properties["kind"]["x-choices"][0],
            json!({ "code": "invention", "zh": "发明", "en": "Invention" })
        );
        assert_eq!(
            properties["price"]["x-required-when"],
            json!({ "field": "modes", "values": ["transfer"] })
        );
        assert_eq!(properties["count"]["x-range"], json!({ "min": 1, "max": 500 }));
    }

    #[test]
    fn a_form_without_required_fields_has_no_list_of_them() {
        static EMPTY: Form = Form {
            key: "empty",
            sections: &[],
        };
        assert_eq!(json_schema(&EMPTY, &|_| String::new()).get("required"), None);
    }
}
